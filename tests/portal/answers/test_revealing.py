"""An asker's contact is masked until somebody says why they need it."""

import pytest
from django.urls import reverse

from portal.answers.actions.revealing import reveal_contact
from portal.answers.models import Note, Question
from portal.answers.reasons import NO_CONTACT
from portal.journal.models import EventRecord
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import answered, at, dispatched

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PHONE = "+8613800138000"
MASKED = "138****8000"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The pages' clock stands two hours after the questions were asked."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))


def case(question):
    return reverse("answers_desk:case", args=[question.pk])


def reveal(client, question, **typed):
    return client.post(
        reverse("answers_desk:reveal", args=[question.pk]), {f"reveal-{key}": value for key, value in typed.items()}
    )


def told(question):
    return EventRecord.objects.filter(aggregate=question.ref, name="answers.contact_revealed")


@pytest.mark.parametrize(("contact", "masked"), [(PHONE, MASKED), ("zhang.san@example.org", "z***@example.org")])
def test_the_case_shows_the_contact_masked(as_, district, contact, masked):
    question = dispatched(district, contact=contact)

    page = as_("spokesperson").get(case(question)).content.decode()

    assert masked in page
    assert contact not in page
    assert not told(question).exists()


def test_it_is_shown_for_a_reason_once_and_that_stays_on_file(as_, district):
    question = dispatched(district, contact=PHONE)
    client = as_("officer")

    shown = reveal(client, question, reason="visit", words="约周三上门").content.decode()
    again = client.get(case(question)).content.decode()

    assert PHONE in shown
    assert PHONE not in again
    assert "查看了提问人的联系方式" in again
    record = told(question).get()
    assert record.actor == f"person:{district.officer.id}"
    assert record.payload["reason"] == "visit"
    assert PHONE not in str(record.payload)
    assert Note.objects.get().text == "约周三上门"


@pytest.mark.parametrize(
    ("typed", "error"),
    [({}, "请选择查看理由。"), ({"reason": "other"}, "请写明理由"), ({"reason": "curious"}, "curious")],
)
def test_without_a_reason_it_stays_masked_and_what_was_typed_is_kept(as_, district, typed, error):
    question = dispatched(district, contact=PHONE)

    response = reveal(as_("spokesperson"), question, **({"words": ""} | typed))

    assert response.status_code == 422
    assert error in response.content.decode()
    assert PHONE not in response.content.decode()
    assert not told(question).exists()


@pytest.mark.parametrize("name", ["leader", "auditor"])
def test_overseers_neither_see_nor_reveal_it(as_, district, name):
    question = dispatched(district, contact=PHONE)
    client = as_(name)

    assert MASKED not in client.get(case(question)).content.decode()
    assert reveal(client, question, reason="visit").status_code in (403, 404)


def test_there_is_nothing_to_reveal_of_an_asker_with_an_account(district):
    question = answered(district, contact=PHONE, by=district.resident)
    assert Question.objects.get(pk=question.pk).contact == ""  # an account needs none

    with pytest.raises(NotAllowed) as refused:
        reveal_contact(question.pk, reason="visit", words="", by=district.spokesperson, clock=at(3, 2, 12))
    assert refused.value.reason == NO_CONTACT
