"""Staff enter a question for somebody: the clocks start when the person spoke, and two persons see to a late entry."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import (
    aftercare,
    checking,
    clarifying,
    entering,
    handling,
    merging,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.settling import settle_due
from portal.answers.models import Answer, AskDraft, Intake, Question, Verdict
from portal.answers.queries.case import case, load_question
from portal.answers.queries.queue import QueueFilter, queue
from portal.answers.queries.timeline import timeline
from portal.answers.rules.contacts import Contact
from portal.answers.rules.replay import Happened
from portal.answers.rules.replay import verdicts as replayed
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import ANONYMOUS
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from portal.notifications.models import Notice
from tests.factories.answers import MONDAY, accepted, at, entered, make_topic

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PHONE = "+8613800138000"


def events(question):
    return list(EventRecord.objects.filter(aggregate=question.ref).order_by("position"))


def names(question):
    return [record.name.removeprefix("answers.") for record in events(question)]


def verdicts(question):
    rows = Verdict.objects.filter(question=question, leg=None).select_related("office")
    return {(row.clock, row.outcome): (row.due, row.office.code) for row in rows}


def refusal(act):
    with pytest.raises(NotAllowed) as refused:
        act()
    return refused.value.reason.code


# --- When the clocks start ----------------------------------------------------------------------


def test_both_clocks_start_when_the_person_spoke(district):
    question = entered(district, received_at=at(3, 2, 9, 50).at, clock=at(3, 2, 10))

    assert question.submitted_at == at(3, 2, 9, 50).at
    assert (question.accept_due, question.reply_due) == (at(3, 3, 9, 50).at, at(3, 12).at)
    (submitted,) = events(question)
    assert submitted.occurred_at == at(3, 2, 9, 50).at
    assert submitted.recorded_at == at(3, 2, 10).at
    assert submitted.payload["channel"] == "telephone"
    assert submitted.payload["received_at"] == at(3, 2, 9, 50).at.isoformat()
    assert submitted.payload["recorded_at"] == at(3, 2, 10).at.isoformat()


def test_just_before_midnight_the_day_counts_on_which_it_was_told(district):
    question = entered(district, received_at=at(3, 2, 23, 50).at, clock=at(3, 3, 0, 10))

    assert question.reply_due == at(3, 12).at
    assert question.number.startswith("Q260302-")


@pytest.mark.parametrize(
    ("received_at", "code"),
    [
        (at(3, 2, 10, 1), "receipt_ahead"),
        (at(3, 1, 10), "already_missed"),
        (at(1, 5, 10), "already_missed"),
    ],
)
def test_a_time_that_cannot_be_is_refused(district, received_at, code):
    assert refusal(lambda: entered(district, received_at=received_at.at)) == code
    assert not Question.objects.exists()
    assert not AskDraft.objects.exists()


def test_a_slip_of_the_year_is_refused(district):
    last_year = MONDAY.replace(year=2025)

    assert refusal(lambda: entered(district, received_at=last_year, knows_missed=True)) == "receipt_too_old"


def test_what_was_missed_before_it_was_typed_is_booked_to_the_centre_that_had_it(district):
    question = entered(district, received_at=at(2, 9, 10).at, clock=at(3, 2, 10), channel="letter", knows_missed=True)

    assert verdicts(question) == {
        ("accept", "late"): (at(2, 10, 10).at, "centre"),
        ("reply", "late"): (question.reply_due, "centre"),
    }
    assert question.reply_due < at(3, 2, 10).at
    assert names(question) == ["question_submitted", "receipt_check_needed", "verdict_recorded", "verdict_recorded"]
    assert list(faults()) == []


def test_what_an_office_kept_back_is_booked_to_that_office(district):
    question = entered(
        district,
        by=district.officer,
        office=district.schools,
        channel="visit",
        received_at=at(2, 28, 9).at,
        clock=at(3, 2, 10),
        knows_missed=True,
    )
    screening.screen(question.pk, by=district.dispatcher, clock=at(3, 2, 11))

    assert verdicts(question) == {("accept", "late"): (at(3, 1, 9).at, "schools")}
    legs = [(leg.office.code, leg.started_at, leg.ended_at) for leg in question.legs.select_related("office")]
    assert legs == [
        ("schools", at(2, 28, 9).at, at(3, 2, 10).at),
        ("centre", at(3, 2, 10).at, None),
    ]


def test_the_queue_orders_by_the_stricter_time(district):
    question = entered(district, received_at=at(3, 2, 4).at)

    assert question.nearest_due == at(3, 3, 4).at
    settle_due(at(3, 3, 4))
    assert ("accept", "late") in verdicts(question)


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "office", "allowed"),
    [
        ("dispatcher", "centre", True),
        ("spokesperson", "schools", True),
        ("officer", "schools", True),
        ("officer", "street", False),
        ("dispatcher", "schools", False),
        ("leader", "schools", False),
        ("auditor", "centre", False),
        ("resident", "centre", False),
    ],
)
def test_only_who_hears_people_enters_and_only_at_the_own_office(district, who, office, allowed):
    def act():
        return entered(district, by=getattr(district, who), office=getattr(district, office))

    if allowed:
        assert act().state == "submitted"
    else:
        assert refusal(act) in ("not_your_counter", "not_a_listener", "not_your_entry")


def test_an_office_enters_for_the_centre_to_screen_and_cannot_dispatch(district):
    question = entered(district, by=district.spokesperson, office=district.schools)

    assert question.office == question.centre == district.centre
    assert (
        refusal(
            lambda: screening.dispatch(
                question.pk,
                office_id=district.schools.pk,
                public_title="题",
                by=district.spokesperson,
                clock=at(3, 2, 11),
            )
        )
        == "not_centre"
    )


def test_somebody_elses_form_is_not_sent(district):
    token = uuid4()
    AskDraft.objects.create(pk=token, owner_id=district.officer.id, created_at=MONDAY)
    told = entering.Told(make_topic(), "题", "文", "telephone", MONDAY, consents=False)

    assert (
        refusal(
            lambda: entering.enter(
                token, told, office_id=district.centre.pk, by=district.dispatcher, clock=at(3, 2, 10)
            )
        )
        == "not_your_entry"
    )


# --- The second person --------------------------------------------------------------------------


@pytest.fixture
def late(district):
    """Told on Monday at 08:00, typed at 10:00."""
    return entered(district, received_at=at(3, 2, 8).at)


def test_what_is_typed_at_once_needs_no_second_person(district):
    question = entered(district, received_at=at(3, 2, 9, 30).at)

    assert question.intake.check_state == Intake.Check.NOT_NEEDED
    assert (
        refusal(lambda: checking.confirm_receipt(question.pk, by=district.second_dispatcher, clock=at(3, 2, 11)))
        == "no_check_open"
    )


def test_confirming_moves_no_date(district, late):
    dates = (late.accept_due, late.reply_due)
    question = checking.confirm_receipt(late.pk, by=district.second_dispatcher, clock=at(3, 2, 11))

    assert (question.accept_due, question.reply_due) == dates
    assert question.intake.check_state == Intake.Check.CONFIRMED
    assert names(late)[-1] == "receipt_confirmed"


@pytest.mark.parametrize("who", ["dispatcher", "spokesperson", "leader", "auditor", "officer"])
def test_neither_who_entered_nor_who_is_not_of_the_centre_decides(district, late, who):
    code = refusal(lambda: checking.confirm_receipt(late.pk, by=getattr(district, who), clock=at(3, 2, 11)))

    assert code == ("own_entry" if who == "dispatcher" else "not_centre_leader")


def test_the_database_refuses_the_same_person_twice(district, late):
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(question=late).update(
            check_state="confirmed", checked_by_id=district.dispatcher.id, checked_at=MONDAY
        )


def correct(district, question, to, *, clock=None):
    return checking.correct_receipt(
        question.pk,
        received_at=to.at,
        reason="通话记录为准",
        by=district.second_dispatcher,
        clock=clock or at(3, 2, 11),
    )


def test_a_correction_to_later_moves_the_dates_with_an_event_and_a_notice(district, background, clock):
    question = entered(district, received_at=at(3, 1, 23).at, contact=Contact("phone", PHONE))
    background()
    clock.set(at(3, 2, 11).at)
    after = correct(district, question, at(3, 2, 9))
    background()

    assert (after.submitted_at, after.accept_due, after.reply_due) == (at(3, 2, 9).at, at(3, 3, 9).at, at(3, 12).at)
    told = events(question)[-1]
    assert (told.name, told.payload["moved"]) == ("answers.receipt_corrected", True)
    kinds = list(Notice.objects.filter(recipient=question.ref).values_list("kind", flat=True))
    assert kinds == ["answers.received", "answers.receipt_corrected"]


def test_a_correction_to_earlier_brings_out_what_was_missed(district, late):
    after = correct(district, late, at(3, 1, 9))

    assert verdicts(late) == {("accept", "late"): (at(3, 2, 9).at, "centre")}
    assert after.reply_due == at(3, 11).at
    assert late.legs.get().started_at == at(3, 1, 9).at
    assert names(late)[-2:] == ["receipt_corrected", "verdict_recorded"]


def test_a_verdict_that_stands_keeps_its_date(district, late):
    screening.dispatch(
        late.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 10, 30)
    )
    handling.accept(late.pk, by=district.spokesperson, clock=at(3, 2, 10, 45))
    after = correct(district, late, at(3, 1, 9))

    assert after.accept_due == at(3, 3, 8).at
    assert verdicts(late) == {("accept", "in_time"): (at(3, 3, 8).at, "schools")}
    assert after.reply_due == at(3, 11).at


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (at(3, 2, 10, 1), "corrected_too_late"),  # after it was typed
        (at(1, 1, 9).at.replace(year=2025), "receipt_too_old"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(district, late, to, code):
    moment = getattr(to, "at", to)

    assert (
        refusal(
            lambda: checking.correct_receipt(
                late.pk, received_at=moment, reason="x", by=district.second_dispatcher, clock=at(3, 2, 11)
            )
        )
        == code
    )
    assert Intake.objects.get(question=late).check_state == "open"


def test_what_was_missed_is_not_corrected_away(district):
    question = entered(district, received_at=at(3, 1, 9).at, knows_missed=True)  # missed on Monday at 09:00

    assert refusal(lambda: correct(district, question, at(3, 2, 9))) == "corrected_too_late"
    after = correct(district, question, at(3, 2, 8, 59))
    assert after.accept_due == at(3, 2, 9).at
    assert verdicts(question) == {("accept", "late"): (at(3, 2, 9).at, "centre")}


def test_it_is_checked_once(district, late):
    checking.confirm_receipt(late.pk, by=district.second_dispatcher, clock=at(3, 2, 11))

    assert refusal(lambda: correct(district, late, at(3, 2, 7))) == "no_check_open"


def with_the_office(district, question, *, clock):
    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=clock
    )
    return handling.accept(question.pk, by=district.spokesperson, clock=clock)


def answer_it(district, question, *, clock):
    with_the_office(district, question, clock=clock)
    replying.save_draft(question.pk, text="在社区办。", by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    return replying.release(question.pk, by=district.spokesperson, clock=clock)


def merged(district, question):
    lead = accepted(district)
    merging.merge(question.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 10, 30))


def waiting(district, question):
    with_the_office(district, question, clock=at(3, 2, 10, 30))
    clarifying.ask_asker(question.pk, text="哪个社区？", by=district.spokesperson, clock=at(3, 2, 10, 40))


def is_answered(district, question):
    answer_it(district, question, clock=at(3, 2, 10, 30))


def asks_again(district, question):
    answer_it(district, question, clock=at(3, 2, 10, 30))
    aftercare.rate_told(
        question.pk, resolved="no", satisfaction=1, comment="", by=district.second_dispatcher, clock=at(3, 2, 10, 40)
    )
    asker = replace(ANONYMOUS, tracked=frozenset({str(question.pk)}))
    reopening.request_reopening(question.pk, reason="没有说地址", by=asker, clock=at(3, 2, 10, 45))


def reopened(district, question):
    asks_again(district, question)
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 2, 10, 50))


BESIDE = [merged, waiting, is_answered, asks_again, reopened]


@pytest.mark.parametrize("put", BESIDE)
def test_until_somebody_has_decided_the_check_waits_whatever_has_become_of_the_question(district, late, put):
    put(district, late)
    checker, noon = district.second_dispatcher, at(3, 2, 12).at

    assert {"confirm_receipt", "correct_receipt"} <= set(case(load_question(late.pk), checker, noon).steps)
    for chosen in (QueueFilter(turn="receipts"), QueueFilter(group="receipt")):
        assert [question.pk for question in queue(checker, chosen, noon)] == [late.pk]
    assert ("confirm_receipt", "own_entry") in {
        (step, reason.code) for step, reason in case(load_question(late.pk), district.dispatcher, noon).hindered.items()
    }

    checking.confirm_receipt(late.pk, by=checker, clock=at(3, 2, 12))
    for chosen in (QueueFilter(turn="receipts"), QueueFilter(group="receipt")):
        assert not queue(checker, chosen, noon).exists()


@pytest.mark.parametrize("put", BESIDE)
def test_a_correction_moves_only_what_still_runs_and_anybody_can_recompute_it(district, late, put):
    put(district, late)
    stood = verdicts(late)
    after = correct(district, late, at(3, 1, 9), clock=at(3, 2, 12))

    assert after.submitted_at == at(3, 1, 9).at
    assert verdicts(late).items() >= stood.items()
    assert Verdict.objects.filter(question=late, clock="reply").count() == (put in (is_answered, asks_again, reopened))
    happened = [Happened(record.name, record.occurred_at, record.payload) for record in events(late)]
    assert {(ruling.kind, ruling.outcome, ruling.due) for ruling in replayed(happened, at(3, 2, 12).at)} == {
        (row.clock, row.outcome, row.due) for row in Verdict.objects.filter(question=late)
    }
    assert list(faults()) == []


def test_the_lead_of_a_merged_question_is_as_urgent_as_the_corrected_time_makes_it(district):
    late = entered(district, received_at=at(3, 2, 8).at)
    lead = accepted(district)
    merging.merge(late.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 10, 30))
    correct(district, late, at(3, 1, 9))

    lead.refresh_from_db()
    assert lead.members_due == lead.nearest_due == at(3, 11).at


def test_how_long_an_answer_took_is_counted_from_the_corrected_time(district, late):
    answer_it(district, late, clock=at(3, 3, 10))
    assert Answer.objects.get(question=late).working_days == 1
    correct(district, late, at(2, 27, 9), clock=at(3, 3, 12))

    assert Answer.objects.get(question=late).working_days == 3  # Saturday 28 February makes up for the festival


def test_what_ended_without_an_answer_counts_for_no_promise_and_is_not_checked(district, late):
    screening.propose_refusal(
        late.pk, reason="no_question", explanation="x", other_route="x", by=district.dispatcher, clock=at(3, 2, 11)
    )
    screening.approve_refusal(late.pk, by=district.second_dispatcher, clock=at(3, 2, 11))

    with pytest.raises(IllegalStep):
        checking.confirm_receipt(late.pk, by=district.second_dispatcher, clock=at(3, 2, 12))


def test_the_others_at_the_centre_are_told_and_not_who_entered(district, late, background, clock):
    background()

    told = {notice.recipient.rpartition(":")[2] for notice in Notice.objects.filter(kind="answers.to_check")}
    assert told == {district.second_dispatcher.id, district.superior.id}


# --- Reaching the person ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "channels"),
    [
        (Contact("phone", PHONE), ["sms"]),
        (Contact("email", "wang@example.org"), ["email"]),
        (Contact("call", "+8657487654321"), []),
        (None, []),
    ],
)
def test_the_receipt_goes_where_the_person_wants_it(district, background, clock, contact, channels):
    question = entered(district, contact=contact)
    background()

    sent = Notice.objects.filter(recipient=question.ref, kind="answers.received")
    assert [notice.channel for notice in sent] == channels


def test_the_tracking_code_opens_it_and_it_can_be_withdrawn(district, client, clock):
    token = uuid4()
    told = entering.Told(make_topic(), "题", "文", "counter", MONDAY, consents=False)
    question, code = entering.enter(
        token, told, office_id=district.centre.pk, by=district.dispatcher, clock=at(3, 2, 10)
    )
    opened = client.post(reverse("answers:track"), {"code": code})
    page = client.get(opened["Location"]).content.decode()
    client.post(reverse("answers:withdraw", args=[question.pk]))

    assert "工作人员按您说的作了登记（窗口）" in page
    assert Question.objects.get(pk=question.pk).state == "withdrawn"


def test_staff_who_entered_it_are_not_the_asker(district):
    question = entered(district)

    assert question.asker_id is None
    assert [entry.text for entry in timeline(question, for_staff=True)] == [
        "工作人员代为登记（电话），两个时限从收到的那一刻起计算。"
    ]


# --- The pages ----------------------------------------------------------------------------------


@pytest.fixture
def desk(client, district, clock):
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    return client


def typed(district, **other):
    return {
        "token": str(uuid4()),
        "text": "门口的路灯三天没亮了。",
        "title": "路灯不亮",
        "topic": make_topic().pk,
        "place": "东河路 3 号",
        "wished_office": str(district.street.pk),
        "channel": "telephone",
        "received_at": "2026-03-02T09:55",
        "office": "centre",
        "nickname": "王女士",
        "whom": "self",
        "relation": "",
        "contact_kind": "call",
        "contact": "0574-87654321",
        "language": "zh-hans",
        "consents": "yes",
        "mandate": "on",
    } | other


def send(client, district, **other):
    return client.post(reverse("answers_desk:enter"), typed(district, **other))


def test_one_page_makes_the_question_and_leads_to_the_receipt(desk, district):
    response = send(desk, district, whom="other", relation="女儿")
    question = Question.objects.select_related("intake").get()
    receipt = desk.get(response["Location"]).content.decode()

    assert response.status_code == 302
    assert (question.contact_kind, question.contact) == ("call", "+8657487654321")
    assert (question.nickname, question.place, question.wished_office) == ("王女士", "东河路 3 号", district.street)
    assert question.intake.relation == "女儿"
    assert question.submitted_at == at(3, 2, 9, 55).at
    assert question.number in receipt
    assert "0574 8765 4321" in receipt
    assert "最迟 2026-03-11 答复" in receipt
    assert len(re.findall(r"<span>[0-9A-Z]{6}</span>", receipt)) == 3


def test_the_slip_says_nothing_of_the_matter_and_speaks_the_persons_language(desk, district):
    address = send(desk, district, language="en")["Location"]
    slip = desk.get(f"{address}slip/").content.decode()

    assert 'lang="en"' in slip
    assert Question.objects.get().number in slip
    assert "路灯" not in slip
    assert "王女士" not in slip
    assert "+8657487654321" not in slip


@pytest.mark.parametrize(
    ("other", "field", "error"),
    [
        ({"text": ""}, "text", "请记下对方说的事"),
        ({"mandate": ""}, "mandate", "须征得对方同意"),
        ({"consents": ""}, "consents", "请问对方是否同意公开"),
        ({"whom": "other"}, "relation", "请写明是当事人的什么人"),
        ({"contact": ""}, "contact", "带区号的固定电话"),
        ({"contact_kind": "phone"}, "contact", "固定电话请选“打电话”"),
        ({"contact_kind": "email", "contact": "x@"}, "contact", "电子邮箱"),
        ({"contact_kind": ""}, "contact_kind", "请选择怎么告诉对方答复"),
        ({"received_at": "昨天"}, "received_at", "年-月-日"),
        ({"received_at": "2026-03-02T10:01"}, "received_at", "不能晚于现在"),
        ({"channel": "online"}, "channel", "online"),
        ({"office": "schools"}, "office", "只能登记在您任职的单位"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(desk, district, other, field, error):
    response = send(desk, district, **other)
    page = response.content.decode()

    assert response.status_code == 422
    assert any(error in str(said) for said in response.context["form"].errors[field])
    assert 'href="#id_' in page
    if "text" not in other:
        assert "门口的路灯三天没亮了。" in page
    assert not Question.objects.exists()


def test_a_limit_that_has_passed_is_said_and_must_be_meant(desk, district):
    old = {"received_at": "2026-03-01T09:00", "channel": "letter"}
    asked = send(desk, district, **old)
    assert asked.status_code == 422
    assert "时限确实已过，记为超时" in asked.content.decode()
    meant = send(desk, district, **old, missed="on")
    receipt = desk.get(meant["Location"]).content.decode()

    assert verdicts(Question.objects.get()) == {("accept", "late"): (at(3, 2, 9).at, "centre")}
    assert "受理时限 2026-03-02 09:00 已经过了" in receipt


def test_two_presses_make_one_question_and_show_one_receipt(desk, district):
    sent = typed(district)
    first, second = (desk.post(reverse("answers_desk:enter"), sent)["Location"] for _press in range(2))

    assert first == second
    assert Question.objects.count() == 1


def test_the_form_starts_now_with_the_channel_of_the_last_one(desk, district):
    send(desk, district, channel="counter")
    page = desk.get(reverse("answers_desk:enter")).content.decode()

    assert 'value="2026-03-02T10:00"' in page
    assert re.search(r'value="counter"[^>]*checked', page)


def test_only_who_entered_it_sees_the_code(desk, district, client):
    address = send(desk, district)["Location"]
    client.force_login(User.objects.get(pk=district.second_dispatcher.id))

    assert client.get(address).status_code == 404
    assert client.get(f"{address}slip/").status_code == 404


def test_the_receipt_is_gone_with_the_draft(desk, district):
    address = send(desk, district)["Location"]
    AskDraft.objects.all().delete()

    assert desk.get(address).status_code == 404


def test_the_second_person_decides_on_the_case_page(desk, district, client):
    send(desk, district, received_at="2026-03-02T08:00")
    question = Question.objects.get()
    case = reverse("answers_desk:case", args=[question.pk])
    own = desk.get(case).content.decode()
    client.force_login(User.objects.get(pk=district.second_dispatcher.id))
    found = client.get(reverse("answers_desk:queue"), {"group": "receipt"}).content.decode()
    shown = client.get(case).content.decode()
    sent = {"correct_receipt-seen": question.version, "correct_receipt-received_at": "2026-03-02T07:30"}
    address = reverse("answers_desk:step", args=[question.pk, "correct_receipt"])
    refused = client.post(address, sent)
    done = client.post(address, sent | {"correct_receipt-reason": "录音为 7:30"}, follow=True).content.decode()

    assert "不能由登记的人核对" in own
    assert question.number in found
    assert 'value="2026-03-02T08:00"' in shown
    assert refused.status_code == 422
    assert "录音为 7:30" in done
    assert "更正为 03-02 07:30" in done
    assert Question.objects.get().accept_due == at(3, 3, 7, 30).at


def test_nobody_without_a_role_gets_the_form(client, district, clock):
    for who in ("leader", "editor", "auditor", "resident"):
        client.force_login(User.objects.get(pk=getattr(district, who).id))
        assert client.get(reverse("answers_desk:enter")).status_code in (302, 403), who


def test_minutes_round_nothing_up(district):
    question = entered(district, received_at=at(3, 2, 9, 30).at, clock=at(3, 2, 10, 0, 1))

    assert question.intake.check_state == Intake.Check.OPEN
    assert question.accept_due - question.submitted_at == timedelta(hours=24)
