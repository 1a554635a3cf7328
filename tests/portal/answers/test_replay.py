"""Hypothesis walks the real actions; an outsider recomputes every verdict from the journal alone."""

from datetime import datetime, time, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.answers.actions import (
    aftercare,
    checking,
    clarifying,
    extending,
    handling,
    helping,
    merging,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.settling import settle_due, settle_question
from portal.answers.models import Question, Verdict
from portal.answers.queries.evidence import published_calendar
from portal.answers.states import OPEN
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import Actor
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import MONDAY, ask, entered
from tests.portal.answers.histories import replayed, stored

pytestmark = [pytest.mark.db, pytest.mark.django_db]

HOURS = st.integers(min_value=0, max_value=60)
STEPS = (
    "screen", "dispatch", "propose_refusal", "approve_refusal", "reject_refusal", "accept", "request_return",
    "refuse_return", "transfer", "save_draft", "submit_for_review", "return_draft", "release", "rate", "withdraw",
    "settle", "hand_over", "merge", "unmerge", "request_extension", "approve_extension", "refuse_extension", "ask_helper",
    "contribute", "ask_asker", "supply", "lapse", "request_reopening", "approve_reopening", "refuse_reopening", "lead_on",
    "confirm_receipt", "correct_receipt", "recall",
)  # fmt: skip


def take(step, question, district, clock):
    """Take one step as the person whose step it is."""
    at_street = question.office_id == district.street.pk
    spokesperson = district.street_spokesperson if at_street else district.spokesperson
    other = district.schools if at_street else district.street
    refusal = {"reason": "no_question", "explanation": "说明", "other_route": "12345"}
    pk = question.pk
    return {
        "screen": lambda: screening.screen(pk, by=district.dispatcher, clock=clock),
        "dispatch": lambda: screening.dispatch(
            pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=clock
        ),
        "recall": lambda: screening.recall(pk, by=district.dispatcher, clock=clock),
        "propose_refusal": lambda: screening.propose_refusal(pk, **refusal, by=district.dispatcher, clock=clock),
        "approve_refusal": lambda: screening.approve_refusal(pk, by=district.second_dispatcher, clock=clock),
        "reject_refusal": lambda: screening.reject_refusal(pk, note="x", by=district.second_dispatcher, clock=clock),
        "accept": lambda: handling.accept(pk, by=spokesperson, clock=clock),
        "request_return": lambda: handling.request_return(
            pk, reason="x", proposed_office_id=other.pk, by=spokesperson, clock=clock
        ),
        "refuse_return": lambda: handling.refuse_return(pk, reason="x", by=district.dispatcher, clock=clock),
        "transfer": lambda: handling.transfer(pk, office_id=other.pk, reason="x", by=district.dispatcher, clock=clock),
        "save_draft": lambda: replying.save_draft(pk, text="稿", by=spokesperson, clock=clock),
        "submit_for_review": lambda: replying.submit_for_review(pk, by=spokesperson, clock=clock),
        "return_draft": lambda: replying.return_draft(pk, note="改", by=spokesperson, clock=clock),
        "release": lambda: replying.release(pk, by=district.leader, clock=clock),
        "rate": lambda: aftercare.rate(
            pk, resolved="no", satisfaction=2, comment="", by=district.resident, clock=clock
        ),
        "withdraw": lambda: aftercare.withdraw(pk, by=district.resident, clock=clock),
        "settle": lambda: settle_due(clock),
        "hand_over": lambda: screening.hand_over(
            pk, service="120", told="请拨打 120", by=district.dispatcher, clock=clock
        ),
        "merge": lambda: merging.merge(pk, lead_id=district.lead.pk, by=district.dispatcher, clock=clock),
        "unmerge": lambda: merging.unmerge(pk, by=district.dispatcher, clock=clock),
        "request_extension": lambda: extending.request_extension(
            pk, working_days=3, reason="x", interim="在办", by=spokesperson, clock=clock
        ),
        "approve_extension": lambda: extending.approve_extension(pk, by=district.superior, clock=clock),
        "refuse_extension": lambda: extending.refuse_extension(pk, note="x", by=district.superior, clock=clock),
        "ask_helper": lambda: helping.ask_helper(pk, office_id=other.pk, request="x", by=spokesperson, clock=clock),
        "contribute": lambda: helping.contribute(
            pk, text="x", by=district.spokesperson if at_street else district.street_spokesperson, clock=clock
        ),
        "ask_asker": lambda: clarifying.ask_asker(pk, text="x", by=spokesperson, clock=clock),
        "supply": lambda: clarifying.supply(pk, text="x", by=district.resident, clock=clock),
        "lapse": lambda: clarifying.lapse_due(clock),
        "request_reopening": lambda: reopening.request_reopening(pk, reason="x", by=district.resident, clock=clock),
        "approve_reopening": lambda: reopening.approve_reopening(pk, by=district.superior, clock=clock),
        "refuse_reopening": lambda: reopening.refuse_reopening(pk, note="x", by=district.superior, clock=clock),
        "lead_on": lambda: lead_on(district, clock),
        "confirm_receipt": lambda: checking.confirm_receipt(pk, by=district.second_dispatcher, clock=clock),
        "correct_receipt": lambda: checking.correct_receipt(
            pk, received_at=question.submitted_at - district.slip, reason="x", by=district.superior, clock=clock
        ),
    }[step]()


def lead_on(district, clock):
    """Bring the other question, into which this one may have been merged, one step further."""
    pk = district.lead.pk
    state = Question.objects.values_list("state", flat=True).get(pk=pk)
    if state == "submitted":
        screening.dispatch(pk, office_id=district.street.pk, public_title="题", by=district.dispatcher, clock=clock)
    elif state == "awaiting_acceptance":
        handling.accept(pk, by=district.street_spokesperson, clock=clock)
    elif state == "accepted":
        replying.save_draft(pk, text="稿", by=district.street_spokesperson, clock=clock)
    elif state == "drafting":
        replying.submit_for_review(pk, by=district.street_spokesperson, clock=clock)
    elif state == "review":
        replying.release(pk, by=district.superior, clock=clock)


def recounted(question):
    """Count the reply's end day by day, as the rule says it in words, without the code that set it."""
    end_of = lambda day: datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)  # noqa: E731
    pause = getattr(question, "clarification", None)
    still = lambda at: pause and pause.answered_at and pause.asked_at <= at < pause.answered_at  # noqa: E731
    wanted, day = 7 + question.extended_by, question.submitted_at.astimezone(SHANGHAI).date()
    while wanted:
        day += timedelta(days=1)
        wanted -= is_workday(day) and not still(end_of(day))
    return end_of(day)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.sampled_from(STEPS), HOURS), max_size=14))
def test_replaying_the_journal_gives_the_same_verdicts(district, walk):
    district.lead = ask(district)
    district.slip = timedelta(0)  # asked on-line: there is nothing to correct
    question = ask(district, by=district.resident)
    dates = (question.accept_due, question.reply_due)
    now = MONDAY
    for step, hours in walk:
        now += timedelta(hours=hours)
        try:
            take(step, Question.objects.select_related("office").get(pk=question.pk), district, FixedClock(now))
        except (IllegalStep, NotAllowed):
            continue
    end = now + timedelta(days=40)
    after = Question.objects.get(pk=question.pk)
    if after.state in OPEN:
        settle_question(question.pk, clock=FixedClock(end))

    assert replayed(question, end if after.state in OPEN else now) == stored(question)
    assert (after.accept_due, after.plain_due or after.reply_due) == dates
    assert after.reply_due == recounted(after)
    assert list(faults()) == []


# What can happen to a question until it is published: of others nothing is published, and the stranger counts none.
TOLD_STEPS = tuple(set(STEPS) - {"propose_refusal", "hand_over", "withdraw", "merge", "lapse"})


def counted_by_a_stranger(question, end, verifier):
    """What the published script counts of the same events."""
    count = verifier.Count(verifier.Calendar(published_calendar()))
    for record in EventRecord.objects.filter(aggregate=question.ref).order_by("position"):
        if record.name != "answers.verdict_recorded":
            count.hear(record.name.rpartition(".")[2], record.occurred_at, record.payload)
    count.settle(end)
    return count.verdicts


def promised(question):
    """The two dates that the asker was told last, by the journal."""
    dates = {}
    for record in EventRecord.objects.filter(aggregate=question.ref).order_by("position"):
        payload = record.payload
        if record.name in ("answers.question_submitted", "answers.receipt_corrected"):
            dates = {"accept": payload["accept_due"], "reply": payload["reply_due"]}
        elif record.name in ("answers.extension_granted", "answers.clock_resumed"):
            dates["reply"] = payload["due"]
    return tuple(datetime.fromisoformat(dates[name]) for name in ("accept", "reply"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(st.tuples(st.sampled_from(TOLD_STEPS), HOURS), max_size=14),
    waited=st.integers(min_value=0, max_value=14 * 24 * 60),
    slip=st.integers(min_value=-300, max_value=300),
    checked_after=st.integers(min_value=0, max_value=4),
    by_office=st.booleans(),
)
def test_what_was_told_to_staff_is_counted_alike_by_us_by_the_replay_and_by_a_stranger(
    district, verifier, walk, waited, slip, checked_after, by_office
):
    district.lead = ask(district)
    district.slip = timedelta(hours=slip)
    question = entered(
        district,
        received_at=MONDAY - timedelta(minutes=waited),
        knows_missed=True,
        by=district.officer if by_office else district.dispatcher,
        office=district.schools if by_office else district.centre,
    )
    district.resident = Actor(tracked=frozenset({str(question.pk)}))
    now = MONDAY
    for step, hours in [*walk[:checked_after], ("correct_receipt", 1), *walk[checked_after:]]:
        now += timedelta(hours=hours)
        try:
            take(step, Question.objects.select_related("office").get(pk=question.pk), district, FixedClock(now))
        except (IllegalStep, NotAllowed):
            continue
    end = now + timedelta(days=40)
    after = Question.objects.get(pk=question.pk)
    assert (after.accept_due, after.reply_due) == promised(question)
    if after.state in OPEN:
        settle_question(question.pk, clock=FixedClock(end))

    assert replayed(question, end) == stored(question)
    asked_for = {row for row in stored(question) if not row[1]}
    assert counted_by_a_stranger(question, end, verifier) == {(row[0], *row[2:5]) for row in asked_for}
    assert list(faults()) == []


@pytest.mark.parametrize("tick_after", [timedelta(0), timedelta(hours=7), timedelta(days=30)])
def test_a_tick_that_comes_late_writes_the_same_verdicts_with_the_same_instants(district, tick_after):
    question = ask(district)
    settle_due(FixedClock(question.reply_due + tick_after))

    assert {(row.clock, row.outcome, row.occurred_at) for row in Verdict.objects.all()} == {
        ("accept", "late", question.accept_due),
        ("reply", "late", question.reply_due),
    }
