"""What staff type about an emergency."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office, Role
from portal.answers.forms.step import DeskForm, OfficeChoice
from portal.kernel.actors import Actor


class OpenForm(DeskForm):
    """What happens and where. questions: ids of the hot topic it was opened from."""

    title = forms.CharField(label=_("发生了什么"), max_length=60, help_text=_("公众会看到，请勿写入个人信息。"))
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    centre = forms.ModelChoiceField(label=_("由哪个受理中心负责"), queryset=Office.objects.none(), empty_label=None)
    questions = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paths = actor.paths(Role.DISPATCHER, Role.LEADER)
        centres = [
            one.pk for one in Office.objects.filter(is_centre=True, is_active=True) if one.path.startswith(paths)
        ]
        self.fields["centre"].queryset = Office.objects.filter(pk__in=centres)


class EmergencyForm(DeskForm):
    """A step without anything to fill in. `seen` is the version of the emergency that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class LeadForm(EmergencyForm):
    """Which office speaks for all."""

    office_id = OfficeChoice(label=_("牵头单位"), empty_label=_("请选择单位"))

    def clean_office_id(self) -> UUID:
        """Return what the action takes."""
        office: Office = self.cleaned_data["office_id"]
        return office.pk


class StatementForm(EmergencyForm):
    """A word to the public."""

    text = forms.CharField(
        label=_("告知公众的话"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("知道什么说什么，还不知道的也写明，并说明什么时候再通报。马上公开，不能撤回。"),
    )


class AttachForm(EmergencyForm):
    """A further question, by its number."""

    number = forms.CharField(label=_("问题编号"), max_length=30)

    def clean_number(self) -> str:
        """Return the number as it is stored, whatever the case and the blanks."""
        return "".join(str(self.cleaned_data["number"]).upper().split())
