"""Writing a canned passage, and choosing one for the draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.answers.models import Passage
from portal.answers.rules.passages import BLANK, VARIABLES, unknown

# What each variable says, for people who write with it.
MEANING = {
    "编号": _("问题的编号"),
    "标题": _("问题的标题"),
    "主题": _("问题的主题"),
    "称呼": _("提问人的称呼"),
    "单位": _("承办单位"),
    "单位电话": _("承办单位的电话"),
    "提交日期": _("问题提交的日期"),
    "答复期限": _("最迟答复的日期"),
    "今天": _("插入时的日期"),
    BLANK: _("由拟稿人填写的空"),
}


def chips() -> list[tuple[str, Any]]:
    """Return the variables as they are typed, with what each says."""
    return [(f"{{{name}}}", MEANING[name]) for name in VARIABLES]


class PassageForm(forms.ModelForm):
    """Title, text, and whether the offices below may use it."""

    class Meta:
        model = Passage
        fields = ["title", "text", "is_shared"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def clean_text(self) -> str:
        """Refuse variables that nobody would fill in."""
        text = str(self.cleaned_data["text"])
        if wrong := unknown(text):
            raise forms.ValidationError(
                gettext("没有这样的变量：%(names)s。只能用下面列出的变量，花括号要成对。") % {"names": " ".join(wrong)}
            )
        return text
