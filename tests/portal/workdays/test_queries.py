"""The calendar in force, and why it gives a date."""

from datetime import date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.workdays import CalendarGap
from portal.workdays.models import CalendarEdition
from portal.workdays.queries import calendar, calendar_of, why
from portal.workdays.rules.explain import Reason
from portal.workdays.rules.notices import Layer
from tests.factories.workdays import day_off, load, notice

CLOCK = FixedClock(datetime(2026, 11, 25, 10, tzinfo=SHANGHAI))
BEFORE_MID_AUTUMN = datetime(2026, 9, 17, 18, tzinfo=SHANGHAI)
BEFORE_NEW_YEAR = datetime(2026, 12, 24, 10, tzinfo=SHANGHAI)

pytestmark = pytest.mark.django_db


def test_the_calendar_in_force_costs_one_query(django_assert_num_queries):
    first = calendar()

    with django_assert_num_queries(1):
        assert calendar() is first


def test_an_edition_that_never_was_is_unknown():
    with pytest.raises(CalendarEdition.DoesNotExist):
        calendar_of("99")


def test_every_day_of_the_count_has_its_reason():
    explanation = why(BEFORE_MID_AUTUMN)

    assert explanation.day_zero == date(2026, 9, 17)
    assert explanation.due.instant == datetime(2026, 9, 29, tzinfo=SHANGHAI)
    assert [(day.date.day, day.number, day.reason, day.name) for day in explanation.days] == [
        (18, 1, Reason.WORKING_DAY, ""),
        (19, 0, Reason.WEEKEND, ""),
        (20, 2, Reason.MAKE_UP_DAY, "国庆节"),
        (21, 3, Reason.WORKING_DAY, ""),
        (22, 4, Reason.WORKING_DAY, ""),
        (23, 5, Reason.WORKING_DAY, ""),
        (24, 6, Reason.WORKING_DAY, ""),
        (25, 0, Reason.HOLIDAY, "中秋节"),
        (26, 0, Reason.HOLIDAY, "中秋节"),
        (27, 0, Reason.HOLIDAY, "中秋节"),
        (28, 7, Reason.WORKING_DAY, ""),
    ]
    assert [source.year for source in explanation.sources] == [2026]
    assert [day.number for day in explanation.counted] == [1, 2, 3, 4, 5, 6, 7]
    assert len(explanation.skipped) == 4


def test_a_count_into_a_year_not_announced_says_so_day_by_day():
    explanation = why(BEFORE_NEW_YEAR)

    assert explanation.due.provisional
    assert {day.date.year: day.provisional for day in explanation.days} == {2026: False, 2027: True}
    assert [(source.year, source.provisional) for source in explanation.sources] == [(2026, False), (2027, True)]


def test_the_promise_is_explained_by_the_calendar_it_was_made_under():
    announced = notice(2027, day_off("2027-01-01", "元旦"), day_off("2027-01-04", "元旦"))
    load(announced, CLOCK)

    assert why(BEFORE_NEW_YEAR).due.last_day == date(2027, 1, 6)
    then = why(BEFORE_NEW_YEAR, version="1")
    assert then.due.last_day == date(2027, 1, 5)
    assert then.due.provisional
    assert then.sources[-1].provisional


def test_a_local_closure_names_its_own_source():
    closure = notice(2026, day_off("2026-09-18", "台风停工"), layer=Layer.LOCAL, source="区政府通知")
    load(closure, CLOCK)

    explanation = why(BEFORE_MID_AUTUMN)
    assert (explanation.days[0].reason, explanation.days[0].name) == (Reason.LOCAL_CLOSURE, "台风停工")
    assert [source.title for source in explanation.sources][-1] == "区政府通知"
    assert why(datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)).sources[-1].layer == Layer.NATIONAL


def test_an_explanation_costs_few_queries(django_assert_num_queries):
    calendar()

    with django_assert_num_queries(3):
        why(BEFORE_NEW_YEAR)


def test_beyond_the_calendar_there_is_nothing_to_explain():
    with pytest.raises(CalendarGap):
        why(datetime(2040, 12, 31, tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["2026-09-28", "第 7 天", "国庆节调休上班", "中秋节放假", "周末", "7 个工作日"]),
        (
            "en",
            [
                "2026-09-28",
                "Day 7",
                "Make-up working day: National Day",
                "Holiday: Mid-Autumn Festival",
                "Weekend",
                "7 working days",
            ],
        ),
    ],
)
def test_the_page_says_it_in_both_languages(language, words):
    with translation.override(language):
        page = render_to_string("portal/workdays/why.html", {"why": why(BEFORE_MID_AUTUMN)})

    assert [word for word in words if word not in page] == []
    assert "Estimate" not in page


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "（预计）"), ("en", "(estimate)")])
def test_the_page_marks_what_is_only_expected(language, word):
    with translation.override(language):
        page = render_to_string("portal/workdays/why.html", {"why": why(BEFORE_NEW_YEAR)})

    provisional_days = [day for day in why(BEFORE_NEW_YEAR).days if day.provisional]
    assert page.count(word) == len(provisional_days)
