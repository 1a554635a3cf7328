"""What people have chosen is what happens: channels, quiet hours, digests."""

import threading
from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection

from portal.journal.jobs import run_jobs
from portal.journal.realtime import real_now
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.permissions import NotAllowed
from portal.notifications.actions import choose, forget, switch
from portal.notifications.addresses import person
from portal.notifications.delivery import RETRY
from portal.notifications.models import Notice, Preference
from portal.notifications.queries import wishes_of
from portal.notifications.rules.timing import Quiet, QuietChoice, Rhythm
from tests.factories.accounts import UserFactory, actor
from tests.factories.notifications import (
    DUTY_GROUP,
    NUMBER,
    PROMISE,
    REMINDER,
    TOLD,
    TURN,
    URGENT,
    matters_open,
    tell,
)
from tests.fakes.clock import MONDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PHONE = "+8613800138000"
GROUP = TOLD.group.key
DEFAULTS = {
    "wanted": {},
    "rhythm": Rhythm.AT_ONCE,
    "hour": 8,
    "weekday": 0,
    "quiet": QuietChoice.SITE,
    "own_quiet": None,
}


@pytest.fixture
def user():
    return UserFactory(phone=PHONE, phone_verified=True)


@pytest.fixture
def wish(user, clock):
    """Let the user choose; what is not said is as at the beginning."""
    return lambda **chosen: choose(person(user.pk), **(DEFAULTS | chosen), by=actor(user), clock=clock)


@pytest.fixture
def night(settings, clock):
    """It is Monday, 23:00, and the site is quiet until 07:30."""
    settings.NOTICES_QUIET_HOURS = "22:00-07:30"
    clock.move(hours=13)


def sent():
    """Let the worker send what is due; return the subjects of the mails, and how many text messages went out."""
    mail.outbox.clear()
    before = Notice.objects.filter(channel="sms", status="sent").count()
    while run_jobs():
        pass
    return [message.subject for message in mail.outbox], (
        Notice.objects.filter(channel="sms", status="sent").count() - before
    )


def states(channel):
    found = Notice.objects.filter(channel=channel).order_by("pk")
    return [(notice.status, notice.error) for notice in found]


A_MAIL = f"【议事】事项 {NUMBER} 有进展"

# --- Channels -------------------------------------------------------------------------------


def test_a_channel_that_was_switched_off_stays_silent_and_the_inbox_gets_all(user, wish):
    wish(wanted={GROUP: {"sms": False, "email": True}})
    tell(user)

    assert sent() == ([A_MAIL], 0)
    assert states("sms") == [("skipped", "unwanted")]
    assert states("inbox") == [("sent", "")]


def test_another_group_is_another_choice(user, wish):
    wish(wanted={GROUP: {"sms": False, "email": False}})
    tell(user, kind=TURN.key)

    assert sent()[0] == [f"【议事】事项 {NUMBER} 待办"]


def test_what_was_not_offered_stays_as_it_was(user, wish):
    wish(wanted={GROUP: {"sms": False}})
    wish(wanted={GROUP: {"email": False}})

    assert wishes_of([person(user.pk)])[person(user.pk)].off == {GROUP: {"email", "sms"}}


def test_what_one_has_a_right_to_comes_whatever_is_switched_off(user, wish):
    wish(wanted={GROUP: {"sms": False, "email": False}})
    tell(user, kind=PROMISE.key)

    assert sent() == ([f"【议事】事项 {NUMBER} 的回执"], 0)


def test_what_is_switched_off_while_it_waits_is_not_sent(user):
    tell(user)
    switch(person(user.pk), [GROUP], "email", on=False)

    assert sent() == ([], 1)
    assert states("email") == [("skipped", "unwanted")]


def test_switching_on_again_sends_nothing_old(user):
    switch(person(user.pk), [GROUP], "email", on=False)
    tell(user, position=1)
    switch(person(user.pk), [GROUP], "email", on=True)
    tell(user, position=1)  # the handler runs once more
    tell(user, position=2)

    assert sent()[0] == [A_MAIL]
    assert states("email") == [("skipped", "unwanted"), ("sent", "")]


# --- Quiet hours ----------------------------------------------------------------------------


@pytest.mark.usefixtures("night")
def test_at_night_messages_wait_until_morning_and_the_inbox_does_not(user, clock):
    tell(user)
    assert sent() == ([], 0)
    assert states("inbox") == [("sent", "")]

    clock.move(hours=8, minutes=29)
    assert sent() == ([], 0)
    clock.move(minutes=1)
    assert sent() == ([A_MAIL], 1)
    assert sent() == ([], 0)


@pytest.mark.usefixtures("night")
def test_what_cannot_wait_does_not(user):
    tell(user, kind=URGENT.key)

    assert sent()[0] == [f"【议事】事项 {NUMBER} 紧急"]


@pytest.mark.usefixtures("night")
def test_the_sites_quiet_hours_are_not_those_of_duties_but_ones_own_are(user, wish):
    tell(user, kind=TURN.key, position=1)
    assert len(sent()[0]) == 1

    wish(quiet=QuietChoice.OWN, own_quiet=Quiet(time(21), time(6)))
    tell(user, kind=TURN.key, position=2)
    assert sent()[0] == []


@pytest.mark.usefixtures("night")
def test_who_wants_no_quiet_hours_has_none(user, wish):
    wish(quiet=QuietChoice.NONE)
    tell(user)

    assert sent() == ([A_MAIL], 1)


def test_a_message_that_was_put_off_does_not_ring_at_night(user, clock, settings):
    tell(user)
    settings.NOTICES_QUIET_HOURS = "22:00-07:30"
    clock.move(hours=13)  # the server was down all evening

    assert sent() == ([], 0)
    assert states("email") == [("held", "")]
    clock.move(hours=9)
    assert sent() == ([A_MAIL], 1)


@pytest.mark.usefixtures("night")
def test_a_new_choice_holds_for_what_waits_already(user, wish):
    tell(user)
    wish(quiet=QuietChoice.NONE)

    assert sent() == ([A_MAIL], 1)


# --- Digests --------------------------------------------------------------------------------


def test_a_daily_digest_has_everything_since_the_last_each_once(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)
    for position in (1, 2, 3):
        tell(user, position=position)
    assert sent() == ([], 3)

    clock.move(hours=8)
    assert sent() == (["【议事】通知汇总：3 条"], 0)
    body = mail.outbox[0].body
    assert "上次汇总以来有 3 条通知" in body
    assert body.count("http://localhost:8000/matters/7/") == 3
    assert states("email") == [("sent", "")] * 3

    tell(user, position=4)
    clock.move(hours=24)
    assert sent()[0] == ["【议事】通知汇总：1 条"]


def test_a_digest_of_nothing_is_not_sent(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)

    clock.move(days=3)
    assert sent() == ([], 0)


def test_a_weekly_digest_waits_for_its_day(user, wish, clock):
    wish(rhythm=Rhythm.WEEKLY, weekday=4, hour=9)
    tell(user)

    clock.move(days=3)
    assert sent()[0] == []
    clock.move(days=1)
    assert sent()[0] == ["【议事】通知汇总：1 条"]


def test_what_is_urgent_is_in_no_digest(user, wish):
    wish(rhythm=Rhythm.WEEKLY)
    tell(user, kind=URGENT.key)

    assert sent()[0] == [f"【议事】事项 {NUMBER} 紧急"]


def test_reminders_that_have_become_untrue_are_left_out(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)
    with matters_open("tests.matter:7", "tests.matter:8"):
        tell(user, kind=TURN.key, position=1, ref="tests.matter:7")
        tell(user, kind=TURN.key, position=2, ref="tests.matter:8")
        tell(user, kind=REMINDER.key, params={"number": NUMBER, "hours": 1}, position=3)
    clock.move(hours=8)
    with matters_open("tests.matter:8"):
        assert sent()[0] == ["【议事】通知汇总：1 条"]

    assert states("email") == [("skipped", "done"), ("sent", ""), ("skipped", "outdated")]


def test_when_all_have_become_untrue_there_is_no_mail(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)
    for position in (1, 2):
        tell(user, kind=TURN.key, position=position)

    clock.move(hours=8)
    with matters_open():
        assert sent() == ([], 0)
    assert states("email") == [("skipped", "done")] * 2


def test_a_single_notice_of_what_has_been_done_is_not_sent_either(user):
    tell(user, kind=TURN.key)

    with matters_open():
        assert sent() == ([], 0)
    assert states("email") == [("skipped", "done")]


def test_a_group_that_is_switched_off_leaves_the_waiting_digest(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)
    tell(user, position=1)
    tell(user, position=2, kind=TURN.key)
    switch(person(user.pk), [DUTY_GROUP.key], "email", on=False)

    clock.move(hours=8)
    assert sent()[0] == ["【议事】通知汇总：1 条"]


def test_a_notice_of_an_app_that_is_gone_keeps_no_digest_waiting(user, wish, clock):
    wish(rhythm=Rhythm.DAILY, hour=18)
    tell(user, position=1)
    tell(user, position=2)
    Notice.objects.filter(position=1).update(kind="tests.app_is_gone")

    clock.move(hours=8)
    assert sent()[0] == ["【议事】通知汇总：1 条"]
    assert states("email") == [("skipped", "no_words"), ("sent", "")]


def test_a_digest_is_tried_again_as_one_mail_under_one_id(user, wish, clock, settings, mail_server):
    wish(rhythm=Rhythm.DAILY, hour=18)
    for position in (1, 2):
        tell(user, position=position)
    clock.move(hours=8)
    mail_server.data = "451 try later"
    run_jobs()
    assert states("email") == [("queued", "SMTPDataError"), ("held", "")]

    mail_server.data = "250 OK"
    tell(user, position=3)  # belongs to tomorrow's
    Notice.objects.filter(status="queued").update(due_at=real_now(), leased_until=None)
    run_jobs()

    first, second = mail_server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert "2" in second["Subject"]
    assert states("email") == [("sent", ""), ("sent", ""), ("held", "")]


def test_a_digest_that_is_given_up_is_undelivered_notice_by_notice(user, wish, clock, mail_server):
    wish(rhythm=Rhythm.DAILY, hour=18)
    for position in (1, 2):
        tell(user, position=position)
    clock.move(hours=8)
    mail_server.data = "451 try later"
    Notice.objects.update(attempts=RETRY.tries - 1)
    run_jobs()

    assert states("email") == [("failed", "SMTPDataError")] * 2


def test_a_choice_to_hear_at_once_sends_what_waited_for_a_digest(user, wish):
    wish(rhythm=Rhythm.WEEKLY)
    tell(user)
    wish(rhythm=Rhythm.AT_ONCE)

    assert sent()[0] == [A_MAIL]


# --- Who may choose -------------------------------------------------------------------------


def test_one_chooses_for_oneself_and_for_a_matter_whose_code_was_shown(user, clock):
    matter = "tests.matter:7"
    choose(matter, **DEFAULTS, by=Actor(tracked=frozenset({"7"})), clock=clock)

    for stranger in (actor(UserFactory()), ANONYMOUS, Actor(tracked=frozenset({"8"}))):
        for recipient in (person(user.pk), matter):
            with pytest.raises(NotAllowed):
                choose(recipient, **DEFAULTS, by=stranger, clock=clock)
    assert [preference.recipient for preference in Preference.objects.all()] == [matter]


def test_what_was_chosen_is_forgotten_with_its_recipient(user, wish):
    wish(rhythm=Rhythm.DAILY)
    forget(person(user.pk))

    assert not Preference.objects.exists()


# --- Parallel -------------------------------------------------------------------------------


def at_the_same_time(*acts):
    together, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            together.wait()
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.django_db(transaction=True)
def test_parallel_choices_lose_nothing():
    at_the_same_time(*[lambda n=n: switch("tests.matter:7", [f"group-{n}"], "email", on=False) for n in range(8)])

    assert Preference.objects.get().switched_off == {f"group-{n}": ["email"] for n in range(8)}


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_make_one_digest(user, wish, clock, mail_server):
    wish(rhythm=Rhythm.DAILY, hour=18)
    for position in range(1, 13):
        tell(user, position=position)
    clock.move(hours=8)

    at_the_same_time(*[run_jobs] * 4)
    while run_jobs():
        pass

    [digest] = mail_server.messages
    assert "12" in digest["Subject"]
    assert set(Notice.objects.filter(channel="email").values_list("status", flat=True)) == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_send_what_the_night_held_once(settings, user, clock, mail_server):
    settings.NOTICES_QUIET_HOURS = "22:00-07:30"
    clock.set(MONDAY_MORNING + timedelta(hours=13))
    for position in range(1, 9):
        tell(user, position=position)
    clock.move(hours=9)

    at_the_same_time(*[run_jobs] * 4)
    while run_jobs():
        pass

    assert len(mail_server.ids) == len(set(mail_server.ids)) == 8
