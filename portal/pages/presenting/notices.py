"""How a notice's period stands, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.kernel import clock as clocks
from portal.kernel.workdays import Due, WorkCalendar
from portal.pages.rules.periods import NEAR, Period, Phase, Unit, days_left, phase
from portal.workdays.queries import calendar

if TYPE_CHECKING:
    from portal.pages.models.notices import NoticePage


@dataclass(frozen=True)
class PeriodView:
    """A period as a badge shows it. due: exclusive instant; provisional: it may still move later."""

    phase: Phase
    words: str
    tone: str
    due: datetime
    provisional: bool

    @property
    def is_running(self) -> bool:
        """Tell whether one can object now."""
        return self.phase is Phase.RUNNING


def clock_of(notice: "NoticePage", now: datetime, days: WorkCalendar) -> PeriodView | None:
    """Return how the period stands; None for a notice without one."""
    period, due = notice.period, notice.due
    if period is None or due is None:
        return None
    stands = phase(period.starts_on, due, now)
    words, tone = _words(period, due, stands, now, days)
    return PeriodView(stands, words, tone, due.instant, due.provisional)


def _words(period: Period, due: Due, stands: Phase, now: datetime, days: WorkCalendar) -> tuple[str, str]:
    if stands is Phase.AHEAD:
        return _("%(day)s 开始") % {"day": period.starts_on}, "neutral"
    if stands is Phase.ENDED:
        return _("已结束"), "neutral"
    if now >= due.instant:
        return _("等待放假安排公布"), "warning"
    left = days_left(due, period.unit, days, now)
    if left <= 0:
        return _("今天截止"), "warning"
    if period.unit is Unit.WORKING_DAY:
        words = ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", left)
    else:
        words = ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", left)
    return words % {"days": left}, "warning" if left <= NEAR else "waiting"


def notice_context(notice: "NoticePage") -> dict[str, Any]:
    """Return the variables of a notice's page."""
    period, due = notice.period, notice.due
    if period is None or due is None:
        return {"clock": None}
    length = period.length
    if period.unit is Unit.WORKING_DAY:
        words = ngettext("%(count)d 个工作日", "%(count)d 个工作日", length)
    else:
        words = ngettext("%(count)d 天", "%(count)d 天", length)
    return {
        "clock": clock_of(notice, clocks.installed().now(), calendar()),
        "length": words % {"count": length},
        "last_day": due.last_day,
    }
