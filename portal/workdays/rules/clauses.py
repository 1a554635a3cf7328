"""Take one paragraph of a notice apart: which days are off, which are worked, and what is left over.

A date is replaced by one character, so that the grammar shows its shape: "D至D放假调休，共3天". What a
clause has claimed is crossed out; whatever still speaks of days in the end is a doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.chinese_dates import Mention, counted, dated, in_the_year_after, mentions
from portal.workdays.rules.festivals import NEW_YEAR, festivals_in, named
from portal.workdays.rules.notices import Kind, NoticeDay, is_weekend

D, CLAIMED = "\ue000", "\0"
LONGEST = 31  # days; a longer holiday is a date misread

_DAYS = rf"{D}(?: *(?:至|到|-+|、|和|及) *{D})*"
_COUNT = r"(?:,? *共? *(?P<count>\d{1,2}|[一二三四五六七八九十]) *天)?"
# In order: what an earlier one has claimed is out of the way for the later ones.
_GRAMMAR = [
    (verb, re.compile(pattern))
    for verb, pattern in (
        (
            "off",
            rf"(?P<days>{_DAYS}) *(?:全国)?(?:调休放假|放假调休|放假公休|放假|补休|调休){_COUNT}"
            r"(?P<weekend>,? *与周末连休)?(?:,? *不调休)?",
        ),
        ("work", rf"(?P<days>{_DAYS}) *(?P<usual>起?(?:正常|照常))?上班"),
        (
            "moved",
            rf"(?:将 *)?(?P<days>{_DAYS})[^{D},;。]{{0,8}}?公休日?(?:及[^{D},;。]{{1,6}}?)?(?:分别)?调休?至 *{_DAYS}",
        ),
        ("told", rf"{_DAYS} *,? *(?:照常公休|为[^{D},;。]{{0,8}}?(?:公休日|法定(?:节)?假日))"),
        ("longer", rf"延长[^{D},;。]{{0,16}}?至 *(?P<days>{D})"),
        # What a notice only encourages moves nobody's deadline.
        ("told", r"鼓励[^。\n]*"),
    )
]
_CLAUSE = re.compile(r"[^,;。\n]+")
_SPEAKS_OF_DAYS = re.compile(r"放假|上班|补休")


class Code(StrEnum):
    """What can be doubtful about a text."""

    NOT_UNDERSTOOD = "not_understood"
    NO_SUCH_DAY = "no_such_day"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_COUNT = "wrong_count"
    RANGE_BACKWARDS = "range_backwards"
    WORK_WITHIN_WEEK = "work_within_week"
    CONTRADICTION = "contradiction"
    NO_NAME = "no_name"
    FESTIVAL_MISSING = "festival_missing"
    NO_YEAR = "no_year"


@dataclass(frozen=True, order=True)
class Doubt:
    """Something that a person must look at. start, end: its place in the text, equal when it has none.

    what: the festival that is missing, or the day or number it is about.
    """

    start: int
    end: int
    code: Code
    what: str = ""


@dataclass(frozen=True)
class Longer:
    """A festival goes on until a day, from where it ends in the arrangement in force."""

    name: str
    until: date


@dataclass(frozen=True)
class Item:
    """One paragraph of the text, from `start` to `end`. heading: what it is about, as written; "" when it does not say."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True)
class _Dated:
    mention: Mention
    day: date


@dataclass
class Reader:
    """Reads items one after the other and gathers what they say.

    text: tidied. about: name and English of what the whole notice is about, for items that name no festival.
    """

    text: str
    year: int
    about: tuple[str, str]
    days: dict[date, NoticeDay] = field(default_factory=dict)
    longer: list[Longer] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, code: Code, start: int, end: int, what: str = "") -> None:
        """Note what a person must look at."""
        self.doubts.append(Doubt(start, end, code, what))

    def read(self, item: Item) -> None:
        """Take one item apart."""
        dates = self._dates(item)
        shape, places = self._shape(item, dates)
        name = named(item.heading) if item.heading else self.about
        off: set[date] = set()
        moved: list[_Dated] = []
        for verb, pattern in _GRAMMAR:
            for found in list(pattern.finditer(shape)):
                days = self._sequence(found, places, dates) if "days" in pattern.groupindex else []
                if verb == "off":
                    days = self._off(found, days, places)
                    off |= {one.day for one in days}
                    self._name(days, Kind.OFF, name)
                elif verb == "work":
                    self._name(self._worked(days, usual=bool(found["usual"])), Kind.WORK, name)
                elif verb == "moved":
                    moved += days
                elif verb == "longer":
                    self.longer += [Longer(name[0], one.day) for one in days]
                shape = shape[: found.start()] + CLAIMED * len(found[0]) + shape[found.end() :]
        # A rest day that is moved is worked, unless it is a day off for the festival itself.
        self._name([one for one in moved if one.day not in off], Kind.WORK, name)
        if (off or self.longer) and not name[0]:
            words = self.text[item.start : item.end].rstrip()
            self.doubt(Code.NO_NAME, item.start, item.start + len(words))
        self._leftovers(item, shape, places)

    def _dates(self, item: Item) -> dict[int, _Dated]:
        """Return the item's dates by where they start; one that no calendar has is a doubt."""
        found: dict[int, _Dated] = {}
        earlier: list[date] = []
        for mention in mentions(self.text, item.start, item.end):
            day = dated(mention, earlier, self.year, about_new_year=NEW_YEAR in festivals_in(item.heading))
            if day is None:
                self.doubt(Code.NO_SUCH_DAY, mention.start, mention.end)
                continue
            if mention.weekday not in (None, day.weekday()):
                self.doubt(Code.WRONG_WEEKDAY, mention.start, mention.end, day.isoformat())
            found[mention.start] = _Dated(mention, day)
            earlier.append(day)
        return found

    def _shape(self, item: Item, dates: dict[int, _Dated]) -> tuple[str, list[int]]:
        """Return the item with a character for each date, and where each of its characters stands in the text."""
        shape, places, position = "", [], item.start
        while position < item.end:
            one = dates.get(position)
            shape += D if one else self.text[position]
            places.append(position)
            position = one.mention.end if one else position + 1
        return shape, [*places, item.end]

    def _sequence(self, found: re.Match[str], places: list[int], dates: dict[int, _Dated]) -> list[_Dated]:
        """Return the days of a list such as "D至D、D", ranges filled."""
        days: list[_Dated] = []
        between = ""
        for place in range(*found.span("days")):
            if found.string[place] != D:
                between += found.string[place]
                continue
            one = dates[places[place]]
            days += self._filled(days[-1], one) if days and re.search("至|到|-", between) else [one]
            between = ""
        return days

    def _filled(self, first: _Dated, last: _Dated) -> list[_Dated]:
        """Return the days after `first` up to `last`."""
        end: date | None = last.day
        if last.day < first.day and last.mention.year is None:
            # "12月31日至1月2日": the year turns on the way.
            end = in_the_year_after(last.day)
        length = (end - first.day).days if end else 0
        if not 0 < length < LONGEST:
            self.doubt(Code.RANGE_BACKWARDS, first.mention.start, last.mention.end)
            return []
        return [_Dated(last.mention, first.day + n * ONE_DAY) for n in range(1, length + 1)]

    def _off(self, found: re.Match[str], days: list[_Dated], places: list[int]) -> list[_Dated]:
        """Return the days off of a clause, the weekend beside them where it says so; doubt a count that is wrong."""
        weekend = list(_weekend_beside(days)) if found["weekend"] else []
        if found["count"] and counted(found["count"]) not in (len(days), len(days) + len(weekend)):
            self.doubt(Code.WRONG_COUNT, places[found.start()], places[found.end()], found["count"])
        return [*days, *weekend]

    def _worked(self, days: list[_Dated], *, usual: bool) -> Iterator[_Dated]:
        """Yield the make-up days; that one works as usual from a Monday on makes no day different."""
        for one in days:
            if is_weekend(one.day):
                yield one
            elif not usual:
                self.doubt(Code.WORK_WITHIN_WEEK, one.mention.start, one.mention.end, one.day.isoformat())

    def _name(self, days: Sequence[_Dated] | Iterator[_Dated], kind: Kind, name: tuple[str, str]) -> None:
        for one in days:
            other = self.days.setdefault(one.day, NoticeDay(one.day, kind, *name))
            if other.kind is not kind:
                self.doubt(Code.CONTRADICTION, one.mention.start, one.mention.end, one.day.isoformat())

    def _leftovers(self, item: Item, shape: str, places: list[int]) -> None:
        """Doubt each clause that still speaks of days; of a festival's own, also one without a date."""
        for found in _CLAUSE.finditer(shape):
            words = found[0].strip(CLAIMED + " ")
            if D in words or (item.heading and _SPEAKS_OF_DAYS.search(words)):
                start = found.start() + found[0].index(words)
                self.doubt(Code.NOT_UNDERSTOOD, places[start], places[start + len(words)])


def _weekend_beside(days: Sequence[_Dated]) -> Iterator[_Dated]:
    for step, one in ((-ONE_DAY, min(days, key=_day)), (ONE_DAY, max(days, key=_day))):
        day = one.day
        while is_weekend(day + step):
            day += step
            yield _Dated(one.mention, day)


def _day(one: _Dated) -> date:
    return one.day
