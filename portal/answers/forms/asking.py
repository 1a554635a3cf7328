"""The pages of the asking journey, one question each.

A page's form reads the same raw texts twice: from the POST, and later from the draft, in which
they are kept right or wrong. What is valid goes into the draft a second time as `kept`, under
the names that `actions.asking.submit` reads.
"""

from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.contacts import ContactField
from portal.accounts.models import Office
from portal.answers.models import Topic
from portal.files.rules import ACCEPT

UNKNOWN_OFFICE = "unknown"
TITLE_ADVISED = 30
LONGEST_TITLE = 60
LONGEST_TEXT = 3000


def answering_offices() -> QuerySet[Office]:
    """Return the offices that can be asked."""
    return Office.objects.filter(is_active=True, takes_questions=True, is_centre=False)


def office_to_ask(code: str) -> Office | None:
    """Return the office whose page somebody came from; None where there is none that could be asked."""
    return answering_offices().filter(code=code).first() if code else None


def title_to_ask(text: str) -> str:
    """Return what somebody has looked for, as a title to begin with."""
    return " ".join(text.split())[:LONGEST_TITLE]


class LinesField(forms.CharField):
    """A text of several lines. Browsers send CRLF; a line's end counts as one character, as on screen."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text with plain line ends."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class PageForm(forms.Form):
    """One page of the journey."""

    heading: ClassVar[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The form checks lengths and says so; the browser's stop would cut pasted text unseen.
            field.widget.attrs.pop("maxlength", None)

    def kept(self) -> dict[str, Any]:
        """Return what the draft keeps of a valid page, as plain data."""
        return dict(self.cleaned_data)


class TopicForm(PageForm):
    """What is it about?"""

    heading = _("您的问题属于哪一类？")

    topic = forms.ModelChoiceField(
        label=heading,
        queryset=Topic.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("选最接近的一类；选错也没有关系，受理中心会调整。"),
        error_messages={
            "required": _("请选择一类。"),
            "invalid_choice": _("这一类已经停用，请另选一类。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.filter(is_active=True)

    def kept(self) -> dict[str, Any]:
        """Keep the topic's key."""
        return {"topic": self.cleaned_data["topic"].pk}


class OfficeForm(PageForm):
    """Which office is to answer? "I don't know" is a good answer."""

    heading = _("您想请哪个单位答复？")

    office = forms.ChoiceField(
        label=heading,
        help_text=_("不清楚就选“我不知道”，受理中心会在 24 小时内转给负责的单位。"),
        error_messages={
            "required": _("请选择一个单位；不清楚请选“我不知道”。"),
            "invalid_choice": _("这个单位现在不接受提问，请另选一个，或选“我不知道”。"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in answering_offices()}
        self.fields["office"].choices = [
            ("", _("请选择")),
            (UNKNOWN_OFFICE, _("我不知道，请受理中心转给负责的单位")),
            *self._by_level(),
        ]

    @property
    def chosen(self) -> Office | None:
        """The office of a valid page; None for "I don't know"."""
        return self.offices.get(self.cleaned_data["office"])

    def kept(self) -> dict[str, Any]:
        """Keep the office's key, the empty text for "I don't know"."""
        return {"office": str(self.chosen.pk) if self.chosen else ""}

    def _by_level(self) -> list[tuple[Any, list[tuple[str, str]]]]:
        groups = defaultdict(list)
        for key, office in self.offices.items():
            groups[office.level].append((key, office.local_name))
        return [(level.label, groups[level]) for level in Office.Level if groups[level]]


class QuestionForm(PageForm):
    """The question itself."""

    heading = _("您想问什么？")

    title = forms.CharField(
        label=_("标题"),
        max_length=LONGEST_TITLE,
        help_text=_("用一句话说清楚，最好不超过 30 个字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请写一个标题，例如“随迁子女上小学要准备什么材料”。"),
            "max_length": _("标题太长：最多 60 个字，现在 %(show_value)d 个字。请把细节写到内容里。"),
        },
    )
    text = LinesField(
        label=_("内容"),
        max_length=LONGEST_TEXT,
        help_text=_("什么事、什么时候、希望得到什么答复。请不要写身份证号、银行卡号等个人信息。"),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages={
            "required": _("请写下您的问题。"),
            "max_length": _("内容太长：最多 3000 个字，现在 %(show_value)d 个字。更多材料可以放在附件里。"),
        },
    )


class PlaceForm(PageForm):
    """Where is it? Often nowhere in particular."""

    heading = _("事情发生在哪里？")

    place = forms.CharField(
        label=heading,
        max_length=100,
        required=False,
        help_text=_("例如路名、小区、公交站。与地点无关的问题请直接继续。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("地点太长：最多 100 个字，现在 %(show_value)d 个字。")},
    )


class ContactForm(PageForm):
    """How to reach somebody who asks without an account."""

    heading = _("怎么联系您？")

    nickname = forms.CharField(
        label=_("怎么称呼您"),
        max_length=20,
        required=False,
        help_text=_("可以用昵称，例如“王女士”“小陈”。只有办理人员看得到。"),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"max_length": _("称呼太长：最多 20 个字，现在 %(show_value)d 个字。")},
    )
    contact = ContactField(
        help_text=_(
            "只用来核实、通知进展、找回查询码，答复后可能抽签打电话回访；加密保存，不会公开，也不会给其他单位看。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.ANSWERS_CONTACT_NEEDED:
            self.fields["contact"].required = False

    def kept(self) -> dict[str, Any]:
        """Keep the contact in the one form that is stored."""
        contact = self.cleaned_data["contact"]
        return {"nickname": self.cleaned_data["nickname"], "contact": contact.value if contact else ""}


class ConsentForm(PageForm):
    """May others read question and answer? Neither answer is suggested."""

    heading = _("是否同意公开这个问答？")
    # The third answer is for what people do not dare to say aloud.
    CONFIDENTIAL = "confidential"
    rules = (
        _("会公开：问题和答复的文字、主题、承办单位、两个时限。等待答复期间，先公开标题、单位和时限。"),
        _("不会公开：您的称呼、联系方式、账户、填写的地点和附件。"),
        _("公开之前，编辑会去掉文字里的姓名、电话、门牌等个人信息。"),
    )
    hints = {
        "yes": _("有同样问题的人也能看到答案。"),
        "no": _("受理和答复的时限完全一样。"),
        CONFIDENTIAL: _(
            "适合反映单位、工作人员或邻居的问题。承办单位只看到受理中心写的、不带人名的内容，看不到原话和附件，也不知道您是谁。"
            "受理中心的受理员和分管领导要看您的身份和联系方式，须写理由、留记录。通知里不写内容，时限完全一样。"
        ),
    }

    consents = forms.ChoiceField(
        label=heading,
        choices=(
            ("yes", _("同意公开")),
            ("no", _("不公开，只给我看")),
            (CONFIDENTIAL, _("保密：也不让承办单位知道我是谁")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择“同意公开”“不公开”或“保密”。")},
    )

    def kept(self) -> dict[str, Any]:
        """Keep whether it may be published, and whether it is confidential."""
        chosen = self.cleaned_data["consents"]
        return {"consents": chosen == "yes", "confidential": chosen == self.CONFIDENTIAL}


class CodeForm(forms.Form):
    """The one-time code that shows that a contact is the asker's."""

    code = forms.CharField(
        label=_("6 位验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": _("请输入收到的 6 位数字。"),
            "max_length": _("验证码是 6 位数字，请检查后重新输入。"),
        },
    )

    def clean_code(self) -> str:
        """Take the digits out of what was typed: people copy blanks and full-width digits along."""
        return "".join(str(int(character)) for character in self.cleaned_data["code"] if character.isdecimal())


class SeveralFiles(forms.FileInput):
    """A file input that takes several at once."""

    allow_multiple_selected = True


class FilesForm(forms.Form):
    """The field for attachments. Files are checked one by one by `portal.files`, not here."""

    files = forms.FileField(
        label=_("选择文件"),
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPT, "multiple": True}),
    )
    rules = (
        _("JPG、PNG、WebP 图片，PDF、Word（docx）或 Excel（xlsx）文件"),
        _("每个不超过 10 MB，最多 5 个，可以一次选几个"),
    )


class SubmitForm(forms.Form):
    """What is sent with the last button. A person sees neither field and cannot be held up by them.

    website: only programs fill it in. proof: "<salt>:<difficulty>:<signature>:<nonce>".
    """

    website = forms.CharField(required=False)
    proof = forms.CharField(required=False, max_length=200)
