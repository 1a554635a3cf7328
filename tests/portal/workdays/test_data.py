"""The committed files are what the packages say, and what a new installation counts with."""

from datetime import date
from itertools import pairwise

import chinese_calendar
import pytest

from portal.kernel.workdays import ONE_DAY
from portal.workdays.models import CalendarVersion
from portal.workdays.queries import calendar
from portal.workdays.rules.notices import check_notice, read_notice
from scripts import calendar_data
from tests.factories.workdays import DATA, official_calendar

NOTICES = {path.stem: read_notice(path.read_text("utf-8")) for path in sorted(DATA.glob("*/*.toml"))}


def test_the_files_are_what_the_script_writes():
    assert calendar_data.main(["--check"]) == 0
    assert {path.stem for path in calendar_data.files()} == set(NOTICES) == {str(year) for year in range(2004, 2041)}


def test_every_announced_day_is_as_in_the_package():
    day, last = date(2004, 1, 1), date(2026, 12, 31)
    different = []
    while day <= last:
        if official_calendar().is_working_day(day) != chinese_calendar.is_workday(day):
            different.append(day)
        day += ONE_DAY

    assert different == []


@pytest.mark.parametrize("year", NOTICES)
def test_each_notice_agrees_with_itself_and_has_english_names(year):
    check_notice(NOTICES[year])
    assert all(day.name and day.name_en for day in NOTICES[year].days)
    assert NOTICES[year].source_en


def test_a_document_number_is_given_only_where_it_was_verified():
    assert {year: notice.document_number for year, notice in NOTICES.items() if notice.document_number} == {
        "2025": "国办发明电〔2024〕12号"
    }
    assert {NOTICES[str(year)].source for year in range(2004, 2025)} == {"chinesecalendar 1.11.0，通知未核实"}
    assert "文号未核实" in NOTICES["2026"].source


@pytest.mark.parametrize("year", range(2027, 2041))
def test_a_year_to_come_has_the_thirteen_statutory_days_off(year):
    days = NOTICES[str(year)].days
    festivals = [festival for day in days for festival in day.name.split("、")]

    assert {day.kind for day in days} == {"off"}
    assert len(festivals) == 13
    assert {name: festivals.count(name) for name in festivals} == {
        "元旦": 1,
        "农历除夕": 1,
        "春节": 3,
        "清明节": 1,
        "劳动节": 2,
        "端午节": 1,
        "中秋节": 1,
        "国庆节": 3,
    }
    new_year = [day.date for day in days if day.name in ("农历除夕", "春节")]
    assert all(after - before == ONE_DAY for before, after in pairwise(new_year))


@pytest.mark.django_db
def test_a_new_installation_counts_with_these_files():
    assert calendar() == official_calendar()
    assert not CalendarVersion.objects.exclude(loaded_at=None).exists()
