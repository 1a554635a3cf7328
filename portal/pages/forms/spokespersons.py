"""The filters of the list of spokespersons, and the editors' form of a profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Appointment, Office
from portal.accounts.roles import Role
from portal.pages.forms.editing import CheckedPageForm
from portal.pages.forms.lists import ListFilterForm


def speaking_levels() -> list[tuple[str, Any]]:
    """Return the levels on which spokespersons exist, as choices."""
    return [choice for choice in Office.Level.choices if choice[0] != Office.Level.COMMUNITY]


class SpokespersonFilterForm(ListFilterForm):
    """What the list of spokespersons can be filtered by."""

    q = forms.CharField(label=gettext_lazy("姓名、单位或事情"), required=False, max_length=60)
    level = forms.ChoiceField(label=gettext_lazy("级别"), required=False)

    columns = {"level": "appointment__office__level"}
    words_in = ("title", "answers_for", "appointment__office__name", "appointment__office__name_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("全部级别")), *speaking_levels()]


class AppointmentField(forms.ModelChoiceField):
    """Spokespersons in office, named by office and person: the editor has to find the one who agreed."""

    def label_from_instance(self, obj: Appointment) -> str:
        """Name the office and the person."""
        return f"{obj.office.local_name} · {obj.user.get_full_name()}"


class ProfileForm(CheckedPageForm):
    """Offers nobody but spokespersons in office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "appointment" not in self.fields:
            return
        speaking = Appointment.objects.filter(role=Role.SPOKESPERSON, ended_at=None, office__is_active=True)
        shown = self.fields["appointment"]
        self.fields["appointment"] = AppointmentField(
            speaking.select_related("office", "user").order_by("office__path", "started_at"),
            label=shown.label,
            help_text=shown.help_text,
            required=shown.required,
            initial=shown.initial,
            empty_label=_("请选择"),
        )
