"""Calendars and notices for tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

import portal.workdays
from portal.kernel.clock import SHANGHAI, Clock
from portal.kernel.workdays import ONE_DAY, WorkCalendar
from portal.workdays.actions.deciding import confirm
from portal.workdays.actions.proposing import propose
from portal.workdays.models import CalendarVersion
from portal.workdays.rules.building import build_calendar
from portal.workdays.rules.festivals import named
from portal.workdays.rules.notices import Kind, Layer, Notice, NoticeDay, read_notice
from tests.factories.accounts import UserFactory, actor

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


def notice(
    year: int, *days: NoticeDay, layer: Layer = Layer.NATIONAL, source: str = "测试通知", amends: bool = False
) -> Notice:
    """Return a notice that names `days` and nothing else."""
    return Notice(layer=layer, year=year, source=source, days=days, amends=amends)


def load(notice: Notice, clock: Clock, *, text: str = "") -> CalendarVersion:
    """Put a notice into force as it is done: one administrator proposes it, another one confirms."""
    proposer, confirmer = (actor(UserFactory(administrator=True)) for _ in range(2))
    version = propose(notice, text=text, by=proposer, clock=clock)
    return confirm(version.pk, by=confirmer, clock=clock)


def announced(notice: Notice) -> str:
    """Return the text of a constructed notice that arranges these days as the State Council words it."""
    items = []
    for numeral, name in zip("一二三四五六七八九十", dict.fromkeys(day.name for day in notice.days), strict=False):
        off = [day.date for day in notice.days if day.name == name and day.kind is Kind.OFF]
        work = [day.date for day in notice.days if day.name == name and day.kind is Kind.WORK]
        spans = list(_spans(off))
        text = (
            "，".join(f"{_written(span)}放假" for span in spans)
            + f"，共{len(off)}天。" * (len(spans) == 1)
            + "。" * (len(spans) > 1)
        )
        if work:
            text += (
                "、".join(f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）" for day in work) + "上班。"
            )
        items.append(f"{numeral}、{name}：{text}")
    head = f"国务院办公厅关于{notice.year}年部分节假日安排的通知\n{notice.document_number}\n各省、自治区、直辖市人民政府：\n"
    signed = f"国务院办公厅\n{notice.announced_on:%Y年%-m月%-d日}\n" if notice.announced_on else ""
    return head + "\n".join(items) + "\n节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。\n" + signed


def _spans(days: list[date]) -> Iterator[tuple[date, date]]:
    first = last = days[0]
    for day in days[1:]:
        if day != last + ONE_DAY:
            yield first, last
            first = day
        last = day
    yield first, last


def _written(span: tuple[date, date]) -> str:
    first, last = (f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）" for day in span)
    return first if span[0] == span[1] else f"{first}至{last}"


def official_year(year: int, *more: NoticeDay) -> Notice:
    """Return a constructed notice for a year to come: its statutory days, a make-up Saturday for the Spring Festival, and `more`."""
    path = next(DATA.glob(f"*/{year}.toml"))
    names = {day.date: day.name.replace("农历除夕", "春节") for day in read_notice(path.read_text("utf-8")).days}
    eve = min(day for day, name in names.items() if name == "春节")
    saturday = next(eve + n * ONE_DAY for n in range(7, 14) if (eve + n * ONE_DAY).weekday() == 5)
    kinds = dict.fromkeys(names, Kind.OFF) | {saturday: Kind.WORK}
    names[saturday] = "春节"
    names |= {day.date: day.name for day in more}
    kinds |= {day.date: day.kind for day in more}
    return Notice(
        layer=Layer.NATIONAL,
        year=year,
        source=f"国务院办公厅关于{year}年部分节假日安排的通知",
        days=tuple(NoticeDay(day, kinds[day], names[day], named(names[day])[1]) for day in sorted(names)),
        announced_on=date(year - 1, 11, 4),
    )
