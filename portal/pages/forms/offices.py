"""The filters of the directory of offices, as a GET form."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment, Office
from portal.accounts.roles import Role
from portal.pages.forms.lists import ListFilterForm


class OfficeFilterForm(ListFilterForm):
    """What the directory can be filtered by."""

    q = forms.CharField(label=gettext_lazy("单位或事情"), required=False, max_length=60)
    level = forms.ChoiceField(label=gettext_lazy("级别"), required=False)
    spokesperson = forms.BooleanField(label=gettext_lazy("有网上发言人的"), required=False)

    columns = {"spokesperson": "has_spokesperson"}
    words_in = ("name", "name_en", "remit", "remit_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("全部级别")), *Office.Level.choices]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Let each office know whether somebody speaks for it."""
        speaking = Appointment.objects.filter(office=OuterRef("pk"), role=Role.SPOKESPERSON, ended_at=None)
        return super().narrow(rows.annotate(has_spokesperson=Exists(speaking)))
