"""Loading a notice."""

import threading
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from portal.journal.models import EventRecord
from portal.kernel.actors import ANONYMOUS, Actor, ActorKind, system
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.permissions import NotAllowed
from portal.workdays import actions
from portal.workdays.actions import load_year
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.queries import calendar, calendar_of
from portal.workdays.rules.notices import Layer, NoticeRefused
from tests.factories.workdays import day_off, make_up_day, notice

NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
CLOCK = FixedClock(NOW)
ADMINISTRATOR = Actor(kind=ActorKind.PERSON, id="7", is_administrator=True)
NOTICE_2027 = notice(2027, day_off("2027-01-01", "元旦"), make_up_day("2027-01-03", "元旦"), day_off("2027-02-05"))

pytestmark = pytest.mark.django_db


def test_a_notice_takes_the_place_of_the_provisional_year():
    version = load_year(NOTICE_2027, by=ADMINISTRATOR, clock=CLOCK)

    in_force = calendar()
    assert in_force.provisional_from == date(2028, 1, 1)
    assert in_force.is_working_day(date(2027, 1, 3))
    assert in_force.is_working_day(date(2027, 2, 8))  # statutory, but not named by this notice
    assert (version.number, version.status, version.announced, version.loaded_at) == (2, "active", True, NOW)
    assert list(CalendarVersion.objects.filter(year=2027).values_list("number", "status")) == [
        (1, "superseded"),
        (2, "active"),
    ]


def test_loading_is_one_event():
    load_year(NOTICE_2027, by=ADMINISTRATOR, clock=CLOCK)

    event = EventRecord.objects.get(name="workdays.calendar_loaded")
    assert event.payload == {"layer": "national", "year": 2027, "number": 2, "replaces": 1, "edition": 2}
    assert (event.actor, event.recorded_at) == ("person:7", NOW)


def test_an_older_edition_is_counted_with_as_before():
    before = calendar()
    load_year(NOTICE_2027, by=ADMINISTRATOR, clock=CLOCK)

    assert calendar_of("1") == before
    assert calendar_of("1").provisional_from == date(2027, 1, 1)
    assert (before.version, calendar().version) == ("1", "2")


def test_a_local_day_overrides_a_national_one_and_a_second_notice_the_first():
    load_year(notice(2026, day_off("2026-12-01", "停水"), layer=Layer.LOCAL), by=ADMINISTRATOR, clock=CLOCK)
    assert not calendar().is_working_day(date(2026, 12, 1))

    load_year(notice(2026, make_up_day("2026-12-05", "停水"), layer=Layer.LOCAL), by=ADMINISTRATOR, clock=CLOCK)
    assert calendar().is_working_day(date(2026, 12, 1))
    assert calendar().is_working_day(date(2026, 12, 5))
    assert calendar().provisional_from == date(2027, 1, 1)


def test_next_years_notice_can_move_the_end_of_december():
    assert calendar().is_working_day(date(2026, 12, 31))

    load_year(notice(2027, day_off("2026-12-31", "元旦")), by=ADMINISTRATOR, clock=CLOCK)
    assert not calendar().is_working_day(date(2026, 12, 31))


def test_a_year_beyond_the_last_one_may_follow_it():
    load_year(notice(2041, day_off("2041-01-01", "元旦")), by=system("test"), clock=CLOCK)

    assert calendar().last == date(2041, 12, 31)
    assert calendar().provisional_from == date(2027, 1, 1)


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor(kind=ActorKind.PERSON, id="8")])
def test_only_an_administrator_loads_a_notice(actor):
    with pytest.raises(NotAllowed) as refusal:
        load_year(NOTICE_2027, by=actor, clock=CLOCK)

    assert refusal.value.reason.code == "not_administrator"


def test_a_refused_notice_changes_nothing():
    for refused in (notice(2050), notice(2027, make_up_day("2027-02-03"))):
        with pytest.raises(NoticeRefused):
            load_year(refused, by=ADMINISTRATOR, clock=CLOCK)

    assert calendar().version == "1"
    assert not EventRecord.objects.exists()


def test_a_load_that_cannot_be_recorded_is_not_kept(monkeypatch):
    def refuse(*events, **facts):
        raise RuntimeError

    monkeypatch.setattr(actions, "publish", refuse)
    with pytest.raises(RuntimeError):
        load_year(NOTICE_2027, by=ADMINISTRATOR, clock=CLOCK)

    assert CalendarEdition.objects.count() == 1
    assert CalendarVersion.objects.get(year=2027).status == "active"
    assert not CalendarDay.objects.filter(date=date(2027, 1, 3)).exists()


def test_a_calendar_seen_in_a_load_that_was_rolled_back_is_forgotten():
    with transaction.atomic():
        load_year(NOTICE_2027, by=ADMINISTRATOR, clock=CLOCK)
        assert calendar().is_working_day(date(2027, 1, 3))
        transaction.set_rollback(True)
    assert not calendar().is_working_day(date(2027, 1, 3))

    load_year(notice(2027, make_up_day("2027-01-09", "元旦")), by=ADMINISTRATOR, clock=CLOCK)
    assert calendar().version == "2"
    assert not calendar().is_working_day(date(2027, 1, 3))
    assert calendar().is_working_day(date(2027, 1, 9))


@pytest.mark.django_db(transaction=True)
def test_notices_loaded_side_by_side_all_count():
    years = [2027, 2028, 2029, 2030]
    failures = []
    barrier = threading.Barrier(len(years))

    def load(year: int) -> None:
        try:
            barrier.wait()
            load_year(notice(year, day_off(f"{year}-03-15", "测试")), by=ADMINISTRATOR, clock=CLOCK)
        except Exception as failure:  # a thread's failure must reach the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=[year]) for year in years]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert calendar().version == "5"
    assert calendar().provisional_from == date(2031, 1, 1)
    assert CalendarEdition.objects.latest("number").versions.count() == 37
