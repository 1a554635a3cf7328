"""Telling people: once per event, recipient and channel."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.users.models import UserProfile

from portal.journal.realtime import real_now
from portal.notifications import addresses as registry
from portal.notifications.addresses import Address, Channel, UnknownRecipient, person
from portal.notifications.kinds import ImproperParam, UnknownKind
from portal.notifications.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NUMBER, REF, REMINDER, TOLD, NoticeFactory, tell
from tests.fakes.clock import MONDAY_MORNING

pytestmark = pytest.mark.django_db

PHONE = "+8613800138000"


def channels(**wanted):
    return set(Notice.objects.filter(**wanted).values_list("channel", "status"))


def test_everybody_is_told_over_every_channel_they_have():
    both = UserFactory(phone=PHONE, phone_verified=True)
    only_mail = UserFactory()

    tell(both, only_mail)

    assert channels(recipient=person(both.pk)) == {("inbox", "sent"), ("email", "queued"), ("sms", "queued")}
    assert channels(recipient=person(only_mail.pk)) == {("inbox", "sent"), ("email", "queued")}


def test_a_notice_holds_ids_and_codes_only():
    user = UserFactory(phone=PHONE, phone_verified=True)

    tell(user)

    notice = Notice.objects.get(channel=Channel.EMAIL)
    assert (notice.kind, notice.ref, notice.params) == (TOLD.key, REF, {"number": NUMBER})
    assert notice.created_at == MONDAY_MORNING
    held = str(list(Notice.objects.values()))
    assert all(personal not in held for personal in (user.email, PHONE, user.name))


def test_an_unverified_number_is_left_alone():
    user = UserFactory(phone=PHONE)

    tell(user)

    assert channels() == {("inbox", "sent"), ("email", "queued")}


def test_a_kind_without_template_never_goes_out_by_sms():
    tell(UserFactory(phone_only=True), kind=REMINDER.key, params={"number": NUMBER, "hours": 12})

    assert channels() == {("inbox", "sent")}


def test_who_may_no_longer_sign_in_or_never_could_is_not_told():
    tell(UserFactory(is_active=False))
    tell(recipients=[person(uuid.uuid4())])

    assert channels() == set()


def test_a_second_telling_changes_nothing():
    user = UserFactory()
    tell(user)
    first = list(Notice.objects.order_by("pk").values())

    tell(user, user)

    assert list(Notice.objects.order_by("pk").values()) == first


def test_message_ids_differ_between_events_people_and_channels():
    person_one, person_two = UserFactory(phone_only=True), UserFactory(phone_only=True)
    tell(person_one, person_two, position=1)
    tell(person_one, person_two, position=2)

    ids = set(Notice.objects.values_list("message_id", flat=True))

    assert len(ids) == Notice.objects.count() == 8


def test_people_without_account_are_reached_by_whoever_knows_them(monkeypatch):
    monkeypatch.setitem(
        registry._resolvers,
        "tests.matter",
        lambda ids: {i: [Address(Channel.SMS, PHONE, "en"), Address(Channel.SMS, "+8613900139000")] for i in ids},
    )

    tell(recipients=[REF])

    notice = Notice.objects.get()
    assert (notice.channel, notice.language, notice.recipient) == ("sms", "en", REF)


def test_the_first_address_of_a_channel_counts(monkeypatch):
    ways = [Address(Channel.SMS, PHONE), Address(Channel.SMS, "+8613900139000")]
    monkeypatch.setitem(registry._resolvers, "tests.matter", lambda ids: dict.fromkeys(ids, ways))

    assert registry.addresses([REF]) == {REF: {Channel.SMS: ways[0]}}


@pytest.mark.parametrize(
    ("chosen", "of_the_matter", "spoken"),
    [("", "", "zh-hans"), ("", "en", "en"), ("en", "zh-hans", "en"), ("xx", "yy", "zh-hans")],
)
def test_a_choice_of_ones_own_comes_before_the_matters_language(chosen, of_the_matter, spoken):
    user = UserFactory()
    UserProfile.objects.create(user=user, preferred_language=chosen)

    tell(user, language=of_the_matter)

    assert set(Notice.objects.values_list("language", flat=True)) == {spoken}


def test_mistakes_in_the_calling_code_are_said():
    user = UserFactory()

    with pytest.raises(UnknownKind):
        tell(user, kind="tests.unheard_of")
    with pytest.raises(ImproperParam):
        tell(user, params={"number": user.name})
    with pytest.raises(UnknownRecipient):
        tell(recipients=["tests.stranger:1"])
    assert channels() == set()


def test_any_number_of_people_takes_the_same_queries(clock, django_assert_num_queries):
    one, *three = UserFactory.create_batch(4)

    for position, people in enumerate(([one], three), start=1):
        with django_assert_num_queries(3):  # addresses, notices
            tell(*people, position=position)


def test_an_address_never_shows_when_it_is_logged():
    assert PHONE not in repr(Address(Channel.SMS, PHONE))


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "telex"},
        {"status": "sent", "sent_at": None},
        {"status": "lost"},
        {"status": "queued", "sent_at": real_now()},
        {"channel": "inbox", "status": "queued"},
        {"channel": "email", "read_at": MONDAY_MORNING},
    ],
)
def test_the_database_refuses_impossible_notices(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(user=UserFactory(), **wrong)


@pytest.mark.django_db(transaction=True)
def test_parallel_handlers_make_one_notice_per_recipient_and_channel():
    people = UserFactory.create_batch(3, phone_only=True)
    together = threading.Barrier(8)
    faults = []

    def handler() -> None:
        try:
            together.wait()
            with transaction.atomic():
                tell(*people)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=handler) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert Notice.objects.count() == 6
