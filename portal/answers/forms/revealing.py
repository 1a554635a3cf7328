"""Why somebody needs to see the asker's contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.labels import REVEAL_REASONS

OTHER = "other"


class RevealForm(forms.Form):
    """A reason from the list; one that is not in it is written out."""

    prefix = "reveal"

    reason = forms.ChoiceField(
        label=_("查看理由"),
        choices=[("", _("请选择")), *REVEAL_REASONS.items()],
        error_messages={"required": _("请选择查看理由。")},
    )
    words = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        help_text=_("记入内部备注，提问人看不到。请不要写联系方式本身。"),
    )

    def clean(self) -> dict[str, Any]:
        """Want words where the list has none."""
        typed = super().clean() or {}
        if typed.get("reason") == OTHER and not typed.get("words"):
            self.add_error("words", _("选择“其他”时，请写明理由。"))
        return typed
