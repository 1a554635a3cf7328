"""Reading a notice, and refusing one that cannot be meant."""

from datetime import date

import pytest

from portal.workdays.rules.notices import (
    Kind,
    Layer,
    Notice,
    NoticeDay,
    NoticeRefused,
    check_notice,
    check_year,
    read_notice,
)
from tests.factories.workdays import day_off, make_up_day, notice

WHOLE = """
layer = "local"
year = 2026
source = "区政府办公室通知"
source_en = "Notice of the district office"
document_number = "1号"
announced_on = 2026-07-30
address = "https://example.com/1"
days = [{ date = 2026-07-31, kind = "off", name = "台风停工", name_en = "Typhoon" }]
"""


def test_a_notice_is_read_whole():
    assert read_notice(WHOLE) == Notice(
        layer=Layer.LOCAL,
        year=2026,
        source="区政府办公室通知",
        source_en="Notice of the district office",
        document_number="1号",
        announced_on=date(2026, 7, 30),
        address="https://example.com/1",
        days=(NoticeDay(date(2026, 7, 31), Kind.OFF, "台风停工", "Typhoon"),),
    )


@pytest.mark.parametrize(
    ("part", "broken", "error"),
    [
        ('"off"', '"half"', ValueError),
        ('"local"', '"city"', ValueError),
        ("source =", "=", ValueError),
        ("year =", "years =", KeyError),
    ],
)
def test_a_broken_file_is_not_read(part, broken, error):
    with pytest.raises(error):
        read_notice(WHOLE.replace(part, broken, 1))


@pytest.mark.parametrize(
    ("refused", "code", "day"),
    [
        (notice(2027, day_off("2027-01-01"), day_off("2027-01-01")), "day_named_twice", "2027-01-01"),
        (notice(2027, day_off("2028-01-01")), "day_outside_the_year", "2028-01-01"),
        (notice(2027, day_off("2026-11-30")), "day_outside_the_year", "2026-11-30"),
        (notice(2027, make_up_day("2027-02-03")), "make_up_day_within_the_week", "2027-02-03"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(refused, code, day):
    with pytest.raises(NoticeRefused) as refusal:
        check_notice(refused)

    assert (refusal.value.code, refusal.value.days) == (code, (date.fromisoformat(day),))


def test_a_notice_may_settle_the_december_before_and_a_local_one_may_open_a_weekday():
    check_notice(notice(2019, make_up_day("2018-12-29", "元旦"), day_off("2018-12-31", "元旦")))
    check_notice(notice(2026, make_up_day("2026-05-04", "防汛"), layer=Layer.LOCAL))


@pytest.mark.parametrize(
    ("layer", "year", "reachable"),
    [
        (Layer.NATIONAL, 2026, True),
        (Layer.NATIONAL, 2028, True),
        (Layer.NATIONAL, 2029, False),
        (Layer.NATIONAL, 2025, False),
        (Layer.LOCAL, 2027, True),
        (Layer.LOCAL, 2028, False),
    ],
)
def test_no_notice_leaves_a_hole_in_the_calendar(layer, year, reachable):
    if reachable:
        check_year(notice(year, layer=layer), {2026, 2027})
    else:
        with pytest.raises(NoticeRefused, match="year_out_of_reach"):
            check_year(notice(year, layer=layer), {2026, 2027})
