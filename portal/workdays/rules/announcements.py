"""Read the Chinese text of a State Council notice on days off.

Source: the notices for 2004 to 2026 and the amendments of 2015, 2019 and 2020; they are the cases of
tests/portal/workdays/announcements.toml. Whatever names a date and is not understood is a doubt with its
position: nothing is guessed and nothing is passed over in silence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.workdays.rules.chinese_dates import signed_on, tidy
from portal.workdays.rules.clauses import Code, Doubt, Item, Longer, Reader
from portal.workdays.rules.festivals import JOINT, NAME, NATIONAL_DAY, NEW_YEAR, festivals_in, festivals_of, named
from portal.workdays.rules.notices import NoticeDay

YEARLY = "部分节假日安排"

_NAMES = rf"(?:{NAME})(?: *[、和] *(?:{NAME}))*"
# "一、元旦:", "四、劳动节5月1日", "八、(a day we do not know):", or a festival at the beginning of a line.
_HEAD = re.compile(
    rf"(?:^|(?<=[。\n])) *(?:[一二三四五六七八九十]+ *、 *(?P<numbered>{_NAMES}|(?:(?!\d+ *[月日])[^:,;。\n]){{2,40}}(?=:))?"
    rf"|(?P<bare>{_NAMES})(?= *[:\d])) *:? *",
    re.MULTILINE,
)
_TITLE = re.compile(r"国务院(?:办公厅)?关于[^。,;:]{2,60}?通知")
# 号 is 日 by now.
_NUMBER = re.compile(r"(国 *办? *发 *(?:明 *电)?) *[〔\[(【﹝] *(\d{4}) *[〕\])】﹞] *(\d{1,3}) *日")
_YEAR = re.compile(r"(?:关于|现将|调整|延长)[^。,;]{0,6}?(\d{4}) *年")
_DATE_WITHIN = re.compile(r"(\d{4}) *年 *\d{1,2} *月 *\d{1,2} *日(?! *$)", re.MULTILINE)
_COMMEMORATION = re.compile(r"关于([^。,;]{2,60}?纪念日)")
_GOES_ON = re.compile(r' *(?:\d|其中|将|")')


@dataclass(frozen=True)
class Reading:
    """What a text says. year: None when it cannot be told, and then no day is.

    amends: it changes some days of a year and leaves the others as they are.
    """

    year: int | None
    title: str
    document_number: str
    announced_on: date | None
    amends: bool
    days: tuple[NoticeDay, ...]
    longer: tuple[Longer, ...]
    doubts: tuple[Doubt, ...]


def read_announcement(text: str, *, year: int | None = None, amends: bool | None = None) -> Reading:
    """Read a notice. year, amends: what a person has said, where the text does not or not clearly."""
    tidied = tidy(text)
    found = _TITLE.search(tidied)
    title = re.sub(r"\s", "", text[found.start() : found.end()]) if found else ""
    announced_on, signature = signed_on(tidied)
    items = list(_items(tidied, signature or len(tidied)))
    if amends is None:
        amends = YEARLY not in title if title else not _goes_round_the_year(items)
    year = year or _year_of(tidied, amends=amends)
    reader = Reader(tidied, year or 0, _about(title))
    if year is None:
        reader.doubt(Code.NO_YEAR, 0, 0)
    else:
        for item in items:
            reader.read(item)
    if year and not amends:
        _look_for_missing(reader, year)
    return Reading(
        year=year,
        title=title,
        document_number=_number_of(tidied),
        announced_on=announced_on,
        amends=amends,
        days=tuple(sorted(reader.days.values(), key=lambda day: day.date)),
        longer=tuple(reader.longer),
        doubts=tuple(sorted(dict.fromkeys(reader.doubts), key=lambda doubt: doubt.start)),
    )


def _items(text: str, end: int) -> Iterator[Item]:
    """Yield the paragraphs that arrange something; a text that numbers nothing is one, from its address on."""
    heads = [head for head in _HEAD.finditer(text) if head.start() < end]
    if not heads:
        yield Item("", text.find(":", 0, end) + 1, end)
        return
    ends = [head.start() for head in heads[1:]] + [_last_end(text, heads[-1].end(), end)]
    for head, stop in zip(heads, ends, strict=True):
        yield Item((head["numbered"] or head["bare"] or "").strip(), head.end(), stop)


def _last_end(text: str, start: int, end: int) -> int:
    """Return where the last item ends: before the first line that does not go on about days."""
    position = start
    for line in text[start:end].splitlines(keepends=True):
        if text[start:position].strip() and line.strip() and not _GOES_ON.match(line):
            return position
        position += len(line)
    return end


def _goes_round_the_year(items: list[Item]) -> bool:
    """Tell whether a text without title arranges a whole year: from New Year to National Day."""
    return {NEW_YEAR, NATIONAL_DAY} <= {name for item in items for name in festivals_in(item.heading)}


def _year_of(text: str, *, amends: bool) -> int | None:
    said = _YEAR.search(text) or (_DATE_WITHIN.search(text) if amends else None)
    return int(said[1]) if said else None


def _about(title: str) -> tuple[str, str]:
    """Return what the title says the notice is about, and its English where we know it."""
    if YEARLY in title:
        return "", ""
    commemoration = _COMMEMORATION.search(title)
    return named(commemoration[1] if commemoration else tidy(title), unknown=bool(commemoration))


def _number_of(text: str) -> str:
    found = _NUMBER.search(text)
    return f"{found[1].replace(' ', '')}〔{found[2]}〕{found[3]}号" if found else ""


def _look_for_missing(reader: Reader, year: int) -> None:
    there = {name for day in reader.days.values() for name in day.name.split(JOINT)}
    for name in festivals_of(year):
        if name not in there:
            reader.doubt(Code.FESTIVAL_MISSING, len(reader.text), len(reader.text), name)
