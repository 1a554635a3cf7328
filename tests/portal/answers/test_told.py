"""Whether what the asker was told has arrived: on their page, on the desk, and what the desk does about it."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.middleware import TRACKED
from portal.accounts.models import User
from portal.answers.actions.resending import resend_notice
from portal.answers.models import Question
from portal.journal.models import EventRecord
from portal.kernel.permissions import NotAllowed
from portal.notifications.addresses import person
from portal.notifications.models import Notice
from tests.factories.answers import answered, ask
from tests.factories.notifications import NoticeFactory

pytestmark = pytest.mark.django_db

EMAIL = "a@example.com"


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


@pytest.fixture
def asker_sees(client):
    """Return the asker's page of a question, opened by its code."""

    def see(question):
        session = client.session
        session[TRACKED] = [str(question.pk)]
        session.save()
        return client.get(reverse("answers:case", args=[question.pk])).content.decode()

    return see


@pytest.fixture
def bounced(district, clock, background):
    """A question whose reply did not reach its asker: the address is not known."""
    question = answered(district, contact=EMAIL, clock=clock)
    background()
    reply = Notice.objects.get(kind="answers.answered", channel="email", recipient=question.ref)
    Notice.objects.filter(pk=reply.pk).update(status="failed", sent_at=None, error="no_such_address 550")
    return question


def case(client, question):
    return client.get(reverse("answers_desk:case", args=[question.pk]))


def reply_of(question):
    return Notice.objects.get(kind="answers.answered", channel="email", recipient=question.ref)


# --- The asker ------------------------------------------------------------------------------


def test_the_asker_sees_what_was_sent_when_and_how(district, clock, background, asker_sees):
    question = ask(district, contact="+8613800138000", clock=clock)
    background()

    page = asker_sees(question)
    assert "1 条邮件和短信" in page
    assert f"问题 {question.number} 已收到" in page
    assert "短信 · 已发送" in page
    assert "2026-03-02 10:00" in page


def test_the_asker_sees_what_did_not_arrive_and_why(bounced, asker_sees):
    page = asker_sees(bounced)

    assert "电子邮件 · 没有送达：邮箱地址不存在" in page
    assert "请保管好查询码" in page


def test_an_asker_with_an_account_is_led_to_their_contacts(district, clock, background, as_):
    question = answered(district, by=district.resident, clock=clock)
    background()
    told = Notice.objects.filter(recipient=person(district.resident.id), channel="email")
    told.update(status="failed", sent_at=None, error="mailbox_full 552")

    page = as_("resident").get(reverse("answers:case", args=[question.pk])).content.decode()
    assert "没有送达：邮箱已满" in page
    assert "请核对您的邮箱和手机号" in page


def test_who_left_no_contact_is_told_that_nothing_is_sent(district, clock, asker_sees):
    page = asker_sees(ask(district, clock=clock))

    assert "您没有留联系方式，所以没有邮件和短信" in page
    assert "通知设置" not in page


def test_staff_on_the_askers_page_do_not_see_what_the_asker_was_sent(bounced, as_):
    page = as_("spokesperson").get(reverse("answers:case", args=[bounced.pk])).content.decode()

    assert "给您的通知" not in page


# --- The desk -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["spokesperson", "officer", "dispatcher"])
def test_whoever_handles_the_case_sees_it_what_to_do_and_sends_again(bounced, as_, who):
    page = case(as_(who), bounced).content.decode()

    assert "有通知没有送达提问人" in page
    assert "没有送达：邮箱地址不存在" in page
    assert "查看联系方式，用电话告知" in page
    assert reverse("answers_desk:resend", args=[bounced.pk, reply_of(bounced).pk]) in page
    assert EMAIL not in page


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_whoever_oversees_it_sees_it_and_whom_to_ask(bounced, as_, who):
    page = case(as_(who), bounced).content.decode()

    assert "请承办单位或受理中心查看联系方式" in page
    assert "重新发送" not in page


def test_when_all_has_arrived_there_is_no_warning(district, clock, background, as_):
    question = answered(district, contact=EMAIL, clock=clock)
    background()

    page = case(as_("spokesperson"), question).content.decode()
    assert "有通知没有送达提问人" not in page
    assert "已发送" in page


def test_sending_again_is_done_once_and_stands_in_the_timeline(bounced, as_, background, mailoutbox):
    notice = reply_of(bounced)
    address = reverse("answers_desk:resend", args=[bounced.pk, notice.pk])
    client = as_("spokesperson")
    mailoutbox.clear()

    assert "已重新排队发送" in client.post(address, follow=True).content.decode()
    assert "已经不在未送达之列" in client.post(address, follow=True).content.decode()
    background()

    assert [message.to for message in mailoutbox] == [[EMAIL]]
    page = case(client, bounced).content.decode()
    assert "重新发送了给提问人的通知" in page
    assert "有通知没有送达提问人" not in page
    assert EventRecord.objects.get(name="answers.notice_resent").payload["notice"] == notice.pk


def test_only_messages_to_this_asker_are_sent_again(bounced, district, clock, as_):
    others = NoticeFactory(user=User.objects.get(pk=district.officer.id), failed=True, ref=bounced.ref)

    assert not resend_notice(bounced.pk, others.pk, by=district.spokesperson, clock=clock)
    with pytest.raises(NotAllowed):
        resend_notice(bounced.pk, reply_of(bounced).pk, by=district.leader, clock=clock)
    assert as_("street_spokesperson").post(
        reverse("answers_desk:resend", args=[bounced.pk, reply_of(bounced).pk])
    ).status_code in (403, 404)
    assert {notice.status for notice in Notice.objects.filter(pk__in=[others.pk, reply_of(bounced).pk])} == {"failed"}


class UnknownAddress:
    """A mail server that does not know the asker's address."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        for message in messages:
            if message.to == [EMAIL]:
                raise SMTPRecipientsRefused({EMAIL: (550, b"5.1.1 no such user")})
        return len(messages)


def test_the_office_is_told_when_a_reply_is_lost_and_of_nothing_less(district, clock, background, settings):
    settings.EMAIL_BACKEND = f"{__name__}.UnknownAddress"
    question = answered(district, contact=EMAIL, clock=clock)
    background()

    told = Notice.objects.filter(kind="answers.undelivered", channel="inbox")
    # The receipt and the reply; that it was accepted is news.
    assert list(told.values_list("recipient", "ref")) == [(person(district.spokesperson.id), question.ref)] * 2


def test_one_and_three_messages_cost_the_same(district, clock, as_, django_assert_num_queries):
    question = ask(district, by=district.resident, clock=clock)
    user = User.objects.get(pk=district.resident.id)
    for page, who in (("answers:case", "resident"), ("answers_desk:case", "dispatcher")):
        client, address = as_(who), reverse(page, args=[question.pk])
        Notice.objects.all().delete()
        NoticeFactory(user=user, ref=question.ref)
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        NoticeFactory.create_batch(2, user=user, ref=question.ref)
        with django_assert_num_queries(len(one)):
            client.get(address)


@pytest.mark.parametrize(
    ("kind", "asker_reads", "staff_read"),
    [
        ("none", "您没有留联系方式", "提问人没有留联系方式"),
        ("call", "您希望接电话", "提问人希望接电话"),
        ("email", "还没有发出邮件或短信", "还没有发出邮件或短信"),
    ],
)
def test_where_nothing_was_sent_both_read_why(district, clock, as_, asker_sees, kind, asker_reads, staff_read):
    question = ask(district, contact=None if kind == "none" else EMAIL, clock=clock)
    if kind == "call":
        Question.objects.filter(pk=question.pk).update(contact_kind="call")

    assert asker_reads in asker_sees(question)
    assert staff_read in case(as_("dispatcher"), question).content.decode()
