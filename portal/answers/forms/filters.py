"""The name under which somebody keeps a view of the queue."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedFilterForm(forms.Form):
    """A name for a view of the queue."""

    name = forms.CharField(label=_("筛选的名称"), max_length=20, error_messages={"required": _("请填写名称。")})
    is_default = forms.BooleanField(label=_("打开队列时就用它"), required=False)
