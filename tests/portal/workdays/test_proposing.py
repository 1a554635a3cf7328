"""Two people change the calendar: one proposes, another confirms or rejects."""

import threading
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import Role
from portal.journal.models import EventRecord
from portal.kernel.actors import ANONYMOUS, system
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can
from portal.workdays.actions import deciding
from portal.workdays.actions.deciding import confirm, reject
from portal.workdays.actions.proposing import propose, withdraw
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.permissions import P
from portal.workdays.queries import calendar, calendar_of
from portal.workdays.rules.notices import Layer, NoticeRefused
from portal.workdays.states import MACHINE, VersionState
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.workdays import day_off, load, make_up_day, notice

NOW = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
CLOCK = FixedClock(NOW)
NOTICE_2027 = notice(2027, day_off("2027-01-01", "元旦"), make_up_day("2027-01-03", "元旦"), day_off("2027-02-05"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return actor(UserFactory(administrator=True))


@pytest.fixture
def second():
    return actor(UserFactory(administrator=True))


@pytest.fixture
def draft(administrator):
    return propose(NOTICE_2027, text="原文", by=administrator, clock=CLOCK)


def events() -> list[tuple[str, str]]:
    return list(EventRecord.objects.order_by("position").values_list("name", "actor"))


# --- Proposed ---------------------------------------------------------------------------------


def test_a_draft_changes_nothing_yet(draft, administrator):
    assert calendar().version == "1"
    assert (draft.number, draft.status, draft.loaded_at, draft.text) == (2, "draft", None, "原文")
    assert not draft.editions.exists()
    assert events() == [("workdays.calendar_proposed", f"person:{administrator.id}")]
    assert EventRecord.objects.get().payload == {"version": draft.pk, "layer": "national", "year": 2027, "number": 2}


@pytest.mark.parametrize(
    "refused", [notice(2050, day_off("2050-01-01")), notice(2027, make_up_day("2027-02-03")), notice(2027)]
)
def test_a_notice_that_cannot_be_meant_is_no_draft(administrator, refused):
    with pytest.raises(NoticeRefused):
        propose(refused, by=administrator, clock=CLOCK)

    assert not CalendarVersion.objects.filter(status="draft").exists()
    assert events() == []


def test_the_proposer_takes_a_draft_back_and_nobody_else_does(draft, administrator, second):
    with pytest.raises(NotAllowed) as refusal:
        withdraw(draft.pk, by=second, clock=CLOCK)
    assert refusal.value.reason.code == "workdays.not_your_draft"

    assert withdraw(draft.pk, by=administrator, clock=CLOCK).status == "withdrawn"
    with pytest.raises(IllegalStep):
        confirm(draft.pk, by=second, clock=CLOCK)


# --- Confirmed --------------------------------------------------------------------------------


def test_confirmed_it_takes_the_place_of_the_provisional_year(draft, second):
    version = confirm(draft.pk, by=second, clock=CLOCK)

    in_force = calendar()
    assert in_force.provisional_from == date(2028, 1, 1)
    assert in_force.is_working_day(date(2027, 1, 3))
    assert in_force.is_working_day(date(2027, 2, 8))  # statutory, but not named by this notice
    assert (version.status, version.announced, version.loaded_at) == ("active", True, NOW)
    assert list(CalendarVersion.objects.filter(year=2027).values_list("number", "status")) == [
        (1, "superseded"),
        (2, "active"),
    ]


def test_confirming_is_one_event_by_the_second_person(draft, second):
    confirm(draft.pk, by=second, clock=CLOCK)

    event = EventRecord.objects.get(name="workdays.calendar_loaded")
    assert event.payload == {
        "version": draft.pk,
        "layer": "national",
        "year": 2027,
        "number": 2,
        "replaces": 1,
        "edition": 2,
    }
    assert (event.actor, event.recorded_at) == (f"person:{second.id}", NOW)


def test_nobody_confirms_or_rejects_their_own(draft, administrator):
    for decide in (
        lambda: confirm(draft.pk, by=administrator, clock=CLOCK),
        lambda: reject(draft.pk, reason="错了", by=administrator, clock=CLOCK),
    ):
        with pytest.raises(NotAllowed) as refusal:
            decide()
        assert refusal.value.reason.code == "workdays.second_person"

    assert calendar().version == "1"


def test_the_database_takes_no_version_of_one_person(draft, administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarVersion.objects.filter(pk=draft.pk).update(status="superseded", decided_by=administrator.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarVersion.objects.filter(pk=draft.pk).update(status="superseded")


def test_a_draft_against_a_version_that_no_longer_counts_is_overtaken(draft, administrator, second):
    rival = propose(notice(2027, day_off("2027-01-02", "元旦")), by=administrator, clock=CLOCK)
    confirm(rival.pk, by=second, clock=CLOCK)

    with pytest.raises(NotAllowed) as refusal:
        confirm(draft.pk, by=second, clock=CLOCK)
    assert refusal.value.reason.code == "workdays.overtaken"
    assert calendar().is_working_day(date(2027, 1, 1))


def test_an_older_edition_is_counted_with_as_before():
    before = calendar()
    load(NOTICE_2027, CLOCK)

    assert calendar_of("1") == before
    assert calendar_of("1").provisional_from == date(2027, 1, 1)
    assert (before.version, calendar().version) == ("1", "2")


def test_a_local_day_overrides_a_national_one_and_a_second_notice_the_first():
    load(notice(2026, day_off("2026-12-01", "停水"), layer=Layer.LOCAL), CLOCK)
    assert not calendar().is_working_day(date(2026, 12, 1))

    load(notice(2026, make_up_day("2026-12-05", "停水"), layer=Layer.LOCAL), CLOCK)
    assert calendar().is_working_day(date(2026, 12, 1))
    assert calendar().is_working_day(date(2026, 12, 5))
    assert calendar().provisional_from == date(2027, 1, 1)


def test_the_last_local_closure_can_be_lifted():
    load(notice(2026, day_off("2026-12-01", "停水"), layer=Layer.LOCAL), CLOCK)
    load(notice(2026, layer=Layer.LOCAL, amends=True), CLOCK)

    assert calendar().is_working_day(date(2026, 12, 1))


def test_next_years_notice_can_move_the_end_of_december():
    assert calendar().is_working_day(date(2026, 12, 31))

    load(notice(2027, day_off("2026-12-31", "元旦")), CLOCK)
    assert not calendar().is_working_day(date(2026, 12, 31))


def test_a_year_beyond_the_last_one_may_follow_it():
    load(notice(2041, day_off("2041-01-01", "元旦")), CLOCK)

    assert calendar().last == date(2041, 12, 31)
    assert calendar().provisional_from == date(2027, 1, 1)


def test_an_amendment_carries_the_other_days_on_with_the_document_that_named_them():
    first = load(NOTICE_2027, CLOCK)
    second = load(notice(2027, *NOTICE_2027.days[:2], day_off("2027-05-01", "劳动节"), amends=True), CLOCK)
    third = load(notice(2027, *NOTICE_2027.days[:2], day_off("2027-05-01", "劳动节"), amends=True), CLOCK)

    named_by = dict(CalendarDay.objects.filter(version=third).values_list("date", "named_by"))
    assert named_by == {date(2027, 1, 1): first.pk, date(2027, 1, 3): first.pk, date(2027, 5, 1): second.pk}
    assert set(CalendarDay.objects.filter(version=first).values_list("named_by", flat=True)) == {None}


# --- Rejected ---------------------------------------------------------------------------------


def test_a_rejection_says_why_and_changes_nothing(draft, second):
    version = reject(draft.pk, reason=" 国庆节少一天 ", by=second, clock=CLOCK)

    assert (version.status, version.reason, version.loaded_at) == ("rejected", "国庆节少一天", None)
    assert calendar().version == "1"
    assert events()[-1] == ("workdays.calendar_rejected", f"person:{second.id}")
    with pytest.raises(IllegalStep):
        confirm(draft.pk, by=second, clock=CLOCK)


def test_a_rejection_without_a_reason_is_none(draft, second):
    with pytest.raises(NotAllowed) as refusal:
        reject(draft.pk, reason="  ", by=second, clock=CLOCK)

    assert refusal.value.reason.code == "workdays.reason_missing"
    assert CalendarVersion.objects.get(pk=draft.pk).status == "draft"


# --- Who may ----------------------------------------------------------------------------------


def test_who_may_propose_and_who_may_confirm(draft):
    city = OfficeFactory(code="city")
    county = OfficeFactory(parent=city, code="county")
    centre = OfficeFactory(parent=county, code="centre", is_centre=True)
    people = {
        "administrator": actor(UserFactory(administrator=True)),
        "leader at the top": actor(holder(Role.LEADER, city)),
        "leader below": actor(holder(Role.LEADER, county)),
        "dispatcher": actor(holder(Role.DISPATCHER, centre)),
        "auditor": actor(holder(Role.AUDITOR, county)),
        "spokesperson": actor(holder(Role.SPOKESPERSON, city)),
        "visitor": ANONYMOUS,
        "process": system("clock"),
    }

    def allowed(permission, obj=None):
        return {name for name, who in people.items() if can(who, permission, obj)}

    assert allowed(P.PROPOSE) == {"administrator", "leader at the top", "dispatcher"}
    assert allowed(P.CONFIRM, draft) == allowed(P.REJECT, draft) == {"administrator", "leader at the top"}
    assert allowed(P.SEE_VERSIONS) == {"administrator", "leader at the top", "dispatcher", "auditor"}
    assert allowed(P.WITHDRAW, draft) == set()


def test_a_dispatcher_proposes_and_does_not_confirm(second):
    dispatcher = actor(holder(Role.DISPATCHER, OfficeFactory(is_centre=True)))
    version = propose(NOTICE_2027, by=dispatcher, clock=CLOCK)

    with pytest.raises(NotAllowed):
        confirm(version.pk, by=dispatcher, clock=CLOCK)
    assert confirm(version.pk, by=second, clock=CLOCK).status == "active"


def test_only_the_states_of_the_table_exist():
    assert {value for value, _label in CalendarVersion._meta.get_field("status").choices} == set(VersionState)
    assert MACHINE.final_states() == {VersionState.SUPERSEDED, VersionState.REJECTED, VersionState.WITHDRAWN}


# --- All or nothing, and one at a time ----------------------------------------------------------


def test_a_confirmation_that_cannot_be_recorded_is_not_kept(draft, second, monkeypatch):
    def refuse(*events, **facts):
        raise RuntimeError

    monkeypatch.setattr(deciding, "publish", refuse)
    with pytest.raises(RuntimeError):
        confirm(draft.pk, by=second, clock=CLOCK)

    assert CalendarEdition.objects.count() == 1
    assert list(CalendarVersion.objects.filter(year=2027).values_list("status", flat=True)) == ["active", "draft"]


def test_a_calendar_seen_in_a_confirmation_that_was_rolled_back_is_forgotten():
    with transaction.atomic():
        load(NOTICE_2027, CLOCK)
        assert calendar().is_working_day(date(2027, 1, 3))
        transaction.set_rollback(True)
    assert not calendar().is_working_day(date(2027, 1, 3))

    load(notice(2027, day_off("2027-01-01", "元旦"), make_up_day("2027-01-09", "元旦")), CLOCK)
    assert calendar().version == "2"
    assert not calendar().is_working_day(date(2027, 1, 3))
    assert calendar().is_working_day(date(2027, 1, 9))


def side_by_side(*acts: Callable[[], object]) -> list[object]:
    """Run the acts at the same time, each over a connection of its own; return what each gave or raised."""
    results: dict[int, object] = {}
    barrier = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            barrier.wait()
            results[number] = acts[number]()
        except Exception as failure:  # a thread's failure must reach the test
            results[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[number] for number in range(len(acts))]


@pytest.mark.django_db(transaction=True)
def test_confirmations_of_several_years_side_by_side_all_count(administrator, second):
    years = [2027, 2028, 2029, 2030]
    drafts = [
        propose(notice(year, day_off(f"{year}-03-15", "测试")), by=administrator, clock=CLOCK).pk for year in years
    ]

    results = side_by_side(*(lambda pk=pk: confirm(pk, by=second, clock=CLOCK) for pk in drafts))

    assert [result for result in results if isinstance(result, Exception)] == []
    assert calendar().version == "5"
    assert calendar().provisional_from == date(2031, 1, 1)
    assert CalendarEdition.objects.latest("number").versions.count() == 37


@pytest.mark.django_db(transaction=True)
def test_a_draft_confirmed_by_many_at_once_counts_once(draft):
    people = [actor(UserFactory(administrator=True)) for _ in range(8)]

    results = side_by_side(*(lambda who=who: confirm(draft.pk, by=who, clock=CLOCK) for who in people))

    assert sum(isinstance(result, CalendarVersion) for result in results) == 1
    assert sum(isinstance(result, IllegalStep) for result in results) == 7
    assert CalendarEdition.objects.count() == 2
    assert EventRecord.objects.filter(name="workdays.calendar_loaded").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_proposer_pressing_at_the_same_time_as_another_confirms_nothing(draft, administrator, second):
    results = side_by_side(
        *(lambda: confirm(draft.pk, by=administrator, clock=CLOCK) for _ in range(4)),
        *(lambda: reject(draft.pk, reason="不对", by=second, clock=CLOCK) for _ in range(2)),
        *(lambda: withdraw(draft.pk, by=administrator, clock=CLOCK) for _ in range(2)),
    )

    assert all(isinstance(result, NotAllowed | IllegalStep) for result in results[:4])
    assert sum(isinstance(result, CalendarVersion) for result in results) == 1
    assert CalendarVersion.objects.get(pk=draft.pk).status in ("rejected", "withdrawn")
    assert calendar().version == "1"


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_for_one_year_confirmed_at_once_the_second_is_overtaken(administrator, second):
    drafts = [
        propose(notice(2027, day_off(f"2027-01-0{day}", "元旦")), by=administrator, clock=CLOCK).pk for day in (1, 4)
    ]

    results = side_by_side(*(lambda pk=pk: confirm(pk, by=second, clock=CLOCK) for pk in drafts))

    assert sum(isinstance(result, NotAllowed) for result in results) == 1
    assert CalendarVersion.objects.filter(year=2027, status="active").count() == 1
    assert CalendarEdition.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_drafts_proposed_side_by_side_have_numbers_of_their_own(administrator):
    results = side_by_side(*(lambda: propose(NOTICE_2027, by=administrator, clock=CLOCK) for _ in range(5)))

    assert sorted(result.number for result in results) == [2, 3, 4, 5, 6]
