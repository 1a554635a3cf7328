"""Hypothesis lets questions live by the real actions; every end and every verdict is counted again apart from them.

Once from the events by `recount`, which uses none of the desk's rules; once by the replay, from the
journal alone; and once by the stranger's script, where it is something that gets published.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Min
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.answers.actions.settling import settle_due, settle_question
from portal.answers.models import Question, Verdict
from portal.answers.queries.evidence import published_calendar
from portal.answers.states import OPEN, State
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import Actor
from portal.kernel.clock import FixedClock
from tests.factories import steps
from tests.factories.answers import MONDAY, ask, entered
from tests.portal.answers.histories import replayed, stored
from tests.portal.answers.lives import ACCEPTED, BEGINNINGS, CLOSED, Life
from tests.portal.answers.recount import Days, Recount

pytestmark = [pytest.mark.db, pytest.mark.django_db]

# Mostly a matter of hours; now and then so long that the end of a promise comes near, or passes.
HOURS = st.one_of(st.integers(0, 30), st.integers(100, 240))
ONE_DATABASE = [HealthCheck.function_scoped_fixture]  # each example is taken back


def recounted(question: Question) -> Recount:
    """Count a question anew from the journal."""
    count = Recount(Days())
    for record in EventRecord.objects.order_by("position"):
        if record.name == "workdays.calendar_loaded":
            count.pass_to(record.occurred_at)
            count.days.closed.update(CLOSED)
            count.closed(record.occurred_at)
        elif record.aggregate == question.ref:
            count.hear(record.name, record.occurred_at, record.payload)
    return count


def columns(question: Question) -> dict[str, object]:
    """The ends that the desk keeps."""
    return {
        "accept": question.accept_due,
        "reply": question.reply_due,
        "plain": question.plain_due,
        "reopen": question.reopen_due,
        "lapses": question.lapses_at,
        "rating": question.rating_ends_at,
        "closes": question.closes_at,
        "legs": {str(leg.pk): leg.accept_due for leg in question.legs.all()},
        "helpers": {str(one.office_id): one.due for one in question.helpings.all()},
        "publication": question.publication,
    }


def counted(count: Recount) -> dict[str, object]:
    """The same ends as they were counted anew."""
    return {
        "accept": count.ends["accept"],
        "reply": count.ends["reply"],
        "plain": count.ends.get("plain"),
        "reopen": None if count.answered_again else count.ends.get("reopen"),
        "lapses": count.lapses_at if count.paused_at else None,
        "rating": count.rating_ends_at,
        "closes": count.closes_at,
        "legs": {leg: until for leg, (_since, until) in count.legs.items()},
        "helpers": count.helpers,
        "publication": count.publication,
    }


def judged(question: Question) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """The verdicts as written: the asker's, and the legs'."""
    rows = Verdict.objects.filter(question=question)
    return (
        {(row.clock, row.outcome, row.occurred_at, row.due) for row in rows if row.leg_id is None},
        {(str(row.leg_id), row.outcome, row.occurred_at) for row in rows if row.leg_id},
    )


def should_be_judged(count: Recount) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """The verdicts as they were counted anew."""
    asked = {(clock, *verdict, count.ends[clock]) for clock, verdict in count.stopped.items() if verdict}
    return asked, {(leg, *verdict) for leg, verdict in count.leg_verdicts.items() if verdict[0] != "none"}


@settings(max_examples=settings().max_examples * 2 // 3, deadline=None, suppress_health_check=ONE_DATABASE)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    walk=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60), HOURS), max_size=25),
    fallback=st.booleans(),
    late=st.integers(0, 40),
)
# Withdrawn when the asker's time had run out unnoticed, in the very instant at which the plain date was due.
@example(beginning=(*ACCEPTED, "ask_asker"), walk=[(1, 25, 139), (0, 0, 227), (0, 3, 176)], fallback=False, late=0)
def test_whatever_happens_every_end_and_every_verdict_counts_to_the_same(district, beginning, walk, fallback, late):
    with transaction.atomic():
        life = Life(district)
        if fallback:
            life.fall_back_to(district.street)
        life.begin(*beginning)
        for which, choice, hours in walk:
            life.move(which, choice, hours)
        life.now += timedelta(days=late)
        life.tick()
        for question in Question.objects.select_related("office", "centre"):
            compare(question, life.now)
        assert list(faults()) == []
        transaction.set_rollback(True)


def compare(question, now):
    """Let everybody count the same question."""
    count = recounted(question)
    count.pass_to(now)
    assert count.wrong == []
    assert columns(question) == counted(count)
    assert judged(question) == should_be_judged(count)
    assert replayed(question, now) == stored(question)
    if question.state in OPEN:
        members = Question.objects.filter(lead=question, state=State.MERGED)
        assert question.members_due == members.aggregate(nearest=Min("nearest_due"))["nearest"]


# What can happen to a question until it is published: of others nothing is published, and the stranger counts none.
TOLD_STEPS = ("settle", *sorted(set(steps.STEPS) - {"propose_refusal", "hand_over", "withdraw", "merge"}))


def counted_by_a_stranger(question, end, verifier):
    """What the published script counts of the same events."""
    count = verifier.Count(verifier.Calendar(published_calendar()))
    for record in EventRecord.objects.filter(aggregate=question.ref).order_by("position"):
        if record.name != "answers.verdict_recorded":
            count.hear(record.name.rpartition(".")[2], record.occurred_at, record.payload)
    count.settle(end)
    return count.verdicts


@settings(max_examples=settings().max_examples // 3, deadline=None, suppress_health_check=ONE_DATABASE)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    walk=st.lists(st.tuples(st.sampled_from(TOLD_STEPS), st.integers(0, 60)), max_size=14),
    waited=st.integers(min_value=0, max_value=14 * 24 * 60),
    slip=st.integers(min_value=-300, max_value=300),
    checked_after=st.integers(min_value=0, max_value=4),
    by_office=st.booleans(),
)
def test_what_was_told_to_staff_is_counted_alike_by_us_by_the_replay_and_by_a_stranger(
    district, verifier, beginning, walk, waited, slip, checked_after, by_office
):
    with transaction.atomic():
        question = entered(
            district,
            received_at=MONDAY - timedelta(minutes=waited),
            knows_missed=True,
            by=district.officer if by_office else district.dispatcher,
            office=district.schools if by_office else district.centre,
        )
        life = Life(district, first=question)
        district.resident = Actor(tracked=frozenset({str(question.pk)}))
        corrected = question.submitted_at - timedelta(hours=slip)
        for step in beginning:
            life.attempt(step, 0, 0)
        for step, hours in [*walk[:checked_after], ("correct_receipt", 1), *walk[checked_after:]]:
            life.attempt(step, 0, hours, **({"received_at": corrected} if step == "correct_receipt" else {}))
        end = life.now + timedelta(days=40)
        after = Question.objects.select_related("office", "centre").get(pk=question.pk)
        if after.state in OPEN:
            settle_question(question.pk, clock=FixedClock(end))

        compare(after, end)
        asked_for = {row for row in stored(question) if not row[1]}
        assert counted_by_a_stranger(question, end, verifier) == {(row[0], *row[2:5]) for row in asked_for}
        assert list(faults()) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("tick_after", [timedelta(0), timedelta(hours=7), timedelta(days=30)])
def test_a_tick_that_comes_late_writes_the_same_verdicts_with_the_same_instants(district, tick_after):
    question = ask(district)
    settle_due(FixedClock(question.reply_due + tick_after))

    assert {(row.clock, row.outcome, row.occurred_at) for row in Verdict.objects.all()} == {
        ("accept", "late", question.accept_due),
        ("reply", "late", question.reply_due),
    }
