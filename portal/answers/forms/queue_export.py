"""What goes along with an export of the queue, and for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.labels import EXPORT_REASONS


class ExportForm(forms.Form):
    """Personal columns only with a reason. may_personal: whether the actor may have them at all."""

    personal = forms.BooleanField(
        label=_("包括原标题、地点、称呼和联系方式"),
        required=False,
        help_text=_("只有您可以查看联系方式的问题才有这几列的内容。导出文件请妥善保管，用完删除。"),
    )
    reason = forms.ChoiceField(
        label=_("为什么需要个人信息"), choices=[("", _("请选择")), *EXPORT_REASONS.items()], required=False
    )

    def __init__(self, *args: Any, may_personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_personal:
            del self.fields["personal"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Want a reason for what is personal, and none for what is not."""
        typed = super().clean() or {}
        if typed.get("personal") and not typed.get("reason"):
            self.add_error("reason", _("请选择为什么需要个人信息。"))
        return {
            "personal": bool(typed.get("personal")),
            "reason": typed.get("reason", "") if typed.get("personal") else "",
        }
