"""The desk's writes, as sentences."""

from datetime import timedelta

import pytest

from portal.answers.actions import aftercare, asking, dispatching, handling, publication, replying, screening
from portal.answers.actions.settling import settle_due
from portal.answers.actions.turns import Stale
from portal.answers.models import Answer, Question, Verdict
from portal.answers.reasons import NO_WISH
from portal.answers.states import Publication, State
from portal.journal.models import EventRecord
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import AT_MONDAY, MONDAY, accepted, answered, ask, at, dispatched, in_review

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def verdicts(question):
    return [
        (verdict.clock, "leg" if verdict.leg_id else "asker", verdict.outcome, verdict.held_by.office.code)
        for verdict in Verdict.objects.filter(question=question).select_related("held_by__office").order_by("id")
    ]


def events(question):
    return [
        record.name.removeprefix("answers.")
        for record in EventRecord.objects.filter(aggregate=question.ref).order_by("seq")
    ]


def refusal_code(excinfo):
    return excinfo.value.reason.code


# --- Asking -------------------------------------------------------------------------------


def test_a_submitted_question_has_both_promises_and_waits_at_the_centre(district):
    question = ask(district)

    assert question.state == State.SUBMITTED
    assert question.office == district.centre
    assert question.accept_due == MONDAY + timedelta(hours=24)
    assert question.reply_due == at(3, 12).at
    assert not question.reply_provisional
    assert events(question) == ["question_submitted"]


def test_sending_the_last_page_twice_makes_one_question_with_one_code(district):
    first = ask(district)
    again, code = asking.submit(
        first.form_token, by=ANONYMOUS, clock=at(3, 2, 11), language="zh-hans", contact_needed=False
    )

    assert again == first
    assert code
    assert Question.objects.count() == 1


def test_a_question_without_account_needs_a_proven_contact_where_the_operator_says_so(district):
    draft = asking.start_draft(by=ANONYMOUS)
    asking.keep_answers(draft.pk, {"contact": "+8613800138000", "title": "问", "text": "问", "topic": 1})

    with pytest.raises(asking.ContactUnproven):
        asking.submit(draft.pk, by=ANONYMOUS, clock=AT_MONDAY, language="zh-hans", contact_needed=True)


def test_the_tracking_code_is_stored_hashed_and_the_contact_sealed(district):
    question = ask(district, contact="+8613800138000")
    stored = " ".join(str(value) for value in Question.objects.filter(pk=question.pk).values().get().values())

    assert "13800138000" not in stored
    assert question.contact == "+8613800138000"


def test_the_journal_holds_no_text(district):
    question = ask(district)
    payload = str(EventRecord.objects.get(aggregate=question.ref).payload)

    assert question.title not in payload
    assert question.text not in payload


# --- The centre ---------------------------------------------------------------------------


def test_dispatch_gives_the_office_its_own_24_hours_and_moves_no_date_of_the_asker(district):
    before = ask(district)
    after = screening.dispatch(
        before.pk, office_id=district.schools.pk, public_title="入学", by=district.dispatcher, clock=at(3, 2, 15)
    )

    assert after.state == State.AWAITING_ACCEPTANCE
    assert (after.accept_due, after.reply_due) == (before.accept_due, before.reply_due)
    assert after.legs.get(ended_at=None).accept_due == at(3, 3, 15).at


def test_a_question_cannot_be_dispatched_to_an_office_that_takes_none(district):
    question = ask(district)

    with pytest.raises(NotAllowed) as refused:
        screening.dispatch(
            question.pk, office_id=district.centre.pk, public_title="", by=district.dispatcher, clock=AT_MONDAY
        )

    assert refusal_code(refused) == "not_an_office"


def test_a_refusal_needs_another_person(district):
    question = ask(district)
    refusal = {"reason": "no_question", "explanation": "没有具体事项", "other_route": "12345"}
    screening.propose_refusal(question.pk, **refusal, by=district.dispatcher, clock=AT_MONDAY)

    with pytest.raises(NotAllowed) as refused:
        screening.approve_refusal(question.pk, by=district.dispatcher, clock=AT_MONDAY)
    assert refusal_code(refused) == "second_person"

    done = screening.approve_refusal(question.pk, by=district.second_dispatcher, clock=at(3, 2, 16))
    assert done.state == State.NOT_ADMITTED


def test_a_question_that_is_not_admitted_in_time_is_counted_apart(district):
    question = ask(district)
    refusal = {"reason": "no_question", "explanation": "没有具体事项", "other_route": "12345"}
    screening.propose_refusal(question.pk, **refusal, by=district.dispatcher, clock=AT_MONDAY)
    screening.approve_refusal(question.pk, by=district.second_dispatcher, clock=at(3, 2, 16))

    assert verdicts(question) == [
        ("accept", "asker", "not_admitted", "centre"),
        ("reply", "asker", "void", "centre"),
    ]


def test_without_the_second_person_setting_a_refusal_is_told_at_once(district):
    district.centre.refusals_need_review = False
    district.centre.save()
    question = ask(district)

    done = screening.propose_refusal(
        question.pk,
        reason="no_question",
        explanation="没有具体事项",
        other_route="12345",
        by=district.dispatcher,
        clock=AT_MONDAY,
    )

    assert done.state == State.NOT_ADMITTED


def test_bulk_dispatch_leaves_what_names_no_office(district):
    with_wish, without = ask(district), ask(district, office="")

    done, left = dispatching.dispatch_many(
        [with_wish.pk, without.pk], office_id=None, by=district.dispatcher, clock=AT_MONDAY
    )

    assert ([question.pk for question in done], left) == ([with_wish.pk], [(without.pk, NO_WISH)])


# --- Acceptance ---------------------------------------------------------------------------


def test_acceptance_in_time_is_a_verdict_for_the_asker_and_for_the_leg(district):
    question = accepted(district)

    assert question.accepted_at == MONDAY
    assert verdicts(question) == [
        ("accept", "asker", "in_time", "schools"),
        ("accept", "leg", "in_time", "schools"),
    ]


def test_acceptance_in_the_due_instant_is_late(district):
    question = dispatched(district)
    handling.accept(question.pk, by=district.spokesperson, clock=FixedClock(question.accept_due))

    assert ("accept", "asker", "late", "schools") in verdicts(question)


def test_a_breach_in_screening_is_booked_to_the_centre_and_happened_at_the_due_instant(district):
    question = ask(district)
    assert settle_due(at(3, 5, 9)) == 1

    verdict = Verdict.objects.get(question=question)
    assert verdict.held_by.office == district.centre
    assert verdict.occurred_at == question.accept_due
    assert verdict.recorded_at == at(3, 5, 9).at


def test_a_tick_that_runs_twice_writes_nothing_twice(district):
    ask(district)
    settle_due(at(3, 5, 9))

    assert settle_due(at(3, 5, 10)) == 0
    assert Verdict.objects.count() == 1


def test_accepting_late_does_not_clear_the_breach(district):
    question = dispatched(district)
    settle_due(at(3, 4, 9))
    handling.accept(question.pk, by=district.spokesperson, clock=at(3, 4, 10))

    assert [row[2] for row in verdicts(question)] == ["late", "late"]


@pytest.mark.parametrize("who", ["dispatcher", "officer", "leader", "street_spokesperson", "auditor", "resident"])
def test_only_the_offices_own_spokesperson_accepts(district, who):
    question = dispatched(district)

    with pytest.raises(NotAllowed):
        handling.accept(question.pk, by=getattr(district, who), clock=AT_MONDAY)


def test_a_question_is_accepted_once(district):
    question = accepted(district)

    with pytest.raises(IllegalStep):
        handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 11))


# --- Return and transfer ------------------------------------------------------------------


def test_a_transfer_moves_none_of_the_askers_dates_and_starts_24_hours_for_the_new_office(district):
    question = dispatched(district)
    handling.request_return(
        question.pk,
        reason="不归我局",
        proposed_office_id=district.street.pk,
        by=district.spokesperson,
        clock=at(3, 3, 9),
    )
    moved = handling.transfer(
        question.pk, office_id=district.street.pk, reason="属街道", by=district.dispatcher, clock=at(3, 3, 9, 30)
    )

    assert moved.state == State.TRANSFERRED
    assert (moved.accept_due, moved.reply_due) == (question.accept_due, question.reply_due)
    assert moved.legs.get(ended_at=None).accept_due == at(3, 4, 9, 30).at


def test_after_a_transfer_a_late_acceptance_counts_for_the_asker_and_not_for_the_new_leg(district):
    question = dispatched(district)
    handling.transfer(
        question.pk, office_id=district.street.pk, reason="属街道", by=district.dispatcher, clock=at(3, 3, 9, 30)
    )
    handling.accept(question.pk, by=district.street_spokesperson, clock=at(3, 3, 20))

    assert verdicts(question) == [
        ("accept", "asker", "late", "street"),
        ("accept", "leg", "in_time", "street"),
    ]


def test_accepting_a_second_time_after_a_transfer_does_not_move_the_askers_acceptance(district):
    question = accepted(district)
    handling.transfer(
        question.pk, office_id=district.street.pk, reason="属街道", by=district.dispatcher, clock=at(3, 3, 9)
    )
    again = handling.accept(question.pk, by=district.street_spokesperson, clock=at(3, 3, 10))

    assert again.accepted_at == MONDAY
    assert again.state == State.ACCEPTED


def test_a_return_is_asked_for_within_one_working_day(district):
    question = dispatched(district)

    with pytest.raises(NotAllowed) as refused:
        handling.request_return(
            question.pk, reason="不归我局", proposed_office_id=None, by=district.spokesperson, clock=at(3, 4, 0)
        )

    assert refusal_code(refused) == "return_too_late"


@pytest.mark.parametrize(("make", "state"), [(dispatched, State.AWAITING_ACCEPTANCE), (accepted, State.ACCEPTED)])
def test_a_refused_return_goes_on_where_it_stood(district, make, state):
    question = make(district)
    handling.request_return(
        question.pk, reason="不归我局", proposed_office_id=None, by=district.spokesperson, clock=at(3, 2, 11)
    )
    back = handling.refuse_return(question.pk, reason="属你局职责", by=district.dispatcher, clock=at(3, 2, 12))

    assert back.state == state


# --- Reply --------------------------------------------------------------------------------


def test_an_answer_needs_a_second_person_where_the_office_says_so(district):
    question = accepted(district)
    replying.save_draft(question.pk, text="您好", by=district.spokesperson, clock=AT_MONDAY)

    with pytest.raises(NotAllowed) as refused:
        replying.release(question.pk, by=district.spokesperson, clock=AT_MONDAY)
    assert refusal_code(refused) == "needs_review"

    replying.submit_for_review(question.pk, by=district.spokesperson, clock=AT_MONDAY)
    with pytest.raises(NotAllowed) as refused:
        replying.release(question.pk, by=district.spokesperson, clock=AT_MONDAY)
    assert refusal_code(refused) == "second_person"

    replying.release(question.pk, by=district.leader, clock=at(3, 3, 9))
    assert Question.objects.get(pk=question.pk).state == State.ANSWERED


def test_without_that_setting_the_spokesperson_releases_alone(district):
    district.schools.answers_need_review = False
    district.schools.save()
    question = accepted(district)
    replying.save_draft(question.pk, text="您好", by=district.spokesperson, clock=AT_MONDAY)
    replying.release(question.pk, by=district.spokesperson, clock=at(3, 3, 9))

    assert Answer.objects.get(question=question).text == "您好"


def test_an_answer_in_time_is_a_verdict(district):
    question = answered(district)

    assert ("reply", "asker", "in_time", "schools") in verdicts(question)


def test_an_answer_in_the_due_instant_is_late(district):
    question = in_review(district)
    replying.release(question.pk, by=district.spokesperson, clock=FixedClock(question.reply_due))

    assert ("reply", "asker", "late", "schools") in verdicts(question)


def test_a_returned_draft_can_be_written_anew(district):
    question = in_review(district)
    replying.return_draft(question.pk, note="请写明地点", by=district.spokesperson, clock=at(3, 3, 9))
    draft = replying.save_draft(question.pk, text="您好，地点在一楼。", by=district.officer, clock=at(3, 3, 10))

    assert draft.version == 2


def test_nobody_is_late_on_a_provisional_date(district):
    question = ask(district, clock=at(12, 28, 10))
    assert question.reply_provisional
    far_later = FixedClock(question.reply_due + timedelta(days=30))
    settle_due(far_later)

    assert [row[:3] for row in verdicts(question)] == [("accept", "asker", "late")]


# --- Afterwards ---------------------------------------------------------------------------


def test_the_asker_rates_once(district):
    question = answered(district, by=district.resident)
    rating = {"resolved": "yes", "satisfaction": 5, "comment": ""}
    aftercare.rate(question.pk, **rating, by=district.resident, clock=at(3, 3, 9))

    with pytest.raises(IllegalStep):
        aftercare.rate(question.pk, **rating, by=district.resident, clock=at(3, 3, 10))


def test_somebody_else_cannot_rate(district):
    question = answered(district, by=district.resident)

    with pytest.raises(NotAllowed):
        aftercare.rate(question.pk, resolved="yes", satisfaction=5, comment="", by=district.stranger, clock=at(3, 3, 9))


def test_the_tracking_code_opens_what_the_account_would(district):
    question = answered(district)
    holder = Actor(tracked=frozenset({str(question.pk)}))
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=holder, clock=at(3, 3, 9))

    assert Question.objects.get(pk=question.pk).state == State.RATED


def test_what_is_neither_rated_nor_reopened_is_closed_after_fifteen_working_days(district):
    question = answered(district)
    assert aftercare.close_due(FixedClock(question.closes_at - timedelta(seconds=1))) == 0
    assert aftercare.close_due(FixedClock(question.closes_at)) == 1

    assert Question.objects.get(pk=question.pk).state == State.CLOSED


def test_a_question_withdrawn_before_its_due_has_no_verdict(district):
    question = dispatched(district, by=district.resident)
    aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 2, 11))
    settle_due(at(4, 1))

    assert verdicts(question) == []


def test_a_breach_before_the_withdrawal_stands(district):
    question = ask(district, by=district.resident)
    aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 4, 11))

    assert verdicts(question) == [("accept", "asker", "late", "centre")]


# --- Publication --------------------------------------------------------------------------


def test_publication_is_proposed_only_by_consent(district):
    assert answered(district).publication == Publication.PROPOSED
    assert answered(district, consents=False).publication == Publication.PRIVATE


def test_only_an_editor_lets_it_out(district):
    question = answered(district)

    with pytest.raises(NotAllowed):
        publication.publish(
            question.pk, title="t", question_text="q", answer_text="a", by=district.spokesperson, clock=AT_MONDAY
        )


# --- Clashes ------------------------------------------------------------------------------


def test_a_stale_form_is_refused_with_the_question_as_it_is(district):
    question = dispatched(district)
    seen = question.version
    handling.accept(question.pk, by=district.spokesperson, clock=AT_MONDAY, seen=seen)

    with pytest.raises(Stale) as stale:
        handling.request_return(
            question.pk, reason="x", proposed_office_id=None, by=district.spokesperson, clock=AT_MONDAY, seen=seen
        )

    assert stale.value.question.state == State.ACCEPTED
