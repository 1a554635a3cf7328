"""What a real city meets beside the straight way, as sentences."""

from datetime import datetime, timedelta

import pytest

from portal.answers.actions import (
    aftercare,
    clarifying,
    extending,
    handling,
    helping,
    merging,
    publication,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.settling import settle_due
from portal.answers.models import AnswerPage, Question, Verdict
from portal.answers.rules.deadlines import Pause, helpers_due, reply_deadline
from portal.answers.states import State
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from portal.workdays.queries import calendar
from tests.factories.answers import accepted, answered, ask, at, dispatched, in_review, published

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def verdicts(question):
    found = Verdict.objects.filter(question=question, leg=None).select_related("held_by__office").order_by("id")
    return [(verdict.clock, verdict.outcome, verdict.held_by.office.code) for verdict in found]


def refusal(action, *args, **kwargs):
    with pytest.raises(NotAllowed) as refused:
        action(*args, **kwargs)
    return refused.value.reason.code


def shanghai(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


# --- The rule of the pause, on the worked examples of docs/explanation/answer-deadlines.md -----


@pytest.mark.parametrize(
    ("submitted", "pause", "due"),
    [
        ((2026, 3, 2, 10), None, (2026, 3, 12)),
        ((2026, 3, 2, 10), ((2026, 3, 4, 10), (2026, 3, 6, 9)), (2026, 3, 14)),
        ((2026, 3, 2, 10), ((2026, 3, 4, 9), (2026, 3, 4, 17)), (2026, 3, 12)),
        ((2026, 2, 12, 10), None, (2026, 3, 1)),
        ((2026, 2, 12, 10), ((2026, 2, 14, 15), (2026, 2, 24, 10)), (2026, 3, 3)),
    ],
)
def test_a_working_day_counts_if_the_clock_runs_at_its_midnight(submitted, pause, due):
    pauses = [Pause(shanghai(*pause[0]), shanghai(*pause[1]))] if pause else []

    assert reply_deadline(shanghai(*submitted), calendar(), pauses=pauses).instant == shanghai(*due)


def test_helpers_are_due_two_working_days_before_the_lead_and_never_after_it():
    days = calendar()
    due = shanghai(2026, 3, 12)

    assert helpers_due(shanghai(2026, 3, 3, 9), due, days) == shanghai(2026, 3, 10)
    assert helpers_due(shanghai(2026, 3, 11, 9), due, days) == due


# --- More time --------------------------------------------------------------------------------


def extension(question, district, clock, days=3):
    return extending.request_extension(
        question.pk, working_days=days, reason="需要现场勘查", interim="正在勘查", by=district.spokesperson, clock=clock
    )


def test_an_extension_moves_the_reply_and_keeps_the_first_date_apart(district):
    question = accepted(district)
    extension(question, district, at(3, 5, 9))
    after = extending.approve_extension(question.pk, by=district.superior, clock=at(3, 6, 9))

    assert (after.plain_due, after.reply_due) == (question.reply_due, at(3, 17).at)


def test_an_extended_answer_is_in_time_and_late_by_the_first_date(district):
    question = accepted(district)
    extension(question, district, at(3, 5, 9))
    extending.approve_extension(question.pk, by=district.superior, clock=at(3, 6, 9))
    settle_due(at(3, 12, 1))
    replying.save_draft(question.pk, text="答", by=district.officer, clock=at(3, 13, 9))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(3, 13, 9))
    replying.release(question.pk, by=district.leader, clock=at(3, 13, 10))

    assert verdicts(question)[1:] == [("plain", "late", "schools"), ("reply", "in_time", "schools")]


def test_an_extension_is_asked_before_the_date_and_once(district):
    question = accepted(district)
    assert refusal(extension, question, district, FixedClock(question.reply_due)) == "extension_too_late"
    extension(question, district, at(3, 5, 9))

    assert refusal(extension, question, district, at(3, 5, 10)) == "extended_already"


def test_an_extension_that_is_decided_too_late_changes_nothing(district):
    question = accepted(district)
    extension(question, district, at(3, 11, 9))

    code = refusal(extending.approve_extension, question.pk, by=district.superior, clock=FixedClock(question.reply_due))
    assert code == "extension_too_late"


@pytest.mark.parametrize("who", ["leader", "spokesperson", "dispatcher"])
def test_only_one_level_up_grants_more_time(district, who):
    question = accepted(district)
    extension(question, district, at(3, 5, 9))

    with pytest.raises(NotAllowed):
        extending.approve_extension(question.pk, by=getattr(district, who), clock=at(3, 5, 10))


# --- A word from the asker --------------------------------------------------------------------


def test_the_reply_clock_stands_still_while_the_office_waits(district):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="哪一栋？", by=district.spokesperson, clock=at(3, 4, 10))
    settle_due(at(3, 12, 1))
    after = clarifying.supply(question.pk, text="三号楼", by=district.resident, clock=at(3, 13, 9))

    assert after.reply_due == at(3, 21).at
    assert verdicts(question)[1:] == [("plain", "late", "schools")]


def test_the_office_asks_once_and_not_on_the_last_day(district):
    question = accepted(district, by=district.resident)
    ask_again = {"text": "？", "by": district.spokesperson}
    assert refusal(clarifying.ask_asker, question.pk, **ask_again, clock=at(3, 11, 9)) == "pause_too_late"
    clarifying.ask_asker(question.pk, **ask_again, clock=at(3, 10, 9))
    clarifying.supply(question.pk, text="答", by=district.resident, clock=at(3, 10, 10))

    assert refusal(clarifying.ask_asker, question.pk, **ask_again, clock=at(3, 10, 11)) == "asked_already"


def test_without_an_answer_in_ten_working_days_the_question_lapses_without_blame(district):
    question = accepted(district, by=district.resident)
    after = clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 3, 9))
    assert clarifying.lapse_due(FixedClock(after.lapses_at - timedelta(seconds=1))) == 0
    assert clarifying.lapse_due(FixedClock(after.lapses_at + timedelta(hours=9))) == 1

    ended = Question.objects.get(pk=question.pk)
    assert (ended.state, ended.ended_at) == (State.LAPSED, after.lapses_at)
    assert ("reply", "void", "schools") in verdicts(question)


# --- Help -------------------------------------------------------------------------------------


def test_a_helping_office_sees_the_question_and_contributes_once(district):
    question = accepted(district)
    helping.ask_helper(
        question.pk, office_id=district.street.pk, request="出具意见", by=district.officer, clock=at(3, 4, 9)
    )
    told = helping.contribute(question.pk, text="已核实", by=district.street_spokesperson, clock=at(3, 5, 9))

    assert told.due == at(3, 10).at
    again = {"text": "x", "by": district.street_spokesperson, "clock": at(3, 5, 10)}
    assert refusal(helping.contribute, question.pk, **again) == "not_asked"


# --- Merging ----------------------------------------------------------------------------------


def test_one_answer_goes_to_every_asker_and_each_keeps_the_own_dates(district):
    lead = accepted(district)
    later = ask(district, by=district.resident, clock=at(3, 4, 9))
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 4, 10))
    replying.save_draft(lead.pk, text="答", by=district.officer, clock=at(3, 5, 9))
    replying.submit_for_review(lead.pk, by=district.officer, clock=at(3, 5, 9))
    replying.release(lead.pk, by=district.leader, clock=at(3, 5, 10))

    member = Question.objects.get(pk=later.pk)
    assert (member.state, member.answer.text, member.reply_due) == (State.ANSWERED, "答", later.reply_due)
    assert verdicts(member) == [("accept", "in_time", "schools"), ("reply", "in_time", "schools")]


def test_the_lead_is_as_urgent_as_its_most_urgent_member(district):
    early = ask(district)
    lead = accepted(district, clock=at(3, 6, 9))
    merging.merge(early.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))

    assert Question.objects.get(pk=lead.pk).nearest_due == early.reply_due


def test_a_lead_that_is_accepted_is_urgent_by_the_replies_only(district):
    early = ask(district)
    lead = dispatched(district, clock=at(3, 2, 12))
    merging.merge(early.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 13))
    assert Question.objects.get(pk=lead.pk).nearest_due == early.accept_due
    handling.accept(lead.pk, by=district.spokesperson, clock=at(3, 2, 14))

    assert Question.objects.get(pk=lead.pk).nearest_due == early.reply_due


def test_a_lead_gets_its_verdict_from_the_tick_even_if_others_were_merged_into_it_in_that_very_second(district):
    lead, later = ask(district), ask(district, clock=at(3, 3, 9))
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=FixedClock(lead.accept_due))
    settle_due(FixedClock(lead.accept_due))

    assert verdicts(lead) == [("accept", "late", "centre")]


def test_a_lead_whose_only_member_is_withdrawn_is_free_again(district):
    lead = accepted(district, clock=at(3, 3, 9))
    member = ask(district, by=district.resident)
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 3, 9))
    aftercare.withdraw(member.pk, by=district.resident, clock=at(3, 3, 9))

    after = Question.objects.get(pk=lead.pk)
    assert (after.members_due, after.nearest_due) == (None, lead.reply_due)
    waiting = clarifying.ask_asker(lead.pk, text="？", by=district.spokesperson, clock=at(3, 3, 10))
    assert waiting.state == State.WAITING_ASKER


def test_nothing_follows_a_question_that_waits_for_its_asker(district):
    lead = accepted(district)
    clarifying.ask_asker(lead.pk, text="？", by=district.spokesperson, clock=at(3, 2, 11))

    code = refusal(merging.merge, ask(district).pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 12))
    assert code == "lead_not_open"


def test_members_go_with_the_lead_and_the_breach_is_booked_to_whoever_holds_it(district):
    lead = ask(district)
    later = ask(district)
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    screening.dispatch(
        lead.pk, office_id=district.schools.pk, public_title="", by=district.dispatcher, clock=at(3, 2, 12)
    )
    settle_due(at(3, 3, 12))

    assert verdicts(later) == [("accept", "late", "schools")]


def test_a_merge_can_be_undone_for_a_day(district):
    lead = dispatched(district)
    later = ask(district)
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    after = merging.unmerge(later.pk, by=district.dispatcher, clock=at(3, 3, 10))

    assert (after.state, after.office, after.lead) == (State.SCREENING, district.centre, None)
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 3, 11))
    code = refusal(merging.unmerge, later.pk, by=district.dispatcher, clock=at(3, 4, 11))
    assert code == "unmerge_too_late"


def test_when_the_lead_is_withdrawn_its_members_go_back_to_the_centre(district):
    lead = dispatched(district, by=district.resident)
    later = ask(district)
    merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    aftercare.withdraw(lead.pk, by=district.resident, clock=at(3, 2, 12))

    assert Question.objects.get(pk=later.pk).state == State.SCREENING


def test_nothing_is_merged_into_itself_or_into_what_is_answered(district):
    done, question = answered(district), ask(district)

    for lead in (question, done):
        code = refusal(merging.merge, question.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
        assert code == "lead_not_open"


# --- A second look ----------------------------------------------------------------------------


def reopened(district, **rating):
    question = answered(district, by=district.resident)
    verdict = {"resolved": "no", "satisfaction": 3} | rating
    aftercare.rate(question.pk, **verdict, comment="", by=district.resident, clock=at(3, 4, 9))
    return question


def test_a_second_look_has_five_working_days_of_its_own_and_the_first_verdict_stands(district):
    question = reopened(district)
    reopening.request_reopening(question.pk, reason="没有说清", by=district.resident, clock=at(3, 5, 9))
    after = reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 6, 9))
    assert after.reopen_due == at(3, 14).at
    replying.save_draft(question.pk, text="再答", by=district.officer, clock=at(3, 9, 9))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(3, 9, 9))
    replying.release(question.pk, by=district.leader, clock=at(3, 9, 10))

    assert verdicts(question)[1:] == [("reply", "in_time", "schools"), ("reopen", "in_time", "schools")]
    second = Question.objects.get(pk=question.pk)
    assert (second.answer.text, second.reopening.answer_text) == ("您好，请携带居住证和户口簿。", "再答")
    aftercare.rate(question.pk, resolved="yes", satisfaction=5, comment="", by=district.resident, clock=at(3, 10, 9))
    again = {"reason": "x", "by": district.resident, "clock": at(3, 10, 10)}
    assert refusal(reopening.request_reopening, question.pk, **again) == "reopened_already"


def test_only_a_poor_verdict_gives_a_right_to_a_second_look(district):
    question = reopened(district, resolved="yes")

    code = refusal(reopening.request_reopening, question.pk, reason="x", by=district.resident, clock=at(3, 5, 9))
    assert code == "not_poor"


def test_a_second_look_is_asked_within_fifteen_working_days(district):
    question = reopened(district)

    code = refusal(
        reopening.request_reopening, question.pk, reason="x", by=district.resident, clock=FixedClock(question.closes_at)
    )
    assert code == "reopening_over"


def test_a_missed_second_answer_is_booked_at_its_own_due(district):
    question = reopened(district)
    reopening.request_reopening(question.pk, reason="x", by=district.resident, clock=at(3, 5, 9))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 6, 9))
    settle_due(at(3, 16, 9))

    assert verdicts(question)[-1] == ("reopen", "late", "schools")
    assert Verdict.objects.get(question=question, clock="reopen").occurred_at == at(3, 14).at


def test_what_was_answered_once_is_neither_extended_nor_paused_nor_withdrawn(district):
    question = reopened(district)
    reopening.request_reopening(question.pk, reason="x", by=district.resident, clock=at(3, 5, 9))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 5, 10))
    replying.save_draft(question.pk, text="再答", by=district.officer, clock=at(3, 5, 11))

    assert refusal(extension, question, district, at(3, 5, 12)) == "answered_already"
    asked = {"text": "？", "by": district.spokesperson, "clock": at(3, 5, 12)}
    assert refusal(clarifying.ask_asker, question.pk, **asked) == "answered_already"
    assert refusal(aftercare.withdraw, question.pk, by=district.resident, clock=at(3, 5, 12)) == "answered_already"


def test_an_extension_that_nobody_decided_before_the_answer_stays_undecided(district):
    question = accepted(district, by=district.resident)
    extension(question, district, at(3, 2, 11))
    replying.save_draft(question.pk, text="答", by=district.officer, clock=at(3, 2, 12))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(3, 2, 12))
    replying.release(question.pk, by=district.leader, clock=at(3, 2, 12))
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 2, 13))
    reopening.request_reopening(question.pk, reason="x", by=district.resident, clock=at(3, 2, 13))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 2, 13))
    replying.save_draft(question.pk, text="再答", by=district.officer, clock=at(3, 2, 14))

    decide = {"by": district.superior, "clock": at(3, 2, 14)}
    assert refusal(extending.approve_extension, question.pk, **decide) == "answered_already"
    assert refusal(extending.refuse_extension, question.pk, note="x", **decide) == "answered_already"


# --- The other ways out -----------------------------------------------------------------------


def test_a_second_return_goes_to_the_fall_back_office_which_keeps_it(district):
    district.centre.fallback = district.street
    district.centre.save()
    other = dispatched(district)
    handling.request_return(
        other.pk, reason="不归我", proposed_office_id=None, by=district.spokesperson, clock=at(3, 2, 11)
    )
    handling.refuse_return(other.pk, reason="归你", by=district.dispatcher, clock=at(3, 2, 12))
    handling.transfer(other.pk, office_id=district.street.pk, reason="改", by=district.dispatcher, clock=at(3, 2, 13))
    keeps = {"reason": "不归我", "proposed_office_id": None, "by": district.street_spokesperson}
    assert refusal(handling.request_return, other.pk, **keeps, clock=at(3, 2, 14)) == "fallback_keeps"

    handling.transfer(other.pk, office_id=district.schools.pk, reason="改", by=district.dispatcher, clock=at(3, 2, 15))
    back = handling.request_return(
        other.pk, reason="不归我", proposed_office_id=None, by=district.spokesperson, clock=at(3, 2, 16)
    )
    assert (back.state, back.office) == (State.TRANSFERRED, district.street)


def test_danger_to_life_is_handed_over_at_once_and_counted_apart(district):
    question = ask(district)
    after = screening.hand_over(
        question.pk, service="120", told="已通知急救中心", by=district.dispatcher, clock=at(3, 2, 11)
    )

    assert after.state == State.HANDED_OVER
    assert verdicts(question) == [("accept", "not_admitted", "centre"), ("reply", "void", "centre")]


# --- What was published -----------------------------------------------------------------------


def test_an_amended_answer_keeps_its_address_and_says_when_and_why(district, background, client):
    question = published(district)
    background()
    publication.amend(
        question.pk,
        title="入学材料",
        question_text="问",
        answer_text="更正后的答复",
        reason="电话号码有误",
        by=district.editor,
        clock=at(3, 9, 9),
    )
    background()
    page = AnswerPage.objects.get(question=question)
    text = client.get(page.url).content.decode()

    assert "更正后的答复" in text
    assert "电话号码有误" in text
    assert page.revisions.count() == 1


def test_a_withdrawn_answer_leaves_a_tombstone_and_no_trace_of_its_text(district, background, client):
    question = published(district)
    background()
    publication.take_down(question.pk, reason="personal", by=district.editor, clock=at(3, 9, 9))
    background()
    page = AnswerPage.objects.get(question=question)
    response = client.get(page.url)

    assert response.status_code == 410
    assert "涉及个人信息" in response.content.decode()
    assert question.title not in response.content.decode()
    assert "户口簿" not in str(page.revisions.values_list("content", flat=True))


def test_what_is_not_public_cannot_be_amended(district):
    question = in_review(district)

    with pytest.raises(IllegalStep):
        publication.take_down(question.pk, reason="personal", by=district.editor, clock=at(3, 9, 9))
