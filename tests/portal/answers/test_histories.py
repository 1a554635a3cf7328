"""Hypothesis lets two questions live: every step, emergencies, a change of the calendar, late ticks.

Each move is one that the table leaves open, so that most walks come far. Afterwards every end and
every verdict is counted a second time from the events, apart from the desk's rules (`recount`), by
the replay, and by the stranger's script where something was published.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Min
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.answers.models import Question, Verdict
from portal.answers.states import OPEN, State
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from tests.portal.answers.histories import replayed, stored
from tests.portal.answers.lives import BEGINNINGS, CLOSED, Life
from tests.portal.answers.recount import Days, Recount

pytestmark = [pytest.mark.db, pytest.mark.django_db]


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


@settings(
    max_examples=max(50, settings().max_examples // 2),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    beginning=st.sampled_from(BEGINNINGS),
    walk=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60), st.integers(0, 30)), min_size=10, max_size=30),
    fallback=st.booleans(),
    late=st.integers(0, 40),
)
def test_whatever_happens_every_end_and_every_verdict_counts_to_the_same(district, beginning, walk, fallback, late):
    with transaction.atomic():
        life = Life(district, beginning, fallback=fallback)
        for which, choice, hours in walk:
            life.move(which, choice, hours)
        life.now += timedelta(days=late)
        life.tick()
        for question in Question.objects.select_related("office", "centre"):
            count = recounted(question)
            count.pass_to(life.now)
            assert count.wrong == []
            assert columns(question) == counted(count)
            assert judged(question) == should_be_judged(count)
            assert replayed(question, life.now) == stored(question)
            if question.state in OPEN:
                members = Question.objects.filter(lead=question, state=State.MERGED)
                assert question.members_due == members.aggregate(nearest=Min("nearest_due"))["nearest"]
        assert list(faults()) == []
        transaction.set_rollback(True)
