"""What has gone wrong elsewhere with dates like these, one test for each; the rest are where the rules are tested.

Elsewhere: the date in China around midnight and across a change of clocks (`test_promises`), days off and
make-up days (`test_promises`), the worked pauses (`test_exceptions`), late ticks (`test_replay`).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.answers.actions import aftercare, clarifying, emergencies, handling, merging, reopening, replying
from portal.answers.actions.recounting import begin_recomputation, recompute_some
from portal.answers.actions.settling import settle_due
from portal.answers.models import Emergency, Question, Verdict
from portal.answers.rules.deadlines import (
    Pause,
    helpers_due,
    lapses_at,
    leg_accept_due,
    rating_ends,
    reopened_deadline,
    reopening_ends,
    reply_deadline,
)
from portal.answers.rules.returns import may_still_return
from portal.journal.models import EventRecord
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.permissions import NotAllowed
from portal.workdays.rules.notices import Layer, read_notice
from tests.factories.answers import accepted, ask, at, dispatched, in_review
from tests.factories.workdays import DATA, day_off, load, make_up_day, notice, official_calendar

DAYS = official_calendar()
NEW_YORK = ZoneInfo("America/New_York")
MICROSECOND = timedelta(microseconds=1)


def china(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


# --- (a) Before eight in the morning it is still yesterday in UTC -------------------------------------


@pytest.mark.unit
@pytest.mark.parametrize(
    "count",
    [
        lambda since: reply_deadline(since, DAYS, extension=3).instant,
        lambda since: reopened_deadline(since, DAYS).instant,
        lambda since: lapses_at(since, DAYS),
        lambda since: rating_ends(since, DAYS),
        lambda since: reopening_ends(since, DAYS),
        lambda since: helpers_due(since, china(2026, 3, 5), DAYS),
    ],
    ids=["extended", "reopened", "lapses", "rating", "reopening", "helpers"],
)
def test_a_day_that_begins_in_china_before_it_does_in_utc_is_counted_as_in_china(count):
    early = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # half past midnight on the 3rd

    assert count(early) == count(china(2026, 3, 3, 23, 59)) == count(early.astimezone(NEW_YORK))


@pytest.mark.db
@pytest.mark.django_db
def test_what_is_asked_before_eight_bears_the_day_in_china_in_number_and_figures(district):
    at_night = FixedClock(datetime(2026, 2, 28, 16, 30, tzinfo=UTC))  # the 1st of March
    question = in_review(district, clock=at_night)
    replying.release(question.pk, by=district.leader, clock=at_night)

    assert question.number.startswith("Q260301-")
    assert Verdict.objects.get(question=question, clock="reply").month == date(2026, 3, 1)


# --- (b) A server whose zone changes its clocks in the night -------------------------------------------


@pytest.mark.unit
def test_an_offices_24_hours_are_24_although_the_servers_clocks_change_that_night():
    received = datetime(2026, 3, 7, 20, 0, tzinfo=NEW_YORK)  # it has 23 hours

    assert leg_accept_due(received, china(2026, 4, 1)).astimezone(UTC) - received.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.db
@pytest.mark.django_db
def test_an_emergencys_limits_are_as_long_as_they_say_although_the_servers_clocks_change_meanwhile(district):
    clock, centre = FixedClock(datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK)), district.dispatcher
    emergency = emergencies.open_emergency(
        title="停水", place="", centre_id=district.centre.pk, question_ids=[], by=centre, clock=clock
    )
    emergencies.name_lead(emergency.pk, office_id=district.street.pk, by=centre, clock=clock)
    emergencies.publish_statement(emergency.pk, text="正在抢修", by=centre, clock=clock)

    after, opened = Emergency.objects.get(), clock.now().astimezone(UTC)
    assert [due - opened for due in (after.lead_due, after.statement_due, after.update_due)] == [
        timedelta(minutes=30),
        timedelta(hours=4),
        timedelta(hours=24),
    ]


# --- (c) Midnight and the last microsecond ---------------------------------------------------------------


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize(("before", "outcome"), [(MICROSECOND, "in_time"), (timedelta(0), "late")])
def test_the_last_microsecond_before_midnight_is_in_time_and_survives_the_database(district, before, outcome):
    question = in_review(district)
    replying.release(question.pk, by=district.leader, clock=FixedClock(question.reply_due - before))

    verdict = Verdict.objects.get(question=question, clock="reply")
    assert (verdict.outcome, verdict.occurred_at) == (outcome, question.reply_due - before)


# --- (d) Days off and make-up days, beside the two promises ----------------------------------------------


@pytest.mark.unit
@pytest.mark.parametrize(
    ("received", "last"),
    [
        (china(2026, 2, 27, 16), china(2026, 2, 28, 23, 59)),  # a Friday before a make-up Saturday
        (china(2026, 2, 28, 16), china(2026, 3, 2, 23, 59)),  # that Saturday itself
        (china(2026, 2, 14, 16), china(2026, 2, 24, 23, 59)),  # the make-up Saturday before the festival
        (china(2026, 2, 18, 3), china(2026, 2, 24, 23, 59)),  # in the night of a festival
    ],
)
def test_the_one_working_day_for_a_return_may_be_a_saturday_or_lie_behind_a_festival(received, last):
    assert may_still_return(received, last, DAYS)
    assert not may_still_return(received, last + timedelta(minutes=1), DAYS)


# --- (e) A holiday that is moved when the clock runs already ---------------------------------------------


def official(year):
    return read_notice((DATA / f"national/{year}.toml").read_text("utf-8"))


def without(notice_, *days):
    return replace(notice_, days=tuple(day for day in notice_.days if day.date.isoformat() not in days))


# Before 国办发明电〔2019〕3号 only the 1st of May was off; before 国办发明电〔2020〕1号 work began on the 31st of
# January, and the 1st of February was a make-up Saturday.
MAY_2019 = without(official(2019), "2019-04-28", "2019-05-02", "2019-05-03", "2019-05-04", "2019-05-05")
SPRING_2020 = without(official(2020), "2020-01-31", "2020-02-01", "2020-02-02")
SPRING_2020 = replace(SPRING_2020, days=(*SPRING_2020.days, make_up_day("2020-02-01")))


def announce(announced, clock):
    """Load a notice and count the open clocks by it."""
    load(announced, clock)
    begin_recomputation(EventRecord.objects.filter(name="workdays.calendar_loaded").count() + 1, clock=clock)
    while recompute_some(clock):
        pass


@pytest.mark.db
@pytest.mark.django_db
def test_the_spring_festival_of_2020_cancelled_a_make_up_saturday_and_cities_closed_for_another_week(district):
    announce(SPRING_2020, FixedClock(china(2019, 11, 21, 16)))
    question = ask(district, clock=FixedClock(china(2020, 1, 22, 10)))
    assert question.reply_due == china(2020, 2, 7)

    announce(official(2020), FixedClock(china(2020, 1, 27, 10)))
    assert Question.objects.get().reply_due == china(2020, 2, 11)

    closed = [day_off(f"2020-02-{day:02}", "延迟复工") for day in range(3, 10)]
    announce(notice(2020, *closed, layer=Layer.LOCAL), FixedClock(china(2020, 1, 28, 10)))
    assert Question.objects.get().reply_due == china(2020, 2, 18)


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ((2019, 4, 29, 10), (2019, 5, 10), (2019, 5, 11)),  # two days off more, one make-up day ahead
        ((2019, 4, 26, 10), (2019, 5, 9), (2019, 5, 9)),  # two and two
        ((2019, 4, 19, 10), (2019, 5, 1), (2019, 5, 1)),  # a make-up day more: it counts to the 30th, but was promised
    ],
)
def test_labour_day_of_2019_moved_some_dates_later_and_none_earlier(district, asked, before, after):
    announce(MAY_2019, FixedClock(china(2018, 12, 6, 16)))
    question = ask(district, clock=FixedClock(china(*asked)))
    assert question.reply_due == china(*before)

    announce(official(2019), FixedClock(china(*asked) + timedelta(hours=2)))
    assert Question.objects.get().reply_due == china(*after)


# --- (f) The notice for next year says something about this December -------------------------------------


@pytest.mark.db
@pytest.mark.django_db
def test_a_date_at_the_end_of_december_moves_when_next_years_notice_takes_a_day_of_it(district):
    question = ask(district, clock=at(12, 22, 10))
    assert (question.reply_due, question.reply_provisional) == (china(2027, 1, 1), False)

    announce(notice(2027, day_off("2026-12-31", "元旦"), day_off("2027-01-01", "元旦")), at(12, 23, 9))
    after = Question.objects.get()
    assert (after.reply_due, after.reply_provisional) == (china(2027, 1, 5), False)


@pytest.mark.db
@pytest.mark.django_db
def test_a_make_up_saturday_that_it_puts_into_december_takes_no_day_from_anybody(district):
    question = ask(district, clock=at(12, 22, 10))

    announce(notice(2027, make_up_day("2026-12-26", "元旦"), day_off("2027-01-01", "元旦")), at(12, 23, 9))
    assert Question.objects.get().reply_due == question.reply_due


# --- (g) Pauses ---------------------------------------------------------------------------------------


@pytest.mark.unit
@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # Two in one day, both over before its midnight.
        ([((3, 4, 9), (3, 4, 10)), ((3, 4, 11), (3, 4, 12))], (3, 12)),
        # One ends and the next begins in one day: its midnight counts once.
        ([((3, 4, 9), (3, 5, 9)), ((3, 5, 10), (3, 6, 9))], (3, 14)),
        # From before the midnight to exactly it: the clock runs again at 24:00.
        ([((3, 4, 9), (3, 5, 0))], (3, 12)),
        # From exactly the midnight on: it stands still at 24:00 of the 4th.
        ([((3, 5, 0), (3, 5, 9))], (3, 13)),
        # Over a weekend only.
        ([((3, 7, 9), (3, 8, 21))], (3, 12)),
    ],
)
def test_two_pauses_a_pause_that_ends_at_midnight_and_one_over_a_weekend(pauses, due):
    still = [Pause(china(2026, *begin), china(2026, *end)) for begin, end in pauses]

    assert reply_deadline(china(2026, 3, 2, 10), DAYS, pauses=still).instant == china(2026, *due)


@pytest.mark.db
@pytest.mark.django_db
def test_a_pause_after_the_date_does_not_heal_what_was_missed(district):
    question = accepted(district, by=district.resident)
    settle_due(FixedClock(question.reply_due))

    with pytest.raises(NotAllowed) as refused:
        clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 12, 9))
    assert refused.value.reason.code == "pause_too_late"
    assert Verdict.objects.filter(question=question, clock="reply", outcome="late").exists()


# --- (h) The same second ------------------------------------------------------------------------------


@pytest.mark.db
@pytest.mark.django_db
@pytest.mark.parametrize("tick_first", [True, False])
def test_a_tick_and_an_answer_in_the_due_second_write_one_verdict_whoever_is_first(district, tick_first):
    question = in_review(district)
    clock = FixedClock(question.reply_due)
    acts = [lambda: settle_due(clock), lambda: replying.release(question.pk, by=district.leader, clock=clock)]
    for act in acts if tick_first else reversed(acts):
        act()

    verdicts = Verdict.objects.filter(question=question, clock="reply")
    assert [(row.outcome, row.occurred_at) for row in verdicts] == [("late", question.reply_due)]


# --- (i) Merging and reopening ------------------------------------------------------------------------


@pytest.mark.db
@pytest.mark.django_db
def test_reopening_one_of_two_merged_questions_leaves_the_other_as_it_was(district):
    lead = accepted(district)
    member = ask(district, by=district.resident, clock=at(3, 4, 9))
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 4, 10))
    answer(lead, district, at(3, 5, 9))
    aftercare.rate(member.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 6, 9))
    reopening.request_reopening(member.pk, reason="我的情况不同", by=district.resident, clock=at(3, 6, 10))
    reopening.approve_reopening(member.pk, by=district.superior, clock=at(3, 6, 11))
    answer(member, district, at(3, 9, 9))

    one, other = Question.objects.get(pk=member.pk), Question.objects.get(pk=lead.pk)
    assert (one.state, one.reopening.answer_text) == ("answered", "答")
    assert (other.state, hasattr(other, "reopening"), other.members_due) == ("answered", False, None)
    assert list(Verdict.objects.filter(question=lead, clock="reopen")) == []
    assert Verdict.objects.get(question=member, clock="reopen").outcome == "in_time"


def answer(question, district, clock):
    replying.save_draft(question.pk, text="答", by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    replying.release(question.pk, by=district.leader, clock=clock)


@pytest.mark.db
@pytest.mark.django_db
def test_a_merge_after_a_breach_neither_hides_it_nor_books_it_to_the_lead(district):
    lead = accepted(district)
    member = ask(district)
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 3, 12))

    verdict = Verdict.objects.get(question=member, clock="accept", leg=None)
    assert (verdict.outcome, verdict.occurred_at, verdict.office) == ("late", member.accept_due, district.centre)


# --- (j) A job that comes hours late -------------------------------------------------------------------


@pytest.mark.db
@pytest.mark.django_db
def test_a_breach_that_is_noticed_after_a_transfer_is_booked_to_who_held_it_then(district):
    question = dispatched(district)
    handling.transfer(question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 3, 12))

    verdict = Verdict.objects.get(question=question, clock="accept", leg=None)
    assert (verdict.occurred_at, verdict.office) == (question.accept_due, district.schools)
