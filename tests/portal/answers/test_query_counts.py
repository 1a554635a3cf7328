"""Every list costs the same number of statements with one row and with three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import exclusions, screening
from portal.answers.models import CallAttempt, Question
from portal.answers.plugs.handlers import refresh_listing
from tests.factories.answers import answered, ask, at, dispatched, published
from tests.factories.call_backs import call_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident(district):
    return User.objects.get(pk=district.resident.id)


def waiting(district):
    refresh_listing(str(dispatched(district, by=district.resident, consents=True).pk))


def answered_publicly(district):
    refresh_listing(str(published(district, by=district.resident, consents=True).pk))


def to_call(district):
    """One more call that waits, tried once."""
    call = call_about(answered(district, contact="+8613800138000"))
    CallAttempt.objects.create(
        call=call, number=1, outcome="no_answer", called_by_id=district.dispatcher.id, called_at=at(3, 2).at
    )


def left_out(district):
    """One more question that ended without an answer."""
    question = ask(district)
    screening.hand_over(question.pk, service="120", told="x", by=district.dispatcher, clock=at(3, 2, 11))


def looked_at(district):
    """One more that somebody outside has looked at."""
    left_out(district)
    exclusions.uphold(Question.objects.filter(exclusion_review=None).get().pk, by=district.auditor, clock=at(3, 2, 12))


def statements(client, address):
    client.get(address)  # what is cached once and for all is cached now
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("address", "person", "one_more"),
    [
        (reverse("answers_desk:queue"), "dispatcher", waiting),
        (reverse("answers_desk:rows"), "dispatcher", waiting),
        (reverse("answers_desk:calls"), "dispatcher", to_call),
        (reverse("answers_desk:exclusions"), "auditor", left_out),
        (reverse("answers_desk:exclusions") + "?done=1", "auditor", looked_at),
        (reverse("answers:call_draws"), None, to_call),
        (reverse("answers:mine"), "resident", waiting),
        (reverse("answers:list") + "?tab=waiting", None, waiting),
        (reverse("answers:list"), None, answered_publicly),
        (reverse("answers:feed"), None, answered_publicly),
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(district, monkeypatch, address, person, one_more):
    monkeypatch.setattr("portal.kernel.clock._installed", at(3, 3, 12))
    client = Client()
    if person:
        client.force_login(User.objects.get(pk=getattr(district, person).id))
    one_more(district)
    with_one = statements(client, address)
    one_more(district)
    one_more(district)

    assert statements(client, address) == with_one
