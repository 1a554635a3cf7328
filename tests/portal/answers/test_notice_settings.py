"""How the asker of one question is told: with an account by its settings, without one by the question's own."""

import pytest
from django.core import mail

from portal.accounts.middleware import TRACKED
from portal.accounts.models import User
from portal.answers.actions import handling, replying
from portal.answers.actions.erasing import erase_question
from portal.kernel.actors import Actor
from portal.notifications.actions import switch
from portal.notifications.models import Notice, Preference
from tests.factories.answers import accepted, answered, ask, dispatched

pytestmark = pytest.mark.django_db

CHOICES = {"rhythm": "daily", "hour": "18", "weekday": "0", "quiet": "none", "group-answers-own": []}


@pytest.fixture
def tracked(client):
    """Let the session have shown the tracking code of a question."""

    def show(question):
        session = client.session
        session[TRACKED] = [str(question.pk)]
        session.save()
        return f"/q/{question.pk}/notices/"

    return show


def test_without_an_account_one_chooses_for_this_question_only(client, district, clock, tracked, background):
    mine = ask(district, contact="a@example.com", clock=clock)
    other = ask(district, contact="a@example.com", clock=clock)
    page = tracked(mine)

    html = client.get(page).content.decode()
    assert mine.number in html
    assert "短信" not in client.get(page).context["form"]["group-answers-own"].as_widget()
    assert client.post(page, CHOICES).url == page

    assert [preference.recipient for preference in Preference.objects.all()] == [mine.ref]
    for question in (mine, other):
        handling_of(question, district, clock)
    background()
    numbers = [message.subject for message in mail.outbox if "已受理" in message.subject]
    assert [other.number in subject for subject in numbers] == [True]
    clock.move(hours=8)
    background()
    assert not [message for message in mail.outbox if "汇总" in message.subject], "the receipt came at once"


def handling_of(question, district, clock):
    from portal.answers.actions import screening

    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title=question.title, by=district.dispatcher, clock=clock
    )
    handling.accept(question.pk, by=district.spokesperson, clock=clock)


def test_with_an_account_the_settings_are_the_accounts(client, district, clock):
    question = ask(district, by=district.resident, clock=clock)
    client.force_login(User.objects.get(pk=district.resident.id))

    assert client.get(f"/q/{question.pk}/notices/").url == "/account/notices/"


@pytest.mark.parametrize("who", ["stranger", "spokesperson", "dispatcher", "auditor"])
def test_nobody_else_chooses_and_the_page_does_not_exist(client, district, clock, who):
    question = dispatched(district, contact="a@example.com", clock=clock)
    page = f"/q/{question.pk}/notices/"
    assert client.get(page).status_code == 404

    client.force_login(User.objects.get(pk=getattr(district, who).id))
    assert client.get(page).status_code == 404
    assert client.post(page, CHOICES).status_code == 404
    assert not Preference.objects.exists()


def test_the_reply_comes_whatever_was_switched_off(district, clock, background):
    question = accepted(district, contact="a@example.com", clock=clock)
    switch(question.ref, ["answers.own"], "email", on=False)
    replying.save_draft(question.pk, text="您好。", by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    replying.release(question.pk, by=district.spokesperson, clock=clock)
    background()

    told = [message.subject for message in mail.outbox if message.to == ["a@example.com"]]
    assert [subject.rpartition(" ")[2] for subject in told] == ["已收到", "已答复"]


def test_staff_are_not_sent_what_a_colleague_has_done_meanwhile(district, clock, background):
    """The worker was away while a whole case was handled: nobody is asked to do what is done."""
    answered(district, clock=clock)
    background()

    kinds = set(Notice.objects.filter(channel="email", status="sent").values_list("kind", flat=True))
    assert kinds & {"answers.to_screen", "answers.to_accept", "answers.to_sign"} == set()
    skipped = Notice.objects.filter(channel="email", status="skipped", error="done")
    assert set(skipped.values_list("kind", flat=True)) >= {"answers.to_screen", "answers.to_accept", "answers.to_sign"}


def test_what_was_chosen_goes_with_an_erased_question(district, clock):
    question = answered(district, contact="a@example.com", clock=clock)
    switch(question.ref, ["answers.own"], "email", on=False)

    erase_question(question.pk, by=Actor(tracked=frozenset({str(question.pk)})), clock=clock)

    assert not Preference.objects.exists()
