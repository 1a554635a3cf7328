"""Asking for an erasure: the asker confirms, staff name the ground."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.models import Erasure


class EraseForm(forms.Form):
    """The asker's own confirmation. is_published: there is a public page that could go, too."""

    take_down = forms.BooleanField(
        label=_("公开页面里还有我的个人信息，请一并撤下"),
        required=False,
        help_text=_("系统会检查公开页面：有手机号、证件号、住址、姓名等的，立即撤下；没有的保留。"),
    )
    sure = forms.BooleanField(
        label=_("我知道删除后不能恢复，查询码也不能再用"),
        error_messages={"required": _("请确认您知道删除后不能恢复。")},
    )

    def __init__(self, *args: Any, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["take_down"]


class ProposeErasureForm(forms.Form):
    """A ground for an erasure by staff; a second person decides."""

    prefix = "erasure"

    reason = forms.ChoiceField(
        label=_("删除理由"),
        choices=[("", _("请选择")), *[choice for choice in Erasure.Reason.choices if choice[0] != Erasure.Reason.OWN]],
        error_messages={"required": _("请选择删除理由。")},
    )
    take_down = forms.BooleanField(label=_("同时撤下公开页面"), required=False)

    def __init__(self, *args: Any, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["take_down"]
