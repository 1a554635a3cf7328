"""The centre calls back some of those who gave no rating: drawn beforehand, recomputable, beside the own verdict."""

import json
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

import portal.answers
from portal.accounts.models import Role, User
from portal.accounts.queries import actor_for
from portal.answers.actions import aftercare, reopening
from portal.answers.actions.calling import record_result, record_try, take_call
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.actions.erasing import erase_question
from portal.answers.models import CallAttempt, CallBack, CallDraw, Question, Rating
from portal.answers.permissions import P
from portal.answers.queries.call_backs import calls_ended, calls_for, calls_later, calls_now, published_draw
from portal.answers.queries.own_data import held_of_question
from portal.answers.rules.call_backs import TICKETS, Candidate, left_out, period_begin, period_end
from portal.answers.states import CallState, State
from portal.answers.views.evidence import _json as sealed
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import Actor
from portal.kernel.draw import commitment, drawn, pool_digest, ticket
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.answers import AT_MONDAY, answered, ask, at
from tests.factories.call_backs import DRAWN_AT, PHONE, committed, drawn_call, drawn_calls, told

SCRIPT = Path(portal.answers.__file__).parent / "static/portal/answers/yishi_verify.py"

# --- Rules --------------------------------------------------------------------------------------


@pytest.mark.unit
@pytest.mark.parametrize(
    ("confidential", "erased", "reachable", "reason"),
    [
        (False, False, True, ""),
        (False, False, False, "no_telephone"),
        (True, False, True, "confidential"),
        (True, False, False, "confidential"),
        (False, True, False, "erased"),
        (True, True, True, "erased"),
    ],
)
def test_who_is_left_out_and_why(confidential, erased, reachable, reason):
    assert left_out(Candidate(confidential, erased, reachable)) == reason


@pytest.mark.unit
@pytest.mark.parametrize(
    ("day", "every", "begin", "end"),
    [
        (date(2026, 3, 1), "month", date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), "month", date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 1, 30), "month", date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 3, 2), "week", date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 3, 8), "week", date(2026, 3, 2), date(2026, 3, 9)),
    ],
)
def test_the_period_of_a_day(day, every, begin, end):
    assert (period_begin(day, every), period_end(day, every)) == (begin, end)


# --- The draw -----------------------------------------------------------------------------------

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def refusal(action, *args, **kwargs):
    with pytest.raises(NotAllowed) as refused:
        action(*args, **kwargs)
    return refused.value.reason.code


def events(name):
    return EventRecord.objects.filter(name=f"answers.{name}").order_by("position")


def test_the_seeds_of_this_period_and_the_next_are_committed_to_beforehand(db):
    keep_draws(AT_MONDAY)
    keep_draws(AT_MONDAY)

    draws = list(CallDraw.objects.all())
    assert [(draw.begins, draw.ends) for draw in draws] == [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 5, 1)),
    ]
    assert [commitment(draw.seed) for draw in draws] == [draw.commitment for draw in draws]
    assert [record.payload["commitment"] for record in events("call_draw_committed")] == [
        draw.commitment for draw in draws
    ]
    assert not any(draw.seed in str(record.payload) for draw in draws for record in EventRecord.objects.all())


def test_after_an_outage_no_period_is_drawn_by_a_seed_chosen_afterwards(db):
    keep_draws(at(3, 2))
    keep_draws(at(6, 15))

    assert [(draw.begins, draw.ends) for draw in CallDraw.objects.all()] == [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2026, 8, 1)),
    ]


def test_a_change_of_the_setting_leaves_neither_gap_nor_overlap(db, settings):
    keep_draws(at(3, 2))
    settings.ANSWERS_CALL_BACKS = settings.ANSWERS_CALL_BACKS | {"every": "week"}
    keep_draws(at(5, 4))

    periods = [(draw.begins, draw.ends) for draw in CallDraw.objects.all()]
    assert periods[2:] == [(date(2026, 5, 1), date(2026, 5, 11)), (date(2026, 5, 11), date(2026, 5, 18))]
    assert all(one[1] == other[0] for one, other in pairwise(periods))


def test_every_office_is_drawn_from_apart_and_all_where_fewer(district, settings):
    settings.ANSWERS_CALL_BACKS = settings.ANSWERS_CALL_BACKS | {"per_office": 2}
    calls = drawn_calls(district, 3)

    assert len(calls) == 2
    (record,) = events("calls_drawn")
    assert (record.payload["pool"], record.payload["drawn"], record.payload["per_office"]) == (3, 2, 2)
    assert {call.office.code for call in calls} == {"schools"}
    assert {call.month for call in calls} == {date(2026, 3, 1)}


def test_an_outsider_draws_the_same_from_what_is_published(district, settings):
    settings.ANSWERS_CALL_BACKS = settings.ANSWERS_CALL_BACKS | {"per_office": 2}
    calls = drawn_calls(district, 5)
    keep_draws(at(4, 20))  # the calls are over, the seed is open
    draw = CallDraw.objects.get(begins="2026-03-01")
    data = published_draw(draw)

    tickets = data["strata"]["schools"]["tickets"]
    assert commitment(data["seed"]) == data["commitment"]
    assert pool_digest({"schools": tickets}) == data["pool_digest"]
    found = drawn(tickets, data["per_office"], seed=data["seed"], digest=data["pool_digest"])
    assert data["strata"]["schools"]["drawn"] == list(found)
    assert set(found) == {ticket(TICKETS, str(call.question_id)) for call in calls}


def test_nobody_learns_who_is_called_before_the_calls_are_over(district):
    call = drawn_call(district)
    draw = CallDraw.objects.get(pk=call.draw_id)

    before = published_draw(draw)
    assert before["seed"] == ""
    assert before["strata"]["schools"]["drawn"] == []
    assert draw.seed not in str(before) + "".join(str(record.payload) for record in EventRecord.objects.all())

    told(call, district.dispatcher)
    keep_draws(at(4, 1, 11))
    after = published_draw(CallDraw.objects.get(pk=call.draw_id))
    assert after["seed"] == draw.seed
    assert events("call_draw_opened").get().payload == {"seed": draw.seed}


def test_only_answers_without_a_rating_are_in_the_pool(district):
    rated = answered(district, by=district.resident)
    aftercare.rate(rated.pk, resolved="yes", satisfaction=5, comment="", by=district.resident, clock=at(3, 3, 9))
    ask(district, contact=PHONE)  # never answered
    late = answered(district, contact=PHONE, clock=at(3, 20, 10))  # may be rated until April
    call = drawn_call(district)

    assert [one.question_id for one in CallBack.objects.all()] == [call.question_id]
    keep_draws(at(5, 6))
    assert CallBack.objects.filter(question=late).exists()


def test_a_withdrawn_question_is_never_called_about(district):
    question = ask(district, by=district.resident)
    aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 2, 11))
    committed()
    keep_draws(DRAWN_AT)

    assert not CallBack.objects.exists()


def test_who_is_left_out_is_counted_by_reason(district):
    drawn_from = answered(district, contact=PHONE)
    answered(district)  # nobody's number
    answered(district, contact="a@example.org")
    erased = answered(district, contact=PHONE)
    erase_question(erased.pk, by=Actor(tracked=frozenset({str(erased.pk)})), clock=at(3, 20))
    confided = answered(district, contact=PHONE, consents=False)
    Question.objects.filter(pk=confided.pk).update(confidential=True)
    committed()
    keep_draws(DRAWN_AT)
    data = published_draw(CallDraw.objects.get(begins="2026-03-01"))

    assert data["strata"]["schools"]["left_out"] == {"no_telephone": 2, "erased": 1, "confidential": 1}
    assert data["strata"]["schools"]["tickets"] == [ticket(TICKETS, str(drawn_from.pk))]


def test_an_asker_with_an_account_is_called_under_its_verified_number_only(district):
    person = User.objects.get(pk=district.resident.id)
    person.set_phone(PHONE)
    person.save()
    unproven = answered(district, by=district.resident)
    committed()
    keep_draws(DRAWN_AT)
    assert not CallBack.objects.filter(question=unproven).exists()

    User.objects.filter(pk=person.pk).update(phone_verified=True)
    proven = answered(district, by=district.resident, clock=at(4, 2, 10))
    keep_draws(at(5, 6, 9))
    call = CallBack.objects.get(question=proven)
    assert take_call(call.pk, by=district.dispatcher, clock=at(5, 6, 10)) == PHONE


def test_a_draw_happens_once_however_often_the_tick_comes(district):
    drawn_call(district)
    keep_draws(DRAWN_AT)
    keep_draws(at(4, 2))

    assert CallBack.objects.count() == 1
    assert events("calls_drawn").count() == 1


# --- Who may call -------------------------------------------------------------------------------


def test_nobody_calls_about_an_answer_of_their_own_office(district):
    call = drawn_call(district)
    double = UserFactory()
    AppointmentFactory(user=double, office=district.centre, role=Role.DISPATCHER)
    AppointmentFactory(user=double, office=district.schools, role=Role.OFFICER)
    chief = UserFactory()
    AppointmentFactory(user=chief, office=district.centre, role=Role.DISPATCHER)
    AppointmentFactory(user=chief, office=district.city, role=Role.LEADER)

    for person in (double, chief):
        actor = actor_for(User.objects.get(pk=person.pk))
        assert refusal(take_call, call.pk, by=actor, clock=at(4, 1, 10)) == "own_answer"
        assert not calls_for(actor).exists()
    for name in ("spokesperson", "leader", "auditor", "editor", "resident"):
        assert refusal(take_call, call.pk, by=getattr(district, name), clock=at(4, 1, 10)) == "not_centre"


def test_list_and_decision_agree_for_everybody(district):
    call = drawn_call(district)
    double = UserFactory()
    AppointmentFactory(user=double, office=district.centre, role=Role.DISPATCHER)
    AppointmentFactory(user=double, office=district.schools, role=Role.EDITOR)
    names = ("dispatcher", "second_dispatcher", "spokesperson", "officer", "leader", "superior", "auditor", "resident")
    question = Question.objects.select_related("office", "centre").get(pk=call.question_id)

    for actor in [*(getattr(district, name) for name in names), actor_for(User.objects.get(pk=double.pk))]:
        assert calls_for(actor).exists() == bool(can(actor, P.CALL_BACK, question))


# --- Calling ------------------------------------------------------------------------------------


def test_who_looks_at_the_number_is_on_record_and_the_office_sees_nothing_of_it(district):
    call = drawn_call(district)
    before = EventRecord.objects.filter(aggregate=f"portal.answers.question:{call.question_id}").count()

    assert take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10)) == PHONE

    record = events("call_taken").get()
    assert (record.aggregate, record.actor) == (call.ref, f"person:{district.dispatcher.id}")
    assert record.payload == {"question": str(call.question_id)}
    assert EventRecord.objects.filter(aggregate=f"portal.answers.question:{call.question_id}").count() == before


def test_while_one_calls_nobody_else_does(district):
    call = drawn_call(district)
    take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10))

    assert refusal(take_call, call.pk, by=district.second_dispatcher, clock=at(4, 1, 10, 19)) == "taken"
    assert take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10, 19))
    assert take_call(call.pk, by=district.second_dispatcher, clock=at(4, 1, 10, 39))
    assert (
        refusal(record_try, call.pk, outcome="refused", note="", by=district.dispatcher, clock=at(4, 1, 10, 40))
        == "not_taken"
    )


def try_in_vain(call, by, clock, outcome="no_answer"):
    take_call(call.pk, by=by, clock=clock)
    return record_try(call.pk, outcome=outcome, note="", by=by, clock=clock)


def test_after_three_tries_at_different_times_the_asker_counts_as_not_reached(district):
    call = drawn_call(district)
    first = try_in_vain(call, district.dispatcher, at(4, 1, 10))
    assert (first.state, first.not_before) == (CallState.OPEN, at(4, 1, 14).at)
    assert refusal(take_call, call.pk, by=district.second_dispatcher, clock=at(4, 1, 13, 59)) == "try_later"

    try_in_vain(call, district.second_dispatcher, at(4, 1, 14))
    last = try_in_vain(call, district.dispatcher, at(4, 2, 9))

    assert last.state == CallState.NOT_REACHED
    assert events("call_back_failed").get().payload["outcome"] == "not_reached"
    assert [(one.number, str(one.called_by_id), one.outcome) for one in CallAttempt.objects.all()] == [
        (1, district.dispatcher.id, "no_answer"),
        (2, district.second_dispatcher.id, "no_answer"),
        (3, district.dispatcher.id, "no_answer"),
    ]
    with pytest.raises(IllegalStep):
        take_call(call.pk, by=district.dispatcher, clock=at(4, 3, 9))


@pytest.mark.parametrize(
    ("outcome", "state"), [("refused", CallState.REFUSED), ("wrong_number", CallState.NOT_REACHED)]
)
def test_who_does_not_want_to_and_a_wrong_number_are_not_tried_again(district, outcome, state):
    call = drawn_call(district)

    assert try_in_vain(call, district.dispatcher, at(4, 1, 10), outcome).state == state


def test_what_was_not_called_in_time_is_counted_as_the_centres_own_omission(district):
    call = drawn_call(district)
    due = call.draw.due
    try_in_vain(call, district.dispatcher, at(4, 1, 10))

    assert refusal(take_call, call.pk, by=district.dispatcher, clock=at(4, 20, 9)) == "calls_over"
    keep_draws(at(4, 20, 9))
    keep_draws(at(4, 20, 9))

    call.refresh_from_db()
    assert (call.state, call.ended_at) == (CallState.NOT_CALLED, due)
    assert events("call_back_failed").get().occurred_at == due


def test_an_asker_who_had_everything_erased_is_not_called(district):
    call = drawn_call(district)
    erase_question(call.question_id, by=Actor(tracked=frozenset({str(call.question_id)})), clock=at(4, 1, 9))

    assert refusal(take_call, call.pk, by=district.dispatcher, clock=at(4, 1, 10)) == "no_telephone"
    keep_draws(at(4, 1, 11))
    call.refresh_from_db()
    assert call.state == CallState.DROPPED


# --- What was said ------------------------------------------------------------------------------


def test_a_result_is_kept_with_its_source_and_who_called_when(district):
    call = drawn_call(district)
    question = told(
        call, district.dispatcher, resolved="partly", satisfaction=4, comment="还差一份证明", note="下午打的"
    )

    rating = Rating.objects.get()
    assert (rating.source, rating.resolved, rating.satisfaction, rating.comment) == (
        "call_back",
        "partly",
        4,
        "还差一份证明",
    )
    assert question.rating is None
    assert question.told_by_phone == rating
    attempt = CallAttempt.objects.get()
    assert (attempt.outcome, str(attempt.called_by_id), attempt.called_at) == (
        "reached",
        district.dispatcher.id,
        at(4, 1, 10).at,
    )
    record = events("asker_called_back").get()
    assert (record.payload["resolved"], record.payload["satisfaction"]) == ("partly", 4)
    assert list(faults()) == []


def test_a_result_stands_beside_the_askers_own_verdict(district):
    call = drawn_call(district)
    own = Rating.objects.create(
        question_id=call.question_id, resolved="no", satisfaction=1, comment="自己写的", rated_at=at(3, 9).at
    )
    question = told(call, district.dispatcher)

    own.refresh_from_db()
    assert (own.resolved, own.satisfaction, own.comment) == ("no", 1, "自己写的")
    assert question.rating == own


def test_whoever_did_not_take_the_call_cannot_write_its_result(district):
    call = drawn_call(district)
    take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10))
    words = {"comment": "", "reopening": "", "note": ""}

    code = refusal(
        record_result, call.pk, resolved="yes", satisfaction=5, **words, by=district.second_dispatcher,
        clock=at(4, 1, 10),
    )  # fmt: skip
    assert code == "not_taken"
    assert not Rating.objects.exists()


def test_a_poor_result_gives_the_asker_the_way_to_a_second_look(district):
    call = drawn_call(district)
    aftercare.close_due(at(3, 30))
    question = told(call, district.dispatcher, resolved="no", satisfaction=2)
    assert question.state == State.CLOSED
    assert question.closes_at == at(4, 24).at  # fifteen working days after April 1st, Qingming between

    asker = Actor(tracked=frozenset({str(question.pk)}))
    late = refusal(reopening.request_reopening, question.pk, reason="x", by=asker, clock=at(4, 24))
    assert late == "reopening_over"
    reopening.request_reopening(question.pk, reason="还是不行", by=asker, clock=at(4, 20))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(4, 21))
    assert Question.objects.get(pk=question.pk).state == State.REOPENED


def test_a_good_result_opens_no_way(district):
    call = drawn_call(district)
    question = told(call, district.dispatcher, resolved="yes", satisfaction=3)
    asker = Actor(tracked=frozenset({str(question.pk)}))

    assert refusal(reopening.request_reopening, question.pk, reason="x", by=asker, clock=at(4, 2)) == "reopening_over"
    Question.objects.filter(pk=question.pk).update(closes_at=at(4, 9).at)
    assert refusal(reopening.request_reopening, question.pk, reason="x", by=asker, clock=at(4, 2)) == "not_poor"


def test_the_caller_writes_down_that_the_asker_wants_a_second_look(district):
    call = drawn_call(district)
    question = told(call, district.dispatcher, resolved="no", satisfaction=1, reopening="材料还是不收")

    assert question.state == State.REOPEN_REVIEW
    assert question.reopening.reason == "材料还是不收"


def test_a_second_look_is_written_down_with_a_poor_verdict_only(district):
    call = drawn_call(district)

    assert refusal(told, call, district.dispatcher, resolved="yes", satisfaction=5, reopening="x") == "good_verdict"
    assert not Rating.objects.exists()


# --- Counting -----------------------------------------------------------------------------------


def test_a_reached_call_without_a_verdict_cannot_be_stored(district):
    call = drawn_call(district)

    with pytest.raises(IntegrityError), transaction.atomic():
        CallBack.objects.filter(pk=call.pk).update(state="reached", ended_at=at(4, 1).at)


def test_the_lists_of_a_caller(district):
    now, later, over = drawn_calls(district, 3)
    try_in_vain(later, district.dispatcher, at(4, 1, 10))
    told(over, district.dispatcher)

    assert list(calls_now(district.dispatcher, at(4, 1, 11).at)) == [now]
    assert list(calls_later(district.dispatcher, at(4, 1, 11).at)) == [later]
    assert list(calls_ended(district.dispatcher)) == [over]
    assert set(calls_now(district.dispatcher, at(4, 1, 15).at)) == {now, later}


# --- For strangers ------------------------------------------------------------------------------


@pytest.fixture
def stranger(tmp_path):
    """Run the verifier on a published draw, as a stranger does; return its exit status and what it says."""

    def run(text, *arguments):
        (tmp_path / "draw.json").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), *arguments, "draw.json"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


def draw_json(client):
    return client.get(reverse("answers:call_draw", args=["2026-03-01"])).content.decode()


def test_a_stranger_draws_again_on_the_command_line(district, client, stranger, settings):
    settings.ANSWERS_CALL_BACKS = settings.ANSWERS_CALL_BACKS | {"per_office": 2}
    committed()
    assert stranger(draw_json(client))[0] == 0

    call, *_others = drawn_calls(district, 4)
    status, said = stranger(draw_json(client), "--ticket", str(call.question_id))
    assert status == 0
    assert "4 in the pool; yours is in it, at schools; the seed is not open" in said

    keep_draws(at(4, 20))
    status, said = stranger(draw_json(client))
    assert (status, "4 in the pool; 2 drawn, the same" in said) == (0, True), said


@pytest.mark.parametrize(
    ("forge", "complaint"),
    [
        (lambda data: data.update(seed="0" * 64), "not the one that was committed to"),
        (lambda data: data["strata"]["schools"]["tickets"].pop(), "the pool differs"),
        (lambda data: data["strata"]["schools"]["drawn"].reverse(), "others are drawn"),
        (lambda data: data.update(committed_at="2026-04-01T01:00:01+00:00"), "after the pool was closed"),
    ],
)
def test_a_forged_draw_is_caught(district, client, stranger, settings, forge, complaint):
    settings.ANSWERS_CALL_BACKS = settings.ANSWERS_CALL_BACKS | {"per_office": 2}
    drawn_calls(district, 4)
    keep_draws(at(4, 20))
    data = json.loads(draw_json(client))
    del data["seal"]
    forge(data)
    status, said = stranger(sealed(data))

    assert status == 1
    assert complaint in said


def test_the_page_of_the_draws_tells_how_each_went(district, client, settings):
    first, second, third = drawn_calls(district, 3)
    answered(district)
    told(first, district.dispatcher)
    try_in_vain(second, district.dispatcher, at(4, 1, 10), "refused")
    before = client.get(reverse("answers:call_draws")).content.decode()
    assert "正在回访" in before
    assert "已回访 1" not in before

    keep_draws(at(4, 20))
    page = client.get(reverse("answers:call_draws")).content.decode()
    draw = CallDraw.objects.get(begins="2026-03-01")
    for shown in (draw.commitment, draw.pool_digest, draw.seed, "未打完 1", "已回访 1", "不愿回答 1"):
        assert shown in page
    assert CallBack.objects.get(pk=third.pk).state == CallState.NOT_CALLED


def test_there_is_no_draw_of_another_day(client, db):
    for begins in ("2026-03-01", "2026-13-45"):
        assert client.get(f"/open/call-backs/{begins}.json").status_code == 404


def test_what_a_caller_noted_goes_with_the_erasure_and_who_looked_is_told_on_request(district):
    call = drawn_call(district)
    take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10))
    record_try(call.pk, outcome="no_answer", note="她说晚上再打", by=district.dispatcher, clock=at(4, 1, 10))
    asker = Actor(tracked=frozenset({str(call.question_id)}))
    held = held_of_question(Question.objects.get(pk=call.question_id))
    assert "answers.call_taken" in str(held.tables)
    assert "她说晚上再打" not in str(held.tables)  # words of staff

    aftercare.close_due(at(4, 1, 11))
    erase_question(call.question_id, by=asker, clock=at(4, 1, 12))
    assert CallAttempt.objects.get().note == ""
    keep_draws(at(4, 1, 13))
    assert CallBack.objects.get().state == CallState.DROPPED
