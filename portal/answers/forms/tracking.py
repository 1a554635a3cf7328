"""What somebody who has asked can type: the tracking code, a lost one's contact, the rating."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.contacts import ContactField
from portal.answers.models import Rating


class TrackForm(forms.Form):
    """The tracking code. Whether a code is wrong or unknown is not told."""

    code = forms.CharField(
        label=_("查询码"),
        max_length=60,
        help_text=_("提交问题时给您的 18 位字母和数字，例如 7K2M9Q-4D8TXA-1ZR5BC。大小写和横线不影响。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("请输入查询码。"),
            "max_length": _("查询码是 18 位字母和数字，请检查后重新输入。"),
        },
    )


class LostCodeForm(forms.Form):
    """The number of a question, and the contact that was verified for it."""

    number = forms.CharField(
        label=_("问题编号"),
        max_length=30,
        help_text=_("以 Q 开头，例如 Q261123-7K2M9Q，在回执和通知里。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("请输入问题编号。"),
            "max_length": _("编号以 Q 开头，共 14 位，请检查后重新输入。"),
        },
    )
    contact = ContactField(
        label=_("提问时留的手机号或电子邮箱"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """Return the number as it is stored, whatever the case and the blanks."""
        return "".join(str(self.cleaned_data["number"]).upper().split())


class RatingForm(forms.Form):
    """The asker's verdict: resolved or not, and satisfaction, each for itself and neither preselected."""

    POINTS = (
        (5, _("5 分，很满意")),
        (4, _("4 分，满意")),
        (3, _("3 分，一般")),
        (2, _("2 分，不满意")),
        (1, _("1 分，很不满意")),
    )

    resolved = forms.ChoiceField(
        label=_("您的问题解决了吗？"),
        choices=Rating.Resolved.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择问题是否解决。")},
    )
    satisfaction = forms.TypedChoiceField(
        label=_("您对这次答复满意吗？"),
        help_text=_("与是否解决分开评价。"),
        coerce=int,
        choices=POINTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择 1 到 5 分。")},
    )
    comment = forms.CharField(
        label=_("想对我们说的"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("最多 300 个字，现在 %(show_value)d 个字。")},
    )


class SupplyForm(forms.Form):
    """What the office has asked the asker for."""

    text = forms.CharField(
        label=_("您的补充"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("请写下您的补充。"),
            "max_length": _("最多 2000 个字，现在 %(show_value)d 个字。"),
        },
    )


class ReopeningForm(forms.Form):
    """Why the answer did not settle it."""

    reason = forms.CharField(
        label=_("还有什么没有解决"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("由承办单位的上级决定。同意后，5 个工作日内再次答复。"),
        error_messages={
            "required": _("请写明还有什么没有解决。"),
            "max_length": _("最多 1000 个字，现在 %(show_value)d 个字。"),
        },
    )
