"""Whoever spoke to staff hears the answer from staff, and may tell them the verdict."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts.models import Role, User
from portal.accounts.queries import actor_for
from portal.answers.actions import aftercare, handling, reopening, replying, screening
from portal.answers.models import Question, Rating, Verdict
from portal.answers.queries.performance import performance
from portal.answers.queries.queue import QueueFilter, queue
from portal.answers.queries.timeline import timeline
from portal.answers.rules.contacts import Contact
from portal.journal.models import EventRecord
from portal.kernel.actors import Actor
from portal.kernel.permissions import NotAllowed
from portal.notifications.models import Notice
from tests.factories.accounts import AppointmentFactory
from tests.factories.answers import answered as answered_online
from tests.factories.answers import at, entered

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LANDLINE = Contact("call", "+8657487654321")


def answered(district, **told):
    """Told on Monday, answered on Tuesday at ten."""
    question = entered(district, **{"contact": LANDLINE} | told)
    screening.dispatch(
        question.pk,
        office_id=district.schools.pk,
        public_title="题",
        cleared_text="某校收费不开票。",
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )
    handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 12))
    reply(district, question, at(3, 3, 10))
    return Question.objects.get(pk=question.pk)


def reply(district, question, clock):
    replying.save_draft(question.pk, text="您好，社区就可以办。", by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    replying.release(question.pk, by=district.spokesperson, clock=clock)


def tell(district, question, *, clock=None, by=None, told_at=None, way="telephone"):
    return aftercare.tell_answer(
        question.pk, way=way, told_at=told_at, by=by or district.officer, clock=clock or at(3, 3, 11)
    )


def rate(district, question, *, clock=None, by=None):
    return aftercare.rate_told(
        question.pk,
        resolved="partly",
        satisfaction=3,
        comment="还行",
        by=by or district.dispatcher,
        clock=clock or at(3, 4, 9),
    )


def refusal(act):
    with pytest.raises(NotAllowed) as refused:
        act()
    return refused.value.reason.code


def awaited(actor):
    return [question.pk for question in queue(actor, QueueFilter(group="to_tell"), at(3, 4).at)]


def test_it_is_told_when_it_was_said_and_the_clock_has_stopped_with_the_release(district):
    question = answered(district)
    verdicts = set(Verdict.objects.filter(question=question).values_list("clock", "outcome", "occurred_at"))
    tell(district, question, told_at=at(3, 3, 10, 40).at)

    assert Question.objects.get(pk=question.pk).told_at == at(3, 3, 10, 40).at
    record = EventRecord.objects.get(aggregate=question.ref, name="answers.answer_told")
    assert (record.occurred_at, record.recorded_at) == (at(3, 3, 10, 40).at, at(3, 3, 11).at)
    assert (record.payload["way"], record.actor) == ("telephone", f"person:{district.officer.id}")
    assert ("reply", "in_time", at(3, 3, 10).at) in verdicts
    assert set(Verdict.objects.filter(question=question).values_list("clock", "outcome", "occurred_at")) == verdicts
    assert "工作人员打电话告知了答复。" in [entry.text for entry in timeline(question, for_staff=False)]


@pytest.mark.parametrize("told_at", [at(3, 3, 9, 59).at, at(3, 3, 11, 1).at])
def test_neither_before_the_answer_nor_ahead(district, told_at):
    question = answered(district)

    assert refusal(lambda: tell(district, question, told_at=told_at)) == "told_ahead"


def test_once_for_each_answer(district):
    question = answered(district)
    tell(district, question)
    assert refusal(lambda: tell(district, question)) == "told_already"

    asker = Actor(tracked=frozenset({str(question.pk)}))
    rate(district, question)
    Rating.objects.filter(question=question).update(satisfaction=1)
    reopening.request_reopening(question.pk, reason="没说清", by=asker, clock=at(3, 4, 10))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 4, 11))
    reply(district, question, at(3, 5, 9))

    assert awaited(district.spokesperson) == [question.pk]
    assert refusal(lambda: tell(district, question, told_at=at(3, 4, 9).at, clock=at(3, 5, 10))) == "told_ahead"
    tell(district, question, clock=at(3, 5, 10))
    assert awaited(district.spokesperson) == []


def test_who_asked_on_line_reads_it_there(district):
    question = answered_online(district)

    assert refusal(lambda: tell(district, question)) == "asked_online"
    assert refusal(lambda: rate(district, question)) == "asked_online"


def test_the_office_is_asked_to_call_and_the_queue_remembers(district, background, clock):
    clock.set(at(3, 3, 11).at)
    question = answered(district)
    answered(district, contact=Contact("phone", "+8613800138000"))
    background()

    told = Notice.objects.filter(kind="answers.to_tell")
    assert {(notice.ref, notice.recipient.rpartition(":")[2]) for notice in told} == {
        (question.ref, district.spokesperson.id)
    }
    assert awaited(district.officer) == [question.pk]
    tell(district, question, clock=at(3, 3, 12))
    assert awaited(district.officer) == []


def test_of_a_confidential_question_the_centre_calls(district, background, clock):
    clock.set(at(3, 3, 11).at)
    question = answered(district, confidential=True)
    background()

    told = {notice.recipient.rpartition(":")[2] for notice in Notice.objects.filter(kind="answers.to_tell")}
    assert told == {district.dispatcher.id, district.second_dispatcher.id}
    assert refusal(lambda: tell(district, question)) == "confidential"
    assert tell(district, question, by=district.superior).told_at is not None


def test_a_verdict_told_to_the_centre_is_the_askers(district):
    question = answered(district)
    rating = rate(district, question)

    assert (rating.source, str(rating.written_by_id)) == ("asker", district.dispatcher.id)
    after = Question.objects.get(pk=question.pk)
    assert after.state == "rated"
    assert after.rating == rating
    record = EventRecord.objects.get(aggregate=question.ref, name="answers.question_rated")
    assert record.payload["told"] is True
    assert "受理中心按您说的记下了评价。" in [entry.text for entry in timeline(question, for_staff=False)]


@pytest.mark.parametrize("who", ["spokesperson", "officer", "leader", "superior", "editor", "auditor", "resident"])
def test_nobody_but_the_centres_dispatchers_writes_a_verdict_down(district, who):
    question = answered(district)

    assert refusal(lambda: rate(district, question, by=getattr(district, who))) == "not_centre"
    assert not Rating.objects.exists()


def test_a_dispatcher_who_also_works_for_the_office_writes_no_verdict_on_it(district):
    question = answered(district)
    AppointmentFactory(user=User.objects.get(pk=district.dispatcher.id), office=district.schools, role=Role.OFFICER)
    both = actor_for(User.objects.get(pk=district.dispatcher.id))

    assert refusal(lambda: rate(district, question, by=both)) == "own_answer"


def test_by_code_the_asker_rates_as_ever(district, client, clock):
    clock.set(at(3, 4, 9).at)
    question = answered(district)
    asker = Actor(tracked=frozenset({str(question.pk)}))
    rating = aftercare.rate(question.pk, resolved="yes", satisfaction=5, comment="", by=asker, clock=at(3, 4, 9))

    assert rating.written_by_id is None


def test_the_case_page_takes_both(client, district, clock):
    clock.set(at(3, 4, 9).at)
    question = answered(district)
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    address = lambda step: reverse("answers_desk:step", args=[question.pk, step])  # noqa: E731
    before = client.get(reverse("answers_desk:case", args=[question.pk])).content.decode()
    late = client.post(
        address("tell_answer"),
        {"tell_answer-seen": question.version, "tell_answer-way": "letter", "tell_answer-told_at": "2026-03-03T09:00"},
    )
    told = client.post(
        address("tell_answer"), {"tell_answer-seen": question.version, "tell_answer-way": "counter"}, follow=True
    )
    nothing = client.post(address("rate_told"), {"rate_told-seen": question.version + 1})
    rated = client.post(
        address("rate_told"),
        {"rate_told-seen": question.version + 1, "rate_told-resolved": "yes", "rate_told-satisfaction": "4"},
        follow=True,
    )

    assert "待打电话告知答复" in before
    assert "告知时间须在答复之后" in late.content.decode()
    assert 'value="2026-03-03T09:00"' in late.content.decode()
    assert "03-04 09:00 已告知提问人" in told.content.decode()
    assert nothing.status_code == 422
    assert "受理中心记下了提问人口述的评价" in rated.content.decode()


def test_nothing_is_told_before_there_is_an_answer(district):
    question = entered(district)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(told_at=at(3, 2, 10).at)


# --- Counted ------------------------------------------------------------------------------------


def test_the_public_figures_say_how_questions_came_in(district, client, clock):
    clock.set(at(3, 20, 9).at)
    answered_online(district)
    for channel in ("telephone", "telephone", "letter"):
        entered(district, channel=channel)
    entered(district, channel="visit", received_at=at(2, 28, 23, 50).at, clock=at(3, 1, 0, 5))
    found = performance(at(3, 20).at.date(), span=1)
    page = client.get(reverse("answers:performance"), {"span": "1"}).content.decode()
    data = client.get(reverse("answers:performance_json"), {"span": "1"}).json()

    assert found.channels == {"online": 1, "telephone": 2, "counter": 0, "visit": 0, "letter": 1}
    assert "问题怎么来的" in page
    assert data["channels"] == found.channels
    assert performance(at(3, 20).at.date() - timedelta(days=31), span=1).channels["visit"] == 1
    assert performance(at(3, 20).at.date(), span=1, office="schools").channels["online"] == 1
