"""Whom to put on duty, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office, User
from portal.accounts.queries import colleagues
from portal.answers.actions.duty import LONGEST
from portal.answers.forms.step import DeskForm


class DutyForm(DeskForm):
    """A colleague and a period of at most a month."""

    person = forms.ModelChoiceField(label=_("值班人"), queryset=User.objects.none(), empty_label=_("请选择"))
    first = forms.DateField(label=_("从"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("到"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(office)

    def clean(self) -> dict[str, Any]:
        """Want a period that runs forward and is not too long."""
        typed = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            self.add_error("last", _("结束日期不能早于开始日期。"))
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("last", _("一次最多安排 %(days)d 天。") % {"days": LONGEST})
        return typed
