"""Calendars and notices for tests."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

import portal.workdays
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import WorkCalendar
from portal.workdays.rules.building import build_calendar
from portal.workdays.rules.notices import Kind, Layer, Notice, NoticeDay, read_notice

ZONES = [SHANGHAI, UTC, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Kiritimati")]
DATA = Path(portal.workdays.__file__).parent / "data"


def instants(first: date, last: date) -> st.SearchStrategy[datetime]:
    """Draw instants whose date in China is one from `first` to `last`, written in any zone."""
    return st.builds(
        lambda day, time, zone: datetime.combine(day, time, SHANGHAI).astimezone(zone),
        st.dates(first, last),
        st.times(),
        st.sampled_from(ZONES),
    )


@cache
def official_calendar() -> WorkCalendar:
    """Return the calendar of a new installation, built without a database."""
    named = {day.date: day.kind for path in DATA.glob("*/*.toml") for day in read_notice(path.read_text("utf-8")).days}
    return build_calendar(named, first_year=2004, last_year=2040, provisional_from=2027, version="1")


def day_off(day: str, name: str = "春节") -> NoticeDay:
    """Return a day off as a notice names it."""
    return NoticeDay(date.fromisoformat(day), Kind.OFF, name)


def make_up_day(day: str, name: str = "春节") -> NoticeDay:
    """Return a working day at a weekend as a notice names it."""
    return NoticeDay(date.fromisoformat(day), Kind.WORK, name)


def notice(year: int, *days: NoticeDay, layer: Layer = Layer.NATIONAL, source: str = "测试通知") -> Notice:
    """Return a notice that names `days` and nothing else."""
    return Notice(layer=layer, year=year, source=source, days=days)
