"""Dates as Chinese notices write them: found in a text, and given the month and year they leave out.

"1月1日（周四）至3日（周六）", "2007年12月30日—2008年1月1日", "17日、25日", "二〇〇六年十二月十四日".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

# Each character becomes one other, so that a position in the tidied text is one in the text itself.
_TIDY = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, "—–－‐‑―~～"), "-"),
    **dict.fromkeys(map(ord, "“”‘’「」\uff02"), '"'),
    **dict.fromkeys(map(ord, "\0\t\r\xa0\u2002\u2003\u200b\u3000\ue000\ufeff"), " "),
    ord("（"): "(",
    ord("）"): ")",
    ord("："): ":",
    ord("，"): ",",
    ord("；"): ";",
    ord("号"): "日",
}
WEEKDAYS = "一二三四五六日"
YEARS = range(2000, 2100)  # a notice of another century is a slip of the keyboard
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
# A day before a range sign may do without its 日: "6月7-9日".
_MENTION = re.compile(
    r"(?:(?P<year>\d{4}) *年 *)?(?:(?P<month>\d{1,2}) *月 *)?"
    r"(?P<day>\d{1,2})(?: *日|(?= *(?:至|到|-)[^,;。\n]{0,8}?日))"
    r"(?P<note> *\([^()]{1,24}\))?"
)
_NUMERALS = {**{numeral: digit for digit, numeral in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "Ｏ": 0}
_SIGNED = re.compile(r"^ *(\d{4}) *年 *(\d{1,2}) *月 *(\d{1,2}) *日 *$", re.MULTILINE)
_SIGNED_IN_WORDS = re.compile(
    rf"([{''.join(_NUMERALS)}]{{4}}) *年 *([一二三四五六七八九十]{{1,2}}) *月 *([一二三四五六七八九十]{{1,3}}) *日"
)


@dataclass(frozen=True)
class Mention:
    """A date as it is written: what it leaves out is None.

    start, end: where it stands, the note in brackets included. weekday: 0 is Monday, as the note says.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int
    weekday: int | None


def tidy(text: str) -> str:
    """Return `text` with the many ways of writing digits, brackets, dashes and blanks made one; same length."""
    return text.translate(_TIDY)


def mentions(tidied: str, start: int, end: int) -> Iterator[Mention]:
    """Yield every date of a stretch of a tidied text, in order."""
    for found in _MENTION.finditer(tidied, start, end):
        weekday = _WEEKDAY.search(found["note"] or "")
        yield Mention(
            start=found.start(),
            end=found.end(),
            year=int(found["year"]) if found["year"] else None,
            month=int(found["month"]) if found["month"] else None,
            day=int(found["day"]),
            weekday=WEEKDAYS.index(weekday[1].replace("天", "日")) if weekday else None,
        )


def dated(mention: Mention, earlier: Sequence[date], year: int, *, about_new_year: bool) -> date | None:
    """Return the day that is meant; None when there is no such day, or nobody can tell.

    earlier: the dates mentioned before in the same item; they lend their month. year: the notice's.
    A December without a year is the one before New Year: its weekday tells, else the festival does.
    """
    if mention.month is None:
        return _of_the_month(mention, earlier)
    if mention.year:
        return _day(mention.year, mention.month, mention.day)
    found = _day(year, mention.month, mention.day)
    before = _day(year - 1, mention.month, mention.day)
    if mention.month != 12 or found is None or before is None:
        return found
    if mention.weekday is not None:
        return before if before.weekday() == mention.weekday else found
    return before if about_new_year else found


def _of_the_month(mention: Mention, earlier: Sequence[date]) -> date | None:
    """A day alone is of the month named last; after "1月29日-2月4日" also of the first, if only that has it between."""
    if not earlier:
        return None
    found = [_day(mention.year or of.year, of.month, mention.day) for of in (earlier[-1], earlier[0])]
    days = [day for day in found if day]
    if mention.weekday is not None:
        days = [day for day in days if day.weekday() == mention.weekday] or days
    return next(
        (day for day in days if earlier[0] <= day <= earlier[min(1, len(earlier) - 1)]), days[0] if days else None
    )


def signed_on(tidied: str) -> tuple[date | None, int]:
    """Return the date below a notice and where it stands, 0 when there is none: the last one on a line of its own."""
    found = [(match.start(), _day(*(int(part) for part in match.groups()))) for match in _SIGNED.finditer(tidied)]
    for match in _SIGNED_IN_WORDS.finditer(tidied):
        year = int("".join(str(_NUMERALS[numeral]) for numeral in match[1]))
        found.append((match.start(), _day(year, _number(match[2]), _number(match[3]))))
    place, day = max(found, default=(0, None), key=lambda pair: pair[0])
    return day, place


def in_the_year_after(day: date) -> date | None:
    """Return the same day of the next year; None when it has none."""
    return _day(day.year + 1, day.month, day.day)


def counted(text: str) -> int:
    """Return the number that a count such as "3" or "三" says."""
    return int(text) if text.isdigit() else _number(text)


def _number(numerals: str) -> int:
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return _NUMERALS[numerals]
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
