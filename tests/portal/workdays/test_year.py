"""A year on screen, as a file to subscribe to, and missed when nobody has loaded it."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays.rules.alarm import Alarm, alarm
from portal.workdays.rules.amending import Stretch, changes, stretches
from portal.workdays.rules.clauses import Code, Doubt
from portal.workdays.rules.explain import NamedDay
from portal.workdays.rules.ical import ical
from portal.workdays.rules.marking import marked
from portal.workdays.rules.notices import Layer
from portal.workdays.rules.year_view import months_of, spans
from tests.factories.workdays import day_off, make_up_day

pytestmark = pytest.mark.unit


def named(*days, layer=Layer.NATIONAL):
    return {day.date: NamedDay(day.kind, layer, day.name) for day in days}


# --- Twelve months ----------------------------------------------------------------------------


@given(st.integers(2000, 2099))
def test_every_day_of_a_year_stands_once_below_its_weekday(year):
    cells = [
        (column, cell.date)
        for month in months_of(year, {})
        for week in month.weeks
        for column, cell in enumerate(week)
        if cell
    ]

    assert [day for _column, day in cells] == sorted(
        date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    )
    assert all(column == day.weekday() for column, day in cells)


def test_a_cell_says_what_a_document_makes_of_its_day_and_whether_that_changes():
    days = named(day_off("2027-01-01", "元旦"), make_up_day("2027-01-03", "元旦"))
    week = months_of(2027, days, {date(2027, 1, 3)})[0].weeks[0]

    assert [cell and (cell.date.day, cell.kind, cell.name, cell.is_weekend, cell.is_changed) for cell in week] == [
        *[None] * 4,
        (1, "off", "元旦", False, False),
        (2, "", "", True, False),
        (3, "work", "元旦", True, True),
    ]


def test_days_in_a_row_are_one_span_if_they_say_the_same():
    days = named(
        *(day_off(f"2027-10-0{n}", "国庆节") for n in range(1, 4)),
        day_off("2027-10-04", "中秋节"),
        make_up_day("2027-10-09", "国庆节"),
    )

    assert [(span.name, span.kind.value, span.first.day, span.last.day, span.length) for span in spans(days)] == [
        ("国庆节", "off", 1, 3, 3),
        ("中秋节", "off", 4, 4, 1),
        ("国庆节", "work", 9, 9, 1),
    ]
    assert spans({}) == ()


def test_changes_are_told_from_the_first_to_the_last_day_and_whether_they_move_a_date():
    before = [day_off("2027-01-01", "元旦")]
    after = [day_off(f"2027-01-0{n}", "元旦") for n in range(1, 6)]

    assert stretches(changes(before, after)) == (
        Stretch(date(2027, 1, 2), date(2027, 1, 3), None, after[1], moves_dates=False),
        Stretch(date(2027, 1, 4), date(2027, 1, 5), None, after[3], moves_dates=True),
    )
    assert stretches(changes(after, after)) == ()


# --- A text with its doubts ---------------------------------------------------------------------


def test_doubtful_places_are_marked_and_numbered_and_overlapping_ones_share_a_mark():
    doubts = [
        Doubt(9, 9, Code.FESTIVAL_MISSING, "春节"),
        Doubt(5, 7, Code.NOT_UNDERSTOOD),
        Doubt(1, 3, Code.NO_SUCH_DAY),
        Doubt(2, 4, Code.NOT_UNDERSTOOD),
    ]
    pieces, remarks = marked("012345678", doubts)

    assert [(piece.text, piece.number) for piece in pieces] == [("0", 0), ("123", 1), ("4", 0), ("56", 2), ("78", 0)]
    assert [(remark.number, remark.quote) for remark in remarks] == [(1, "12"), (1, "23"), (2, "56"), (0, "")]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=6))
def test_marking_loses_no_character(text, places):
    doubts = [Doubt(min(start, len(text)), min(end, len(text)), Code.NOT_UNDERSTOOD) for start, end in places]

    assert "".join(piece.text for piece in marked(text, doubts)[0]) == text


# --- iCalendar --------------------------------------------------------------------------------


def file_of(*days, name="工作日历", is_provisional=False):
    return ical(
        spans(named(*days)),
        name=name,
        host="wen.example",
        stamp=datetime(2026, 11, 25, 2, 0, tzinfo=UTC),
        summary=lambda span: f"{span.name}, {span.kind.value}; \\",
        is_provisional=lambda span: is_provisional,
    )


def test_the_file_has_an_event_for_each_holiday_with_an_exclusive_end():
    text = file_of(day_off("2026-12-31", "元旦"), day_off("2027-01-01", "元旦"), make_up_day("2027-01-03", "元旦"))

    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)\r\nDTEND;VALUE=DATE:(\d+)", text) == [
        ("20261231", "20270102"),
        ("20270103", "20270104"),
    ]
    assert re.findall(r"UID:(.*)\r\n", text) == [
        "20261231-off-national@wen.example",
        "20270103-work-national@wen.example",
    ]
    assert "DTSTAMP:20261125T020000Z\r\n" in text
    assert "SUMMARY:元旦\\, off\\; \\\\\r\n" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == text.count("STATUS:CONFIRMED") == 2
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_what_is_only_expected_is_tentative():
    assert "STATUS:TENTATIVE" in file_of(day_off("2027-01-01"), is_provisional=True)


@given(st.text("节假日ab,; ", max_size=80))
def test_no_line_is_longer_than_the_standard_allows_and_unfolding_gives_the_text_back(name):
    lines = file_of(day_off("2027-01-01"), name=name).split("\r\n")
    unfolded = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")

    assert max(len(line.encode()) for line in lines) <= 75
    said = next(line for line in unfolded if line.startswith("X-WR-CALNAME:")).removeprefix("X-WR-CALNAME:")
    assert said.replace("\\,", ",").replace("\\;", ";") == name


# --- The missing year ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "announced", "missing"),
    [
        (date(2026, 9, 30), {2026: True, 2027: False}, None),
        (date(2026, 10, 1), {2026: True, 2027: False}, Alarm(2027, urgent=False)),
        (date(2026, 12, 14), {2026: True, 2027: False}, Alarm(2027, urgent=False)),
        (date(2026, 12, 15), {2026: True, 2027: False}, Alarm(2027, urgent=True)),
        (date(2026, 12, 31), {2026: True, 2027: True}, None),
        (date(2027, 1, 1), {2027: False, 2028: False}, Alarm(2027, urgent=True)),
        (date(2027, 6, 1), {2027: False}, Alarm(2027, urgent=True)),
        (date(2027, 1, 1), {2027: True, 2028: False}, None),
        (date(2040, 11, 1), {2040: True}, Alarm(2041, urgent=False)),
    ],
)
def test_a_year_is_missed_from_october_on_and_urgently_from_the_middle_of_december(today, announced, missing):
    assert alarm(today, announced, due=(10, 1), urgent=(12, 15)) == missing
