"""What one can look for in the journal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.journal.queries import EventFilter, event_names


class EventFilterForm(forms.Form):
    """The filters above the list. What makes no sense is left out instead of being refused."""

    about = forms.CharField(label=_("编号或引用"), max_length=120, required=False)
    name = forms.ChoiceField(label=_("事件"), required=False)
    since = forms.DateField(label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [("", _("全部事件")), *((name, name) for name in event_names())]

    def chosen(self) -> EventFilter:
        """Return what was chosen."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return EventFilter(
            about=(typed.get("about") or "").strip(),
            name=typed.get("name") or "",
            since=typed.get("since"),
            until=typed.get("until"),
        )
