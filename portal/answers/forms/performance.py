"""The filters of the performance page, as a GET form; CSV and JSON understand the same."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.queries.performance import Performance, months_to, performance

SPANS = (("12", _("十二个月")), ("1", _("一个月")))
YEARS_BACK = 5


class PerformanceForm(forms.Form):
    """Until which month, how many months, which level, which office. What makes no sense is left out."""

    month = forms.ChoiceField(label=_("截至月份"), required=False)
    span = forms.ChoiceField(label=_("统计期"), choices=SPANS, required=False)
    level = forms.ChoiceField(label=_("级别"), required=False)
    office = forms.ChoiceField(label=_("单位"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        months = reversed(months_to(today, 12 * YEARS_BACK))
        self.fields["month"].choices = [(f"{one:%Y-%m}", date_format(one, "YEAR_MONTH_FORMAT")) for one in months]
        levels = [choice for choice in Office.Level.choices if choice[0] != Office.Level.COMMUNITY]
        self.fields["level"].choices = [("", _("全部级别")), *levels]
        offices = Office.objects.filter(Q(takes_questions=True) | Q(is_centre=True)).order_by("path")
        self.fields["office"].choices = [("", _("全部单位")), *((one.code, one.local_name) for one in offices)]

    @property
    def chosen_office(self) -> str:
        """The name of the one office that was chosen; "" for several."""
        self.is_valid()
        code = self.cleaned_data.get("office", "")
        return dict(self.fields["office"].choices)[code] if code else ""

    def figures(self) -> Performance:
        """Return what was asked for; by default the last twelve months of everybody."""
        self.is_valid()
        typed = self.cleaned_data
        month = typed.get("month")
        return performance(
            date.fromisoformat(f"{month}-01") if month else self.today,
            span=int(typed.get("span") or 12),
            level=typed.get("level", ""),
            office=typed.get("office", ""),
        )
