"""A change of the calendar moves open dates later, never earlier, and touches nothing that is closed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.actions import clarifying, extending
from portal.answers.actions.recounting import begin_recomputation, recompute_some
from portal.answers.actions.settling import settle_due
from portal.answers.models import Question, Recomputation, Verdict
from portal.answers.rules.recounting import recounted
from portal.journal.models import EventRecord
from portal.kernel.clock import FixedClock
from portal.kernel.workdays import Due
from portal.notifications.models import Notice
from portal.workdays.rules.notices import Layer
from tests.factories.answers import MONDAY, accepted, answered, ask, at
from tests.factories.workdays import day_off, load, notice

HOURS = st.integers(-500, 500).map(lambda hours: MONDAY + timedelta(hours=hours))


@pytest.mark.unit
@given(promised=HOURS, was=st.booleans(), counted=HOURS, is_=st.booleans(), now=HOURS)
def test_a_promised_date_never_moves_earlier(promised, was, counted, is_, now):
    due = recounted(promised, was, Due(counted, is_), now)

    assert due is None or due.instant >= promised
    if promised <= now and not was:
        assert due is None


def close(*days):
    """A typhoon closes the city's offices on these days."""
    local = notice(2026, *(day_off(day, "台风停工") for day in days), layer=Layer.LOCAL)
    load(local, at(3, 3, 8))


def recompute(clock):
    background = 0
    edition = EventRecord.objects.get(name="workdays.calendar_loaded").payload["edition"]
    begin_recomputation(edition, clock=clock)
    while done := recompute_some(clock):
        background += done
    return background


pytestmark = [pytest.mark.db, pytest.mark.django_db]


def recounts(question):
    found = EventRecord.objects.filter(aggregate=question.ref, name="answers.due_recomputed")
    return [(row.payload["clock"], row.payload["due"][:10]) for row in found]


def test_a_closed_day_moves_the_open_dates_and_each_with_an_event(district):
    question, done = ask(district), answered(district)
    close("2026-03-04", "2026-03-05")
    recompute(at(3, 3, 9))
    after = Question.objects.get(pk=question.pk)

    assert after.reply_due == at(3, 14).at
    assert after.accept_due == question.accept_due
    assert recounts(question) == [("reply", "2026-03-14")]
    assert recounts(done) == []


def test_an_extended_question_moves_with_both_its_dates(district):
    question = accepted(district)
    extending.request_extension(
        question.pk, working_days=2, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 2, 11)
    )
    extending.approve_extension(question.pk, by=district.superior, clock=at(3, 2, 12))
    close("2026-03-04")
    recompute(at(3, 3, 9))

    assert recounts(question) == [("reply", "2026-03-17"), ("plain", "2026-03-13")]


def test_a_question_that_waits_for_its_asker_is_counted_when_it_goes_on(district):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 2, 12))
    close("2026-03-04")
    recompute(at(3, 3, 9))
    after = clarifying.supply(question.pk, text="!", by=district.resident, clock=at(3, 4, 10))

    assert recounts(question) == [("plain", "2026-03-13")]
    assert after.reply_due == at(3, 14).at


@pytest.mark.parametrize("ticks", [(3, 17), (3, 30)])
def test_what_has_lapsed_has_ended_then_however_late_that_is_noticed(district, ticks):
    question = accepted(district, by=district.resident)
    waiting = clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 2, 12))
    assert waiting.lapses_at == at(3, 17).at
    close(*(f"2026-03-{day:02}" for day in (9, 10, 11, 12, 13, 16, 17, 18)))
    recompute(at(3, 3, 9))
    assert recounts(question) == [("plain", "2026-03-24")]
    settle_due(at(*ticks, 9))
    clarifying.lapse_due(at(*ticks, 9))

    found = Verdict.objects.filter(question=question, leg=None).exclude(clock="accept").order_by("clock")
    assert [(row.clock, row.outcome, row.occurred_at) for row in found] == [
        ("plain", "void", at(3, 17).at),
        ("reply", "void", at(3, 17).at),
    ]


def test_what_was_missed_stays_missed(district):
    question = ask(district)
    settle_due(FixedClock(question.reply_due))
    close("2026-03-11")
    recompute(at(3, 13, 9))

    assert Question.objects.get(pk=question.pk).reply_due == question.reply_due
    assert Verdict.objects.filter(question=question, clock="reply", outcome="late").exists()


def test_an_interrupted_count_goes_on_where_it_stopped_and_does_nothing_twice(district, monkeypatch):
    monkeypatch.setattr("portal.answers.actions.recounting.BATCH", 2)
    questions = [ask(district) for _ in range(5)]
    close("2026-03-04")
    begin_recomputation(2, clock=at(3, 3, 9))
    assert recompute_some(at(3, 3, 9)) == 2  # and here the worker dies
    begin_recomputation(2, clock=at(3, 3, 10))
    assert recompute(at(3, 3, 10)) == 3

    work = Recomputation.objects.get()
    assert (work.done, work.total, work.moved) == (5, 5, 5)
    assert work.finished_at
    assert all(len(recounts(question)) == 1 for question in questions)


def test_people_hear_of_a_date_only_if_it_moved(district, background, clock):
    question = ask(district, by=district.resident)
    background()
    close("2026-03-04")
    background()
    assert Notice.objects.filter(kind="answers.moved", recipient=f"portal.accounts.user:{question.asker_id}").exists()
    before = Notice.objects.filter(kind="answers.moved").count()
    close("2026-03-04", "2026-05-20")
    background()

    assert Notice.objects.filter(kind="answers.moved").count() == before
