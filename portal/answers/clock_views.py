"""How a running or stopped clock is shown: words, tone and the instants behind them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.answers.models import Listing, Question
from portal.answers.rules.deadlines import ACCEPT_IS_NEAR, REPLY_IS_NEAR_WORKING_DAYS
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import OPEN, State
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date


@dataclass(frozen=True)
class ClockView:
    """One clock as a badge shows it. due: exclusive instant; last_day: the day people read.

    tone: waiting, warning (near), alert (missed), success (kept), neutral (ended otherwise).
    """

    kind: str
    name: str
    words: str
    tone: str
    due: datetime
    stopped_at: datetime | None
    provisional: bool

    @property
    def last_day(self) -> datetime:
        """The last instant that is still in time, to print date or minute of."""
        return self.due - timedelta(microseconds=1)


def clock_views(
    item: Question | Listing, now: datetime, calendar: WorkCalendar, *, ended: bool = False
) -> list[ClockView]:
    """Return the asker's two clocks. ended: the question ended otherwise (not admitted, withdrawn)."""
    reply = _view(ClockKind.REPLY, item.reply_due, item.answered_at, item.reply_provisional, now, calendar, ended)
    if item.state == State.WAITING_ASKER:
        reply = replace(reply, words=_("暂停：等待补充"), tone="neutral", provisional=True)
    return [
        _view(ClockKind.ACCEPT, item.accept_due, item.accepted_at, False, now, calendar, ended),
        reply,
    ]


def desk_views(question: Question, now: datetime, calendar: WorkCalendar) -> list[ClockView]:
    """Return the clocks as staff's lists show them: a reopened question's own beside the asker's two."""
    views = clock_views(question, now, calendar, ended=question.state not in OPEN)
    if question.reopen_due and question.state in OPEN:
        due, provisional = question.reopen_due, question.reopen_provisional
        views.append(_view(ClockKind.REOPEN, due, None, provisional, now, calendar, False))
    return views


def running_views(question: Question, now: datetime, calendar: WorkCalendar) -> list[ClockView]:
    """Return those of them that still run."""
    return [view for view in desk_views(question, now, calendar) if view.stopped_at is None]


def _view(
    kind: ClockKind,
    due: datetime,
    stopped_at: datetime | None,
    provisional: bool,
    now: datetime,
    calendar: WorkCalendar,
    ended: bool,
) -> ClockView:
    name = {ClockKind.ACCEPT: _("受理"), ClockKind.REPLY: _("答复"), ClockKind.REOPEN: _("再办")}[kind]
    if stopped_at is not None:
        kept = stopped_at < due
        words = _("按时完成") if kept else (_("超时完成") if not provisional else _("已完成"))
        tone = "success" if kept else ("alert" if not provisional else "neutral")
    elif ended:
        words, tone = _("不再计时"), "neutral"
    elif now < due:
        words, tone = _left(kind, due, now, calendar)
    elif provisional:
        words, tone = _("等待放假安排公布"), "warning"
    else:
        words, tone = _over(kind, due, now, calendar), "alert"
    return ClockView(kind.value, name, words, tone, due, stopped_at, provisional)


def _left(kind: ClockKind, due: datetime, now: datetime, calendar: WorkCalendar) -> tuple[str, str]:
    if kind is ClockKind.ACCEPT:
        left = due - now
        return _("还剩 %(time)s") % {"time": duration(left)}, "warning" if left < ACCEPT_IS_NEAR else "waiting"
    days = calendar.working_days_between(local_date(now), local_date(due) - ONE_DAY)
    if days <= 0:
        return _("今天到期"), "warning"
    words = ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", days) % {"days": days}
    return words, "warning" if days <= REPLY_IS_NEAR_WORKING_DAYS else "waiting"


def _over(kind: ClockKind, due: datetime, now: datetime, calendar: WorkCalendar) -> str:
    if kind is ClockKind.ACCEPT:
        return _("已超 %(time)s") % {"time": duration(now - due)}
    days = max(1, calendar.working_days_between(local_date(due) - ONE_DAY, local_date(now)))
    return ngettext("已超 %(days)s 个工作日", "已超 %(days)s 个工作日", days) % {"days": days}


def duration(time: timedelta) -> str:
    """Return a time that runs on at night and on holidays, in its two largest units."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(minutes)s 分钟", "%(minutes)s 分钟", minutes) % {"minutes": minutes}
    if minutes < 48 * 60:
        return _("%(hours)s 小时 %(minutes)s 分") % {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(days)s 天 %(hours)s 小时") % {"days": minutes // 1440, "hours": minutes % 1440 // 60}
