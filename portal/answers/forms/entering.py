"""The one page on which staff type what somebody tells them; the order is that of a conversation."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.accounts import phones
from portal.accounts.models import Office
from portal.answers.actions.entering import Told
from portal.answers.forms.asking import ConsentForm, LinesField
from portal.answers.forms.step import MomentField, OfficeChoice
from portal.answers.models import Question, Topic
from portal.answers.permissions import LISTENERS
from portal.answers.rules.contacts import Contact
from portal.kernel.actors import Actor

SELF, OTHER = "self", "other"
CONFIDENTIAL = ConsentForm.CONFIDENTIAL
Kind = Question.ContactKind
CHANNELS = [choice for choice in Question.Channel.choices if choice[0] != Question.Channel.ONLINE]


class EntryForm(forms.Form):
    """What was told, how and when, for whom, and what the person agreed to.

    token: of this form, so that two presses make one question. missed: shown when by the time of
    receipt a limit has passed; the one who types says that this is so.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = LinesField(
        label=_("说了什么"),
        max_length=3000,
        help_text=_("照原话记，念给对方听一遍。不要写身份证号、银行卡号。"),
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off", "autofocus": True}),
        error_messages={
            "required": _("请记下对方说的事。"),
            "max_length": _("内容太长：最多 3000 个字，现在 %(show_value)d 个字。"),
        },
    )
    title = forms.CharField(
        label=_("一句话标题"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请写一个标题，例如“随迁子女上小学要准备什么材料”。"),
            "max_length": _("标题太长：最多 60 个字，现在 %(show_value)d 个字。请把细节写到内容里。"),
        },
    )
    topic = forms.ModelChoiceField(
        label=_("主题"),
        queryset=Topic.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择一类。"), "invalid_choice": _("这一类已经停用，请另选一类。")},
    )
    place = forms.CharField(
        label=_("地点"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("地点太长：最多 100 个字，现在 %(show_value)d 个字。")},
    )
    wished_office = OfficeChoice(label=_("想请哪个单位答复"), required=False, empty_label=_("不清楚，由受理中心定"))

    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择电话、窗口、上门或来信。")},
    )
    received_at = MomentField(
        label=_("收到时间"), help_text=_("对方开口的时间，来信为收到信的时间。两个时限从这时起算。")
    )
    missed = forms.BooleanField(label=_("时间没有错，时限确实已过，记为超时"), required=False)
    office = forms.ModelChoiceField(
        label=_("在哪个单位收到"),
        queryset=Office.objects.none(),
        empty_label=None,
        to_field_name="code",
        error_messages={
            "required": _("请选择在哪个单位收到。"),
            "invalid_choice": _("只能登记在您任职的单位收到的问题。"),
        },
    )

    nickname = forms.CharField(
        label=_("怎么称呼"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("称呼太长：最多 20 个字，现在 %(show_value)d 个字。")},
    )
    whom = forms.ChoiceField(
        label=_("为谁问"), choices=((SELF, _("为自己")), (OTHER, _("替别人"))), widget=forms.RadioSelect, initial=SELF
    )
    relation = forms.CharField(
        label=_("是当事人的什么人"),
        max_length=40,
        required=False,
        help_text=_("替别人问的要填，例如“儿子”“邻居”“社区工作人员”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("最多 40 个字，现在 %(show_value)d 个字。")},
    )
    contact_kind = forms.ChoiceField(
        label=_("怎么告诉他进展和答复"),
        choices=(
            (Kind.CALL, _("打电话")),
            (Kind.PHONE, _("发短信")),
            (Kind.EMAIL, _("发邮件")),
            (Kind.NONE, _("不留，凭纸条上的查询码")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择怎么告诉对方答复。")},
    )
    contact = forms.CharField(
        label=_("号码或邮箱"),
        max_length=254,
        required=False,
        help_text=_("固定电话请带区号。记下后念给对方核对。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("回执和通知的语言"), choices=settings.LANGUAGES, widget=forms.RadioSelect, initial="zh-hans"
    )

    consents = forms.ChoiceField(
        label=_("问答可以公开吗"),
        choices=(
            ("yes", _("同意公开")),
            ("no", _("不公开")),
            (CONFIDENTIAL, _("保密：不公开，也不让承办单位知道是谁")),
        ),
        help_text=_("反映单位、工作人员或邻居，又怕被知道的，请选保密。"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请问对方是否同意公开，再选择。")},
    )
    mandate = forms.BooleanField(
        label=_("对方同意由我们代为登记"),
        error_messages={"required": _("须征得对方同意才能登记。来信即为同意。")},
    )

    def __init__(self, *args: Any, actor: Actor, now: datetime, channel: str = "", **kwargs: Any) -> None:
        """channel: that of the entry before, which is the likeliest."""
        kwargs["initial"] = {
            "token": uuid4(),
            "received_at": now,
            "channel": channel or Question.Channel.TELEPHONE,
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.filter(is_active=True)
        offices = Office.objects.filter(pk__in=actor.office_ids(*LISTENERS), is_active=True).order_by("path")
        self.fields["office"].queryset = offices
        for field in self.fields.values():
            # The form checks lengths and says so; the browser's stop would cut pasted text unseen.
            field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Want a relation for somebody else's matter, and a contact of the chosen kind."""
        typed = super().clean() or {}
        if typed.get("whom") == OTHER and not typed.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("请写明是当事人的什么人。"))
        if "contact_kind" in typed and "contact" not in self.errors:
            typed["contact"] = self._contact(typed["contact_kind"], typed.get("contact", ""))
        return typed

    def told(self) -> Told:
        """Return what a valid form says."""
        typed = self.cleaned_data
        return Told(
            topic=typed["topic"],
            title=typed["title"],
            text=typed["text"],
            channel=typed["channel"],
            received_at=typed["received_at"],
            consents=typed["consents"] == "yes",
            confidential=typed["consents"] == CONFIDENTIAL,
            place=typed["place"],
            wished_office=typed["wished_office"],
            nickname=typed["nickname"],
            relation=typed["relation"] if typed["whom"] == OTHER else "",
            contact=typed["contact"],
            language=typed["language"],
        )

    def _contact(self, kind: str, value: str) -> Contact | None:
        if kind == Kind.NONE:
            return None
        try:
            if kind == Kind.EMAIL:
                validate_email(value)
                return Contact(kind, value.lower())
            return Contact(kind, phones.normalize(value) if kind == Kind.PHONE else phones.callable_number(value))
        except (ValidationError, phones.NotAMobileNumber, phones.NotCallable):
            self.add_error("contact", _WRONG_CONTACT[kind])
            return None


_WRONG_CONTACT = {
    Kind.CALL: _("请填可以打通的手机号，或带区号的固定电话，例如 0574-87654321。"),
    Kind.PHONE: _("请填 11 位的中国大陆手机号，例如 138 0013 8000。固定电话请选“打电话”。"),
    Kind.EMAIL: _("请填像 name@example.com 这样的电子邮箱。"),
}
