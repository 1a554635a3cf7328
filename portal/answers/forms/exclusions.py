"""What somebody outside the office says of an exclusion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ObjectionForm(forms.Form):
    """Why it should have been answered."""

    prefix = "objection"

    note = forms.CharField(
        label=_("为什么不应剔除"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("承办单位看得到。按没有按时答复统计，并请单位联系提问人。"),
        error_messages={
            "required": _("请写明为什么不应剔除。"),
            "max_length": _("最多 500 个字，现在 %(show_value)d 个字。"),
        },
    )


class UpholdManyForm(forms.Form):
    """Several that were rightly left out. ids: those that the actor may review."""

    questions = forms.TypedMultipleChoiceField(
        coerce=str,
        error_messages={
            "required": _("请先勾选看过的问题。"),
            "invalid_choice": _("勾选的问题里有您不能复核的，都没有保存。"),
        },
    )

    def __init__(self, *args: Any, ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [(pk, pk) for pk in ids]
