"""Who is told of what, when, and in which words."""

from collections import defaultdict

import pytest
from django.utils import translation

from portal.accounts.models import User
from portal.answers.actions import handling, replying, screening
from portal.answers.models import Question
from portal.answers.plugs.notices import tell_asker
from portal.journal.handlers import Told
from portal.journal.models import EventRecord
from portal.notifications.addresses import person
from portal.notifications.models import Notice
from portal.notifications.texts import texts
from tests.factories.answers import accepted, answered, ask, dispatched, in_review, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(background):
    """Let the worker catch up; return {kind: {(name of the recipient, channel)}} of what was told."""

    def told():
        background()
        names = {person(user.pk): user.name for user in User.objects.all()}
        found = defaultdict(set)
        for notice in Notice.objects.all():
            found[notice.kind].add((names.get(notice.recipient, "asker without account"), notice.channel))
        return found

    return told


def people(told_of):
    return {name for name, _channel in told_of}


# --- Askers ---------------------------------------------------------------------------------


def test_an_asker_with_an_account_is_told_of_every_step(district, clock, told):
    answered(district, by=district.resident, clock=clock)
    found = told()

    for kind in ("answers.received", "answers.accepted", "answers.answered"):
        assert found[kind] >= {("resident", "inbox"), ("resident", "email")}, kind


def test_an_asker_without_account_is_told_by_text_message_and_led_to_the_tracking_page(district, clock, told):
    ask(district, contact="+8613800138000", clock=clock)

    assert told()["answers.received"] == {("asker without account", "sms")}
    (text,) = texts(Notice.objects.filter(kind="answers.received")).values()
    assert text.path == "/track/"


def test_who_left_no_contact_is_not_told_and_nothing_fails(district, clock, told):
    ask(district, clock=clock)

    assert "answers.received" not in told()


def test_only_the_first_acceptance_is_told(district, clock, told):
    question = accepted(district, by=district.resident, clock=clock)
    handling.request_return(
        question.pk, reason="不归我们", proposed_office_id=None, by=district.spokesperson, clock=clock
    )
    handling.transfer(question.pk, office_id=district.street.pk, reason="归街道", by=district.dispatcher, clock=clock)
    handling.accept(question.pk, by=district.street_spokesperson, clock=clock)
    found = told()

    assert ("resident", "inbox") in found["answers.transferred"]
    assert Notice.objects.filter(kind="answers.accepted", channel="inbox").count() == 1


def test_an_asker_is_told_that_a_question_is_not_admitted(district, clock, told):
    question = ask(district, by=district.resident, clock=clock)
    screening.propose_refusal(
        question.pk,
        reason="private_dispute",
        explanation="属于民事纠纷",
        other_route="人民调解",
        by=district.dispatcher,
        clock=clock,
    )
    screening.approve_refusal(question.pk, by=district.second_dispatcher, clock=clock)

    assert ("resident", "inbox") in told()["answers.not_admitted"]


# --- Staff ----------------------------------------------------------------------------------


def test_staff_are_told_when_it_is_their_turn(district, clock, told):
    published(district, by=district.resident, clock=clock)
    found = told()

    assert people(found["answers.to_screen"]) == {"dispatcher", "second_dispatcher"}
    assert people(found["answers.to_accept"]) == {"spokesperson"}
    assert people(found["answers.to_sign"]) == {"spokesperson", "leader"}
    assert people(found["answers.to_publish"]) == {"editor"}


def test_nobody_is_asked_to_sign_what_is_their_own(district, clock, told):
    question = accepted(district, clock=clock)
    replying.save_draft(question.pk, text="请携带居住证。", by=district.spokesperson, clock=clock)
    replying.submit_for_review(question.pk, by=district.spokesperson, clock=clock)

    assert people(told()["answers.to_sign"]) == {"leader"}


def test_acceptance_is_reminded_of_at_12_20_and_23_hours_and_its_breach_is_told_to_the_leader_too(
    district, clock, told
):
    dispatched(district, clock=clock)
    reminded = []
    for hours in (11, 1, 8, 3, 0.5):  # 11, 12, 20, 23, 23.5 hours after submission
        clock.move(hours=hours)
        told()
        reminded.append(Notice.objects.filter(kind="answers.accept_runs_out", channel="inbox").count())
    assert reminded == [0, 1, 2, 3, 3]

    clock.move(hours=1)
    assert people(told()["answers.missed"]) == {"spokesperson", "leader"}


def test_the_reply_is_reminded_of_three_days_before_one_day_before_and_on_the_last_day(district, clock, told):
    accepted(district, clock=clock)  # Monday 2026-03-02, due by the end of Wednesday 2026-03-11
    reminded = []
    for _ in range(9):
        clock.move(days=1)
        told()
        reminded.append(Notice.objects.filter(kind="answers.reply_runs_out", channel="inbox").count())

    # The 6th: the officer. The 10th: the spokesperson. The 11th: the leader too.
    assert reminded == [0, 0, 0, 1, 1, 1, 1, 2, 4]
    assert people(told()["answers.reply_runs_out"]) == {"officer", "spokesperson", "leader"}


# --- What is told ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_notice_holds_a_word_of_the_question(district, clock, told, language):
    published(
        district,
        by=district.resident,
        clock=clock,
        title="独特的标题词",
        text="独特的正文词，我的电话 13800138000",
        nickname="独特的称呼",
    )
    told()
    with translation.override(language):
        words = " ".join(f"{text.subject} {text.body}" for text in texts(Notice.objects.all()).values())

    assert Question.objects.get().number in words
    assert "独特" not in words
    assert "13800138000" not in words


def test_a_handler_that_runs_twice_tells_once(district, clock, told):
    in_review(district, by=district.resident, clock=clock)
    told()
    before = Notice.objects.count()
    record = EventRecord.objects.get(name="answers.question_submitted")
    tell_asker(Told.of(record))

    assert Notice.objects.count() == before
