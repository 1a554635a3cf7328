"""A person takes along everything the house holds about them, or has the account deleted."""

import io
import json
import zipfile
from datetime import UTC, datetime, time

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.actions.personal import erase_account, export_account
from portal.accounts.middleware import TRACKED
from portal.accounts.models import Device, User
from portal.accounts.packing import pack
from portal.accounts.queries import actor_for
from portal.accounts.ticks import purge_unverified
from portal.answers.actions import aftercare, asking, screening
from portal.answers.models import (
    Amendment,
    Clarification,
    ContactCheck,
    HandOver,
    Intake,
    Question,
    Reopening,
    SavedFilter,
)
from portal.answers.rules.contacts import Contact
from portal.files.actions import attach, receive
from portal.files.rules.drafts import draft_key
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.personal import Subject, private_fields
from portal.notifications.addresses import person as address_of
from portal.notifications.models import Notice, Preference
from tests.factories import files
from tests.factories.accounts import UserFactory
from tests.factories.answers import accepted, answered, ask, at
from tests.factories.notifications import NoticeFactory

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LATER = at(3, 4, 10)
PHONE = "+8613800138000"


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The pages' clock stands two days after the questions were asked."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: LATER)


@pytest.fixture
def person(district):
    """A resident of whom every table that can know something does."""
    user = UserFactory(name="陆小桂", email="lu@example.org", phone=PHONE, phone_verified=True, residency="permit")
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    by = actor_for(User.objects.get(pk=user.pk))
    question = answered(district, by=by, title="金桂里漏水", text="我住金桂里。", place="金桂里", nickname="小桂")
    receive(SimpleUploadedFile("病历.pdf", files.pdf()), draft_key=draft_key(str(question.pk)), clock=LATER)
    attach(draft_key=draft_key(str(question.pk)), ref=question.ref)
    asking.begin_check(Contact("phone", PHONE), question=question)
    aftercare.rate(question.pk, resolved="no", satisfaction=2, comment="没有修好", by=by, clock=LATER)
    Clarification.objects.create(
        question=question, text="哪一栋？", answer="三栋", asked_by_id=district.spokesperson.id, asked_at=LATER.at
    )
    Intake.objects.create(
        question=question,
        office=district.centre,
        entered_by_id=district.dispatcher.id,
        stated_at=LATER.at,
        recorded_at=LATER.at,
        relation="女儿",
    )
    Reopening.objects.create(question=question, reason="还在漏", requested_at=LATER.at)
    HandOver.objects.create(
        question=question, service="120", told="请拨打 120", handed_by_id=district.dispatcher.id, handed_at=LATER.at
    )
    Amendment.objects.create(
        question=question, reason="有误", title_before="旧题", amended_by_id=district.editor.id, amended_at=LATER.at
    )
    refused = ask(district, by=by, confidential=True)
    screening.propose_refusal(
        refused.pk,
        reason="no_question",
        explanation="没有具体事项。",
        other_route="社区",
        by=district.dispatcher,
        clock=LATER,
    )
    screening.approve_refusal(refused.pk, by=district.second_dispatcher, clock=LATER)
    asking.keep_answers(asking.start_draft(by=by).pk, {"title": "还没写完"})
    NoticeFactory(user=user, inbox=True)
    Device.objects.create(
        user=user, key_index="f" * 64, browser="edge", first_seen_at=LATER.at, signed_in_at=LATER.at, seen_at=LATER.at
    )
    Preference.objects.create(recipient=address_of(user.pk), quiet="own", quiet_from=time(21), quiet_until=time(7))
    SavedFilter.objects.create(person=user, name="我的", chosen={"text": "金桂里"})
    return by


def unpacked(content):
    return zipfile.ZipFile(io.BytesIO(content))


def told(holdings):
    with pack(holdings, made_at=datetime(2026, 3, 4, tzinfo=UTC)) as package:
        archive = unpacked(package.read())
    return archive, json.loads(archive.read("data.json"))["tables"]


def test_every_private_field_about_the_person_is_in_the_export(person):
    _archive, tables = told(export_account(by=person, clock=LATER))

    for field in private_fields(Subject.ASKER, Subject.HOLDER):
        rows = tables.get(field.model)
        assert rows, f"{field.model} is not in the export"
        assert all(field.name in row for row in rows), f"{field.model}.{field.name} is not in the export"


def test_it_says_what_is_held_in_words_and_brings_the_files(person):
    archive, tables = told(export_account(by=person, clock=LATER))

    (user,) = tables["portal_accounts.User"]
    assert (user["name"], user["phone_sealed"], user["residency"]) == ("陆小桂", PHONE, "permit")
    assert user["phone_index"] == "(fingerprint)"
    assert "password" not in user
    page = archive.read("index.html").decode()
    for words in ("金桂里漏水", "没有修好", "还没写完", "lu@example.org", "病历.pdf", "没有具体事项。"):
        assert words in page
    assert archive.read("files/01-病历.pdf").startswith(b"%PDF")


def test_no_key_no_word_of_staff_and_no_id_of_theirs_is_in_it(person, district):
    archive, tables = told(export_account(by=person, clock=LATER))

    everything = archive.read("data.json").decode()
    assert "portal_answers.Note" not in tables
    assert "portal_answers.Draft" not in tables
    assert "commit_key" not in everything
    for staff in (district.dispatcher, district.spokesperson, district.officer):
        assert staff.id not in everything


def test_the_journal_notes_it(person):
    export_account(by=person, clock=LATER)

    assert EventRecord.objects.filter(name="accounts.data_exported", actor=f"person:{person.id}").exists()


def test_the_account_page_hands_it_out_a_few_times_an_hour(client, person):
    client.force_login(User.objects.get(pk=person.id))
    export = reverse("accounts:export")

    first = client.post(export)
    content = b"".join(first.streaming_content)
    again = [client.post(export).status_code for _try in range(5)]

    assert first["Content-Type"] == "application/zip"
    assert "private" in first["Cache-Control"]
    assert "index.html" in unpacked(content).namelist()
    assert again == [200, 200, 200, 200, 429]


def test_an_asker_without_account_gets_it_by_tracking_code(client, district):
    question = answered(district, contact=PHONE, text="我住金桂里。")
    other = answered(district)
    session = client.session
    session[TRACKED] = [str(question.pk)]
    session.save()

    response = client.post(reverse("answers:export", args=[question.pk]))
    tables = json.loads(unpacked(b"".join(response.streaming_content)).read("data.json"))["tables"]

    (row,) = tables["portal_answers.Question"]
    assert (row["contact_sealed"], row["text"]) == (PHONE, "我住金桂里。")
    assert {event["actor"] for event in tables["portal_journal.EventRecord"]} <= {
        "anonymous:",
        "office",
        "system:clock",
    }
    assert EventRecord.objects.filter(aggregate=question.ref, name="answers.data_exported").count() == 1
    assert client.post(reverse("answers:export", args=[other.pk])).status_code == 404


def test_staff_cannot_take_an_askers_data_along(client, district):
    question = answered(district)
    client.force_login(User.objects.get(pk=district.spokesperson.id))

    assert client.post(reverse("answers:export", args=[question.pk])).status_code == 404


# --- Deleting the account -------------------------------------------------------------------


def test_deleting_the_account_leaves_an_id_and_nothing_else(person):
    erase_account(by=person, clock=LATER)

    assert not Preference.objects.exists()
    assert not Device.objects.exists()
    user = User.objects.get(pk=person.id)
    assert (user.email, user.phone, user.name, user.is_active, user.date_joined) == (None, "", "", False, None)
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Notice.objects.filter(recipient__endswith=person.id).exists()
    assert not Question.objects.filter(asker=user).exists()
    assert not ContactCheck.objects.exists()
    assert "金桂里" not in str(list(Question.objects.values()))
    assert list(faults()) == []
    purge_unverified(at(6, 1, 10))
    assert User.objects.filter(pk=person.id).exists()  # events still name the id


def test_an_open_question_must_end_first(client, district):
    question = accepted(district, by=district.resident)
    client.force_login(User.objects.get(pk=district.resident.id))
    delete = reverse("accounts:delete")

    assert "1 个问题还在办理" in client.get(delete).content.decode()
    refused = client.post(delete, {"sure": "on"})
    assert refused.status_code == 422
    assert User.objects.get(pk=district.resident.id).is_active

    aftercare.withdraw(question.pk, by=district.resident, clock=LATER)
    assert client.post(delete, {"sure": "on"}).url == reverse("accounts:deleted")
    assert not User.objects.get(pk=district.resident.id).is_active
    assert "账户已删除" in client.get(reverse("accounts:deleted")).content.decode()
    assert client.get(reverse("accounts:account")).status_code == 302


def test_who_acts_for_an_office_leaves_it_first(client, district):
    client.force_login(User.objects.get(pk=district.officer.id))
    delete = reverse("accounts:delete")

    assert "您还在岗" in client.get(delete).content.decode()
    assert client.post(delete, {"sure": "on"}).status_code == 422
    assert User.objects.get(pk=district.officer.id).is_active


def test_it_is_confirmed(client, district):
    client.force_login(User.objects.get(pk=district.resident.id))

    response = client.post(reverse("accounts:delete"), {})

    assert response.status_code == 422
    assert "请确认您知道账户删除后不能恢复。" in response.content.decode()
