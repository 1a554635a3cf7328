"""The filters of the directory of offices, as a GET form."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment, Office
from portal.accounts.roles import Role


class OfficeFilterForm(forms.Form):
    """What makes no sense is left out instead of being refused."""

    q = forms.CharField(label=gettext_lazy("单位或事情"), required=False, max_length=60)
    level = forms.ChoiceField(label=gettext_lazy("级别"), required=False)
    spokesperson = forms.BooleanField(label=gettext_lazy("有网上发言人的"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("全部级别")), *Office.Level.choices]

    def narrow(self, offices: QuerySet[Office]) -> QuerySet[Any]:
        """Return the offices that fit what was chosen, each knowing whether somebody speaks for it."""
        self.is_valid()
        chosen = self.cleaned_data
        speaking = Appointment.objects.filter(office=OuterRef("pk"), role=Role.SPOKESPERSON, ended_at=None)
        found = offices.annotate(has_spokesperson=Exists(speaking))
        if chosen.get("level"):
            found = found.filter(level=chosen["level"])
        if chosen.get("spokesperson"):
            found = found.filter(has_spokesperson=True)
        for word in chosen.get("q", "").split():
            names = Q(name__icontains=word) | Q(name_en__icontains=word)
            found = found.filter(names | Q(remit__icontains=word) | Q(remit_en__icontains=word))
        return found
