"""The charts of the public figures: bars that are drawn on the server, each with the same numbers as a table behind it.

A bar is as long as its percentage of the width, whatever the screen; heights are in em, so that the
text of every display mode fits. Nothing is told by colour alone: each bar has its words and its number.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Office
from portal.answers.figures import shown
from portal.answers.queries.performance import Performance
from portal.answers.rules.performance import Share, Tally, spread

# In em: a row, the line of its text, and the top and the thickness of its bar.
ROW, TEXT, TOP, THICK = 2.9, 1.15, 1.6, 0.75


@dataclass(frozen=True)
class Bar:
    """One bar. row: from 0; percent: None where there is nothing to show; tone: "" or "call"."""

    row: int
    label: Any
    value: str
    percent: float | None
    tone: str = ""

    @property
    def text_y(self) -> float:
        """Where the words stand."""
        return round(self.row * ROW + TEXT, 2)

    @property
    def bar_y(self) -> float:
        """Where the bar begins."""
        return round(self.row * ROW + TOP, 2)


@dataclass(frozen=True)
class Chart:
    """Bars with what they say in one sentence. key: of its ids; head: of the table behind it."""

    key: str
    title: Any
    head: tuple[Any, Any]
    bars: list[Bar] = field(default_factory=list)

    @property
    def height(self) -> float:
        """The height of the drawing, in em."""
        return round(len(self.bars) * ROW, 2)

    @property
    def thickness(self) -> float:
        """The thickness of a bar, in em."""
        return THICK

    @property
    def rows(self) -> list[list[Any]]:
        """The same numbers as a table."""
        return [[bar.label, bar.value] for bar in self.bars]


def months(figures: Performance) -> Chart:
    """Draw the headline month by month, the oldest first."""
    shares = ((_month(month), tally.plain) for month, tally in figures.by_month.items())
    return Chart("months", _("每个月在 7 个工作日内答复的"), (_("月份"), _("7 个工作日内答复")), _bars(shares))


def levels(figures: Performance) -> Chart:
    """Draw the headline of every level."""
    shares = ((Office.Level(level).label, tally.plain) for level, tally in figures.by_level.items())
    return Chart("levels", _("各级在 7 个工作日内答复的"), (_("级别"), _("7 个工作日内答复")), _bars(shares))


def days(tally: Tally) -> Chart:
    """Draw how long answers took."""
    shares = ((_span(low, high), Share(count, tally.answers)) for low, high, count in spread(tally.days))
    return Chart("days", _("答复用了几个工作日"), (_("用时"), _("占全部答复")), _bars(shares))


def verdicts(tally: Tally) -> Chart:
    """Draw what askers said, the two sources side by side."""
    shares = (
        (_("已解决，本人评价"), tally.resolution, ""),
        (_("已解决，中心回访"), tally.resolution_by_call, "call"),
        (_("满意，本人评价"), tally.satisfaction, ""),
        (_("满意，中心回访"), tally.satisfaction_by_call, "call"),
    )
    bars = [Bar(row, label, shown(share), share.percent, tone) for row, (label, share, tone) in enumerate(shares)]
    return Chart("verdicts", _("提问人怎么说"), (_("评价"), _("占有评价的")), bars)


def _bars(shares: Iterable[tuple[Any, Share]]) -> list[Bar]:
    return [Bar(row, label, shown(share), share.percent) for row, (label, share) in enumerate(shares)]


def _month(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def _span(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)d 个工作日以上") % {"low": low}
    if high > low:
        return _("%(low)d 至 %(high)d 个工作日") % {"low": low, "high": high}
    return ngettext("%(count)d 个工作日", "%(count)d 个工作日", low) % {"count": low} if low else _("当天")
