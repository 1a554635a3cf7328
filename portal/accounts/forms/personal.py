"""Confirming that an account goes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteAccountForm(forms.Form):
    """The last question before it."""

    sure = forms.BooleanField(
        label=_("我知道账户删除后不能恢复"),
        error_messages={"required": _("请确认您知道账户删除后不能恢复。")},
    )
