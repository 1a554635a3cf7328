"""A dispatch that was a slip of the hand is taken back within minutes: an event, no erasure, and every clock runs on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import handling, merging, screening
from portal.answers.actions.dispatching import dispatch_many, take_back
from portal.answers.actions.settling import settle_question
from portal.answers.models import BulkDispatch, Leg, Listing, Question, Verdict
from portal.answers.queries.case import case, load_question
from portal.answers.queries.dispatching import just_dispatched
from portal.answers.queries.timeline import timeline
from portal.answers.rules.aftermath import UNDO_DISPATCH_WITHIN
from portal.answers.states import State
from portal.journal import relay
from portal.journal.models import EventRecord
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from portal.notifications.addresses import person
from portal.notifications.models import Notice
from tests.factories.answers import AT_MONDAY, MONDAY, ask, at, dispatched, make_district

pytestmark = [pytest.mark.db, pytest.mark.django_db]

SOON = at(3, 2, 10, 9)
QUEUE = reverse("answers_desk:queue")


def now_of(question):
    return Question.objects.get(pk=question.pk)


def names(question):
    records = EventRecord.objects.filter(aggregate=question.ref).order_by("seq")
    return [record.name.removeprefix("answers.") for record in records]


def offices(question):
    return [leg.office.code for leg in question.legs.select_related("office")]


# --- One question -------------------------------------------------------------------------


def test_a_recalled_question_is_in_screening_again_and_keeps_both_dates(district):
    before = dispatched(district)
    after = screening.recall(before.pk, by=district.dispatcher, clock=SOON)

    assert (after.state, after.office, after.public_title) == (State.SCREENING, district.centre, "")
    assert (after.accept_due, after.reply_due, after.nearest_due) == (
        before.accept_due,
        before.reply_due,
        before.accept_due,
    )
    assert names(before)[-2:] == ["question_listed", "question_recalled"]
    assert offices(after) == ["centre", "schools", "centre"]
    assert [entry.text for entry in timeline(after, for_staff=False)][
        -1
    ] == "受理中心收回分派，重新审核。您的两个时限不变。"


def test_ten_minutes_are_the_end_of_it(district):
    question = dispatched(district)

    with pytest.raises(NotAllowed) as refused:
        screening.recall(question.pk, by=district.dispatcher, clock=FixedClock(MONDAY + UNDO_DISPATCH_WITHIN))
    assert refused.value.reason.code == "recall_too_late"

    last = FixedClock(MONDAY + UNDO_DISPATCH_WITHIN - timedelta(microseconds=1))
    assert screening.recall(question.pk, by=district.dispatcher, clock=last).state == State.SCREENING


def test_what_the_office_has_accepted_or_wanted_to_return_stays_with_it(district):
    accepted, returned = dispatched(district), dispatched(district)
    handling.accept(accepted.pk, by=district.spokesperson, clock=AT_MONDAY)
    handling.request_return(
        returned.pk, reason="不归我们", proposed_office_id=None, by=district.spokesperson, clock=AT_MONDAY
    )
    handling.refuse_return(returned.pk, reason="归你们", by=district.dispatcher, clock=AT_MONDAY)

    with pytest.raises(IllegalStep):
        screening.recall(accepted.pk, by=district.dispatcher, clock=SOON)
    with pytest.raises(NotAllowed) as refused:
        screening.recall(returned.pk, by=district.dispatcher, clock=SOON)
    assert refused.value.reason.code == "office_acted"


@pytest.mark.parametrize("who", ["spokesperson", "officer", "leader", "auditor", "editor", "resident"])
def test_only_a_dispatcher_takes_a_dispatch_back(district, who):
    question = dispatched(district)

    with pytest.raises(NotAllowed):
        screening.recall(question.pk, by=getattr(district, who), clock=SOON)


def test_the_button_is_there_for_ten_minutes_and_no_longer_than_nobody_has_acted(district):
    question, returned = dispatched(district), dispatched(district)
    handling.request_return(returned.pk, reason="x", proposed_office_id=None, by=district.spokesperson, clock=SOON)
    handling.refuse_return(returned.pk, reason="x", by=district.dispatcher, clock=SOON)

    def steps(question, now):
        return case(load_question(question.pk), district.dispatcher, now).steps

    assert "recall" in steps(question, SOON.now())
    assert "recall" not in steps(question, MONDAY + UNDO_DISPATCH_WITHIN)
    assert "recall" not in steps(returned, SOON.now())


def test_the_24_hours_of_the_office_end_without_a_verdict_and_begin_anew_with_the_next_one(district):
    question = dispatched(district)
    screening.recall(question.pk, by=district.dispatcher, clock=SOON)
    screening.dispatch(
        question.pk, office_id=district.street.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 11)
    )
    settle_question(question.pk, clock=at(3, 20))

    found = Verdict.objects.filter(question=question).values_list(
        "clock", "outcome", "office__code", "leg__office__code"
    )
    assert set(found) == {
        ("accept", "late", "street", None),
        ("accept", "late", "street", "street"),
        ("reply", "late", "street", None),
    }


def test_what_was_missed_in_these_minutes_is_booked_to_whoever_had_it(district):
    question = ask(district)
    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=at(3, 3, 9, 55)
    )
    screening.recall(question.pk, by=district.dispatcher, clock=at(3, 3, 10, 4))

    verdict = Verdict.objects.get(question=question, leg=None)
    assert (verdict.outcome, verdict.office.code, verdict.occurred_at) == ("late", "schools", question.accept_due)


def test_what_was_merged_into_it_comes_back_with_it(district):
    lead, member = ask(district), ask(district)
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=AT_MONDAY)
    screening.dispatch(
        lead.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=AT_MONDAY
    )
    assert offices(member) == ["centre", "schools"]

    screening.recall(lead.pk, by=district.dispatcher, clock=SOON)

    after = now_of(member)
    assert (after.state, after.office, after.lead_id) == (State.MERGED, district.centre, lead.pk)
    assert offices(member) == ["centre", "schools", "centre"]
    assert not Leg.objects.get(question=member, ended_at=None).accept_due


def test_the_public_list_forgets_it_and_the_office_is_told_not_to_accept_it(district):
    question = dispatched(district, consents=True)
    relay.drain()
    assert Listing.objects.filter(pk=question.pk).exists()

    screening.recall(question.pk, by=district.dispatcher, clock=SOON)
    relay.drain()

    assert not Listing.objects.filter(pk=question.pk).exists()
    told = Notice.objects.filter(kind="answers.recalled")
    assert {notice.recipient for notice in told} == {person(district.spokesperson.id)}


# --- Many at once -------------------------------------------------------------------------


def test_a_bulk_dispatch_is_taken_back_as_far_as_nobody_has_acted(district):
    first, second, third = ask(district), ask(district), ask(district)
    dispatch_many([first.pk, second.pk, third.pk], office_id=None, by=district.dispatcher, clock=AT_MONDAY)
    handling.accept(second.pk, by=district.spokesperson, clock=AT_MONDAY)
    batch = just_dispatched(district.dispatcher, SOON.now()).get()

    done, left = take_back(batch.pk, by=district.dispatcher, clock=SOON)

    assert (set(done), left) == ({first.pk, third.pk}, [second.pk])
    assert [now_of(one).state for one in (first, second, third)] == [
        State.SCREENING,
        State.ACCEPTED,
        State.SCREENING,
    ]
    assert take_back(batch.pk, by=district.dispatcher, clock=SOON) == ([], [])
    assert not just_dispatched(district.dispatcher, SOON.now()).exists()


def test_what_has_gone_out_again_since_is_not_taken_back(district):
    question = ask(district)
    dispatch_many([question.pk], office_id=None, by=district.dispatcher, clock=AT_MONDAY)
    batch = just_dispatched(district.dispatcher, SOON.now()).get()
    screening.recall(question.pk, by=district.dispatcher, clock=at(3, 2, 10, 1))
    screening.dispatch(
        question.pk, office_id=district.street.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 10, 2)
    )

    assert take_back(batch.pk, by=district.dispatcher, clock=SOON) == ([], [question.pk])
    assert now_of(question).office == district.street


def test_a_bulk_dispatch_is_its_makers_to_take_back_and_is_forgotten_by_the_next_one(district):
    dispatch_many([ask(district).pk], office_id=None, by=district.dispatcher, clock=AT_MONDAY)
    batch = BulkDispatch.objects.get()

    assert not just_dispatched(district.second_dispatcher, SOON.now()).exists()
    with pytest.raises(BulkDispatch.DoesNotExist):
        take_back(batch.pk, by=district.second_dispatcher, clock=SOON)
    with pytest.raises(NotAllowed):
        take_back(batch.pk, by=district.spokesperson, clock=SOON)

    dispatch_many([ask(district).pk], office_id=None, by=district.dispatcher, clock=at(3, 2, 10, 10))
    assert not BulkDispatch.objects.filter(pk=batch.pk).exists()
    assert BulkDispatch.objects.count() == 1


def test_the_queue_offers_it_for_ten_minutes_and_says_what_was_left(client, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: SOON)
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    first, second = ask(district), ask(district)
    sent = client.post(reverse("answers_desk:bulk_dispatch"), {"questions": [first.pk, second.pk]}, follow=True)
    assert "10:09 分派了 2 个问题；10:19 前" in sent.content.decode()
    handling.accept(first.pk, by=district.spokesperson, clock=SOON)
    undo = reverse("answers_desk:undo_dispatch", args=[BulkDispatch.objects.get().pk])

    answer = client.post(undo, {"query": "group=unsorted"}, follow=True)

    assert answer.redirect_chain == [(f"{QUEUE}?group=unsorted", 302)]
    page = answer.content.decode()
    assert "已收回 1 个问题。" in page
    assert "1 个问题没有收回：承办单位已经处理" in page
    assert "分派了 2 个问题" not in page
    assert client.post(undo).status_code == 302  # a double click

    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 10, 20))
    assert "分派了" not in client.get(QUEUE).content.decode()


# --- At once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_accepting_at_once_has_one_winner_for_every_question():
    district = make_district()
    questions = [ask(district) for _number in range(8)]
    dispatch_many([one.pk for one in questions], office_id=None, by=district.dispatcher, clock=AT_MONDAY)
    batch = BulkDispatch.objects.get()

    def accept(question):
        try:
            return handling.accept(question.pk, by=district.spokesperson, clock=SOON).pk
        except (IllegalStep, NotAllowed):
            return None
        finally:
            connection.close()

    def undo(_number):
        try:
            return take_back(batch.pk, by=district.dispatcher, clock=SOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        undone = [pool.submit(undo, number) for number in range(2)]
        accepted = {pk for pk in pool.map(accept, reversed(questions)) if pk}
    done, left = ([pk for future in undone for pk in future.result()[half]] for half in (0, 1))

    assert set(done) | accepted == {one.pk for one in questions}
    assert set(done) & accepted == set()
    assert len(done) == len(set(done))
    assert set(left) == accepted
    for question in questions:
        ends = {"question_accepted", "question_recalled"} & set(names(question))
        assert ends == ({"question_accepted"} if question.pk in accepted else {"question_recalled"})
        assert Leg.objects.filter(question=question, ended_at=None).count() == 1
