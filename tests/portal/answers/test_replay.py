"""Hypothesis walks the real actions; an outsider recomputes every verdict from the journal alone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.answers.actions import aftercare, handling, replying, screening
from portal.answers.actions.settling import settle_due, settle_question
from portal.answers.models import Question, Verdict
from portal.answers.rules.replay import Happened, verdicts
from portal.answers.states import OPEN
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import MONDAY, ask

pytestmark = [pytest.mark.db, pytest.mark.django_db]

HOURS = st.integers(min_value=0, max_value=60)
STEPS = (
    "screen", "dispatch", "propose_refusal", "approve_refusal", "reject_refusal", "accept", "request_return",
    "refuse_return", "transfer", "save_draft", "submit_for_review", "return_draft", "release", "rate", "withdraw",
    "settle",
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
            pk, resolved="yes", satisfaction=4, comment="", by=district.resident, clock=clock
        ),
        "withdraw": lambda: aftercare.withdraw(pk, by=district.resident, clock=clock),
        "settle": lambda: settle_due(clock),
    }[step]()


def stored(question):
    rows = Verdict.objects.filter(question=question)
    return {
        (row.clock, str(row.leg_id or ""), row.outcome, row.due, row.occurred_at, str(row.held_by_id)) for row in rows
    }


def replayed(question, now):
    events = [
        Happened(record.name, record.occurred_at, record.payload)
        for record in EventRecord.objects.filter(aggregate=question.ref).order_by("position")
    ]
    return {
        (ruling.kind.value, ruling.leg, ruling.outcome.value, ruling.due, ruling.occurred_at, ruling.held_by)
        for ruling in verdicts(events, now)
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.sampled_from(STEPS), HOURS), max_size=14))
def test_replaying_the_journal_gives_the_same_verdicts(district, walk):
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
    assert (after.accept_due, after.reply_due) == dates
    assert list(faults()) == []


@pytest.mark.parametrize("tick_after", [timedelta(0), timedelta(hours=7), timedelta(days=30)])
def test_a_tick_that_comes_late_writes_the_same_verdicts_with_the_same_instants(district, tick_after):
    question = ask(district)
    settle_due(FixedClock(question.reply_due + tick_after))

    assert {(row.clock, row.outcome, row.occurred_at) for row in Verdict.objects.all()} == {
        ("accept", "late", question.accept_due),
        ("reply", "late", question.reply_due),
    }
