"""Stopping mails from a mail: without signing in, and nothing can be learned or taken by it."""

import re

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from portal.accounts.models import Role
from portal.notifications import stopping
from portal.notifications.actions import choose
from portal.notifications.addresses import person
from portal.notifications.delivery import deliver
from portal.notifications.models import Notice, Preference
from portal.notifications.queries import wishes_of
from portal.notifications.releasing import release
from portal.notifications.rules.timing import QuietChoice, Rhythm
from portal.notifications.stopping import BadLink, DeadLink, link_for, read_link
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.notifications import (
    DUTY_GROUP,
    NUMBER,
    PROMISE,
    SECURITY,
    TOLD,
    TURN,
    NoticeFactory,
    tell,
)
from tests.fakes.clock import MONDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

GROUP = TOLD.group.key


@pytest.fixture
def user():
    return UserFactory(email="li.na@example.com")


@pytest.fixture
def letter(user):
    """The mail that tells the user of a matter."""
    tell(user)
    return sent()


@pytest.fixture
def mail_program():
    """What follows a link in a mail: no cookies, and it knows nothing of form tokens."""
    return Client(enforce_csrf_checks=True)


def sent():
    deliver()
    return mail.outbox[-1]


def link_in(message):
    """The path of the link, the same in the text and in the header."""
    [link] = re.findall(r"http://localhost:8000(/\S*notices/stop/\S+)", message.body)
    assert message.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{link}>"
    return link


def off(user):
    return wishes_of([person(user.pk)])[person(user.pk)].off.get(GROUP, set())


# --- The link -------------------------------------------------------------------------------


def test_every_mail_that_can_be_stopped_says_how(letter):
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "不用登录，在这里停发：\n" + "http://localhost:8000" + link_in(letter) in letter.body


def test_a_mail_that_must_be_sent_says_so_and_has_no_link(user):
    tell(user, kind=SECURITY.key)
    letter = sent()

    assert "不能停发" in letter.body
    assert "notices/stop" not in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers


def test_the_link_speaks_the_language_of_the_mail(user):
    NoticeFactory(user=user, language="en")

    assert link_in(sent()).startswith("/en/notices/stop/")


def test_the_link_names_neither_person_nor_matter(letter, user):
    notice = Notice.objects.get(channel="email")
    signed, _dot, signature = link_in(letter).strip("/").rpartition("/")[2].partition(".")

    assert signed == f"n{notice.pk}"
    assert len(signature) == 43  # SHA-256, base 64


def test_no_other_signature_of_the_house_opens_it():
    for forged in ("n1", "n1.x", Signer().sign("n1"), Signer(salt="portal.accounts.invitation", sep=".").sign("n1")):
        with pytest.raises(BadLink):
            read_link(forged, MONDAY_MORNING)


def test_a_former_key_keeps_its_links_alive(letter, settings, client):
    link = link_in(letter)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-" + "1" * 50, [settings.SECRET_KEY]
    assert client.get(link).status_code == 200

    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404


def test_a_link_lives_for_a_year_and_no_longer_than_its_notice(letter, clock, client, user):
    link = link_in(letter)
    clock.move(days=365)
    assert client.get(link).status_code == 200
    clock.move(seconds=1)
    for response in (client.get(link), client.post(link)):
        assert response.status_code == 410
        assert "链接已失效" in response.content.decode()
    assert off(user) == set()

    clock.set(MONDAY_MORNING)
    Notice.objects.all().delete()
    assert client.get(link).status_code == 410
    with pytest.raises(DeadLink):
        read_link(link.strip("/").rpartition("/")[2], MONDAY_MORNING)


# --- Stopping and resuming -------------------------------------------------------------------


def test_looking_changes_nothing(letter, mail_program, user):
    page = mail_program.get(link_in(letter))

    assert off(user) == set()
    assert "停发后，下列邮件不再发给您" in page.content.decode()
    assert mail_program.head(link_in(letter)).status_code == 200
    assert off(user) == set()


def test_one_click_of_a_mail_program_stops_it(letter, mail_program, user):
    response = mail_program.post(link_in(letter), {"List-Unsubscribe": "One-Click"})

    assert (response.status_code, off(user)) == (200, {"email"})
    assert not response.cookies, "no session, and no redirect to follow"
    tell(user, position=2)
    assert deliver() == 0
    mail_program.post(link_in(letter), {"List-Unsubscribe": "One-Click"})
    assert off(user) == {"email"}


def test_the_page_stops_with_a_button_and_takes_it_back(letter, mail_program, user):
    link = link_in(letter)
    assert mail_program.post(link, {"what": "stop", "group": GROUP}).url == link
    assert off(user) == {"email"}
    page = mail_program.get(link).content.decode()
    assert "已停发" in page
    assert "恢复发送" in page

    mail_program.post(link, {"what": "resume", "group": GROUP})
    assert off(user) == set()


def test_the_page_says_what_comes_in_any_case(letter, client):
    page = client.get(link_in(letter)).content.decode()

    assert "依规定必须告知的：回执" in page
    assert "站内通知" in page


def test_a_letter_about_a_receipt_stops_the_rest_of_its_group_and_no_other_receipt(user, mail_program):
    tell(user, kind=PROMISE.key)
    mail_program.post(link_in(sent()), {"List-Unsubscribe": "One-Click"})

    tell(user, position=2)
    tell(user, position=3, kind=PROMISE.key)
    mail.outbox.clear()
    deliver()
    assert [message.subject for message in mail.outbox] == [f"【议事】事项 {NUMBER} 的回执"]


def test_another_group_cannot_be_reached_with_this_link(letter, mail_program, user):
    mail_program.post(link_in(letter), {"what": "stop", "group": DUTY_GROUP.key})

    assert not Preference.objects.exclude(switched_off={}).exists()


def test_a_digest_stops_what_is_in_it_together_or_one_by_one(user, clock, mail_program):
    choose(
        person(user.pk),
        wanted={},
        rhythm=Rhythm.DAILY,
        hour=18,
        weekday=0,
        quiet=QuietChoice.NONE,
        own_quiet=None,
        by=actor(user),
        clock=clock,
    )
    tell(user, position=1)
    tell(user, position=2, kind=TURN.key)
    tell(user, position=3)
    clock.move(hours=8)
    release()
    link = link_in(sent())
    assert "全部停发" in mail_program.get(link).content.decode()

    mail_program.post(link, {"what": "stop", "group": DUTY_GROUP.key})
    assert Preference.objects.get().switched_off == {DUTY_GROUP.key: ["email"]}
    mail_program.post(link, {"what": "stop"})
    assert Preference.objects.get().switched_off == {DUTY_GROUP.key: ["email"], GROUP: ["email"]}
    mail_program.post(link, {"what": "resume", "group": GROUP})
    assert Preference.objects.get().switched_off == {DUTY_GROUP.key: ["email"], GROUP: []}


# --- What a stranger with the link gets ------------------------------------------------------


def test_the_page_shows_neither_matter_nor_address_nor_name(letter, client, user):
    for page in (client.get(link_in(letter)), client.post(link_in(letter), follow=True)):
        html = page.content.decode()
        assert not re.search(rf"{NUMBER}|li\.na|example\.com|{user.name}|matters", html)
        assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert "noindex" in html


def test_it_signs_nobody_in(letter, client):
    client.get(link_in(letter))
    client.post(link_in(letter), {"what": "stop"})

    assert "sessionid" not in client.cookies
    assert client.get("/account/notices/").status_code == 302


def test_staff_whose_session_is_held_up_can_stop_mails(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    spokesperson = holder(Role.SPOKESPERSON, OfficeFactory())
    tell(spokesperson, kind=TURN.key)
    link = link_in(sent())
    client.force_login(spokesperson)

    assert client.get(link).status_code == 200
    assert client.post(link, {"what": "stop"}).url == link


def test_where_no_mail_goes_there_is_nothing_to_stop_and_nothing_is_kept(letter, client, user):
    link = link_in(letter)
    user.email = None
    user.save()

    assert "现在没有邮件发给您" in client.get(link).content.decode()
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Preference.objects.exists()


def test_in_english_it_is_english(letter, client):
    html = client.get("/en" + link_in(letter)).content.decode()

    for words in ("Stop these e-mails", "What you still get", "What you must be told: ", "/en/account/notices/"):
        assert words in html


def test_the_signature_is_made_for_this_purpose_only():
    assert stopping._signer().salt == "portal.notifications.stop"
    assert link_for(Notice(pk=7)).startswith("http://localhost:8000/notices/stop/n7.")
