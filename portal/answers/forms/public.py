"""The filters of the public list, as a GET form; the feed understands the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models import Topic
from portal.answers.queries.public import PublicFilter, answered_months
from portal.ui.keeping import kept

WAITING = "waiting"


@dataclass(frozen=True)
class _Options:
    """What can be chosen, as choices, and whose id each code stands for."""

    offices: list[tuple[str, list[tuple[str, str]]]]
    topics: list[tuple[str, str]]
    months: list[tuple[str, str]]
    office_ids: dict[str, UUID]
    topic_ids: dict[str, int]

    @classmethod
    def read(cls) -> "_Options":
        """Read them. Offices that have been closed keep their answers, so they stay in the list."""
        offices = list(Office.objects.filter(takes_questions=True, is_centre=False))
        topics = list(Topic.objects.all())
        return cls(
            offices=_by_level(offices),
            topics=[(topic.slug, topic.local_name) for topic in topics],
            months=[(f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")) for month in answered_months()],
            office_ids={office.code: office.pk for office in offices},
            topic_ids={topic.slug: topic.pk for topic in topics},
        )


class PublicFilterForm(forms.Form):
    """Office, topic and month. What makes no sense is left out instead of being refused."""

    office = forms.ChoiceField(label=_("承办单位"), required=False)
    topic = forms.ChoiceField(label=_("主题"), required=False)
    month = forms.ChoiceField(label=_("答复月份"), required=False)
    tab = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answered = self.data.get("tab") != WAITING
        self._options = kept("answers:filters", _Options.read)
        self.fields["office"].choices = [("", _("全部单位")), *self._options.offices]
        self.fields["topic"].choices = [("", _("全部主题")), *self._options.topics]
        if self.answered:
            self.fields["month"].choices = [("", _("全部月份")), *self._options.months]
            del self.fields["tab"]
        else:
            del self.fields["month"]

    def chosen(self) -> PublicFilter:
        """Return what was chosen."""
        self.is_valid()
        typed = self.cleaned_data
        month = typed.get("month")
        return PublicFilter(
            answered=self.answered,
            office=self._options.office_ids.get(typed.get("office", "")),
            topic=self._options.topic_ids.get(typed.get("topic", "")),
            month=date.fromisoformat(f"{month}-01") if month else None,
        )

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.cleaned_data.get(name) for name in ("office", "topic", "month"))

    def query(self, *, tab: str = "", month: bool = True) -> str:
        """Return what was chosen as the query of an address, "?" included; the empty text for nothing."""
        chosen = {name: self.cleaned_data.get(name, "") for name in ("office", "topic")}
        if month:
            chosen["month"] = self.cleaned_data.get("month", "")
        query = urlencode({name: value for name, value in {"tab": tab, **chosen}.items() if value})
        return f"?{query}" if query else ""


def _by_level(offices: Iterable[Office]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = defaultdict(list)
    for office in offices:
        groups[office.level].append((office.code, office.local_name))
    return [(str(level.label), groups[level]) for level in Office.Level if groups[level]]
