"""What a notice about days off says, as plain data, and when it cannot be taken.

The file format is TOML, one notice a file: see ``portal/workdays/data``.
"""

import tomllib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIRST_WEEKEND_DAY = 5  # date.weekday(): Monday is 0


class Layer(StrEnum):
    """Whose notice it is. A local day (a typhoon, a city's notice) overrides a national one."""

    NATIONAL = "national"
    LOCAL = "local"


class Kind(StrEnum):
    """What a notice makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True)
class NoticeDay:
    """One day named by a notice. name: the festival, also of the day that makes up for it."""

    date: date
    kind: Kind
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Notice:
    """One notice for one year.

    days: of the whole year, whatever the document arranges.
    source: how the document is cited. document_number: only where it was verified.
    amends: it changes some days of a year; the others stay on the word of the document that named them.
    """

    layer: Layer
    year: int
    source: str
    days: tuple[NoticeDay, ...]
    source_en: str = ""
    document_number: str = ""
    announced_on: date | None = None
    address: str = ""
    amends: bool = False


class NoticeRefused(ValueError):
    """Raised for a notice that contradicts itself or its year; `code` names the rule, `days` where."""

    def __init__(self, code: str, *days: date) -> None:
        super().__init__(f"{code}: {', '.join(day.isoformat() for day in days)}")
        self.code = code
        self.days = days


def is_weekend(day: date) -> bool:
    """Tell whether `day` is a Saturday or a Sunday."""
    return day.weekday() >= FIRST_WEEKEND_DAY


def read_notice(text: str) -> Notice:
    """Read a notice from TOML.

    Raises ValueError for text that is no TOML or holds an unknown layer or kind, KeyError for a
    missing entry. `check_notice` judges the content.
    """
    entries = tomllib.loads(text)
    days = tuple(NoticeDay(**day | {"kind": Kind(day["kind"])}) for day in entries["days"])
    return Notice(
        layer=Layer(entries["layer"]),
        year=entries["year"],
        source=entries["source"],
        days=days,
        source_en=entries.get("source_en", ""),
        document_number=entries.get("document_number", ""),
        announced_on=entries.get("announced_on"),
        address=entries.get("address", ""),
    )


def check_notice(notice: Notice) -> None:
    """Raise NoticeRefused when the notice cannot be meant as it stands."""
    counts = Counter(day.date for day in notice.days)
    _refuse("day_named_twice", [day for day, count in counts.items() if count > 1])
    # The notice for a year also settles the last days of the December before: 2018-12-31.
    _refuse(
        "day_outside_the_year",
        [day for day in counts if day.year != notice.year and (day.year, day.month) != (notice.year - 1, 12)],
    )
    if notice.layer is Layer.NATIONAL:
        _refuse(
            "make_up_day_within_the_week",
            [day.date for day in notice.days if day.kind is Kind.WORK and not is_weekend(day.date)],
        )
        # A local version may be empty: the last closure was lifted. A national one was not read.
        if not any(day.kind is Kind.OFF for day in notice.days):
            raise NoticeRefused("no_days_off", date(notice.year, 1, 1))


def check_year(notice: Notice, national_years: Collection[int]) -> None:
    """Raise NoticeRefused when the notice would leave a hole in the calendar, or hang in the air.

    national_years: those in force. A national notice may renew one of them or follow the last;
    a local one overrides a year that is there.
    """
    follows = notice.layer is Layer.NATIONAL and notice.year - 1 in national_years
    if notice.year not in national_years and not follows:
        raise NoticeRefused("year_out_of_reach", date(notice.year, 1, 1))


def _refuse(code: str, days: list[date]) -> None:
    if days:
        raise NoticeRefused(code, *sorted(days))
