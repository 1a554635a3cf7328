"""What the figures leave out is looked at again by somebody outside the office that held it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts.models import Office, Role, User
from portal.accounts.queries import actor_for
from portal.answers.actions import aftercare, clarifying, screening
from portal.answers.actions.exclusions import object_to, uphold, uphold_many
from portal.answers.actions.settling import settle_due
from portal.answers.models import ExclusionReview, Question
from portal.answers.permissions import P
from portal.answers.queries.exclusions import exclusions_for, reviewed, to_review
from portal.answers.queries.performance import performance
from portal.answers.rules.performance import Share
from portal.journal.models import EventRecord
from portal.kernel.permissions import NotAllowed, can
from portal.notifications.models import Notice
from tests.factories.accounts import AppointmentFactory, UserFactory
from tests.factories.answers import accepted, answered, ask, at

pytestmark = [pytest.mark.db, pytest.mark.django_db]

MARCH = date(2026, 3, 31)
LIST = reverse("answers_desk:exclusions")


def refused_admission(district):
    question = ask(district)
    screening.propose_refusal(
        question.pk, reason="no_question", explanation="x", other_route="y", by=district.dispatcher, clock=at(3, 2, 11)
    )
    screening.approve_refusal(question.pk, by=district.second_dispatcher, clock=at(3, 2, 12))
    return Question.objects.get(pk=question.pk)


def lapsed(district, *, late=False):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 2, 12))
    if late:
        settle_due(at(3, 13, 9))
    clarifying.lapse_due(at(3, 20, 9))
    return Question.objects.get(pk=question.pk)


def withdrawn(district, *, late=False):
    question = accepted(district, by=district.resident)
    if late:
        settle_due(at(3, 13, 9))
    aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 13, 10))
    return Question.objects.get(pk=question.pk)


def appointed(*posts):
    user = UserFactory()
    for role, office in posts:
        AppointmentFactory(user=user, office=office, role=role)
    return actor_for(User.objects.get(pk=user.pk))


def refusal(action, *args, **kwargs):
    with pytest.raises(NotAllowed) as refused:
        action(*args, **kwargs)
    return refused.value.reason.code


def of(office):
    return {line.office.code: line.tally for line in performance(MARCH, span=1).lines}[office]


# --- Who ----------------------------------------------------------------------------------------


def test_only_somebody_above_and_outside_reviews(district):
    question = lapsed(district)
    double = appointed((Role.AUDITOR, district.city), (Role.OFFICER, district.schools))

    for name in ("spokesperson", "officer", "leader", "dispatcher", "editor", "resident", "stranger"):
        assert refusal(uphold, question.pk, by=getattr(district, name), clock=at(3, 23)) == "not_outside"
    assert refusal(uphold, question.pk, by=double, clock=at(3, 23)) == "not_outside"
    uphold(question.pk, by=district.auditor, clock=at(3, 23))


def test_whoever_signed_a_refusal_does_not_review_it(district):
    question = ask(district)
    screening.propose_refusal(
        question.pk, reason="no_question", explanation="x", other_route="y", by=district.dispatcher, clock=at(3, 2, 11)
    )
    screening.approve_refusal(question.pk, by=district.superior, clock=at(3, 2, 12))

    assert refusal(uphold, question.pk, by=district.superior, clock=at(3, 3)) == "second_person"
    assert uphold_many([question.pk], by=district.superior, clock=at(3, 3)) == (0, 1)
    uphold(question.pk, by=district.auditor, clock=at(3, 3))


def test_list_and_decision_agree_for_everybody(district):
    questions = [refused_admission(district), lapsed(district), withdrawn(district)]
    people = [
        *(getattr(district, name) for name in ("auditor", "superior", "leader", "dispatcher", "spokesperson")),
        appointed((Role.AUDITOR, district.schools)),
        appointed((Role.AUDITOR, district.city), (Role.EDITOR, district.centre)),
        appointed((Role.LEADER, district.city), (Role.DISPATCHER, district.centre)),
    ]
    loaded = Question.objects.select_related("office", "centre").filter(pk__in=[one.pk for one in questions])

    for actor in people:
        decided = {question.pk for question in loaded if can(actor, P.REVIEW_EXCLUSION, question)}
        assert set(exclusions_for(actor).values_list("pk", flat=True)) == decided


def test_it_is_decided_once_and_only_about_what_was_left_out(district):
    question = lapsed(district)
    uphold(question.pk, by=district.auditor, clock=at(3, 23))

    assert refusal(object_to, question.pk, note="x", by=district.superior, clock=at(3, 24)) == "reviewed_already"
    assert refusal(uphold, answered(district).pk, by=district.auditor, clock=at(3, 24)) == "not_excluded"


# --- What follows -------------------------------------------------------------------------------


def test_what_holds_stays_out_of_the_figures(district):
    question = lapsed(district, late=True)
    uphold(question.pk, by=district.auditor, clock=at(3, 23))

    assert (of("schools").plain, of("schools").excluded, of("schools").objected) == (Share(0, 0), 1, 0)
    (left_out,) = performance(MARCH, span=1).excluded
    assert (left_out.kind, left_out.count, left_out.upheld, left_out.objected, left_out.waiting) == (
        "lapsed",
        1,
        1,
        0,
        0,
    )


@pytest.mark.parametrize("ended", [lapsed, withdrawn])
@pytest.mark.parametrize("late", [False, True])
def test_what_does_not_hold_counts_as_missed_exactly_once(district, ended, late):
    question = ended(district, late=late)
    object_to(question.pk, note="应当答复", by=district.auditor, clock=at(3, 23))

    assert of("schools").plain == Share(0, 1)
    assert of("schools").objected == 1


def test_a_wrongly_refused_question_counts_as_missed_by_the_centre(district):
    question = refused_admission(district)
    assert of("centre").plain == Share(0, 0)

    object_to(question.pk, note="属于本地事项", by=district.auditor, clock=at(3, 5))
    assert of("centre").plain == Share(0, 1)


def test_the_office_is_told_and_reads_why(district, clock, background, client):
    question = lapsed(district)
    object_to(question.pk, note="提问人已经在电话里说清楚了", by=district.auditor, clock=at(3, 23))
    clock.move(days=21)
    background()

    assert Notice.objects.filter(kind="answers.objected", channel="inbox").count() == 1
    client.force_login(User.objects.get(pk=district.spokesperson.id))
    page = client.get(reverse("answers_desk:case", args=[question.pk])).content.decode()
    assert "提问人已经在电话里说清楚了" in page
    assert "按没有按时答复统计" in page
    record = EventRecord.objects.get(name="answers.exclusion_objected")
    assert record.actor == f"person:{district.auditor.id}"
    assert "提问人" not in str(record.payload)


def test_nothing_upheld_adds_a_missed_promise(district):
    question = lapsed(district)
    uphold(question.pk, by=district.auditor, clock=at(3, 23))

    with pytest.raises(IntegrityError), transaction.atomic():
        ExclusionReview.objects.update(adds_missed=True)


# --- The pages ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The pages' clock stands at the end of March."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 30, 10))


@pytest.fixture
def as_(client, district):
    """Sign in as one of the district's people."""

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def test_the_list_shows_what_waits_by_how_it_ended(as_, district):
    refused, silent = refused_admission(district), lapsed(district)
    client = as_("auditor")

    everything = client.get(LIST).content.decode()
    assert refused.number in everything
    assert silent.number in everything
    assert "没有具体事项" in everything
    some = client.get(LIST + "?kind=lapsed").content.decode()
    assert refused.number not in some
    assert silent.number in some


def test_several_are_upheld_at_once_and_then_stand_among_those_done(as_, district):
    questions = [lapsed(district), withdrawn(district)]
    client = as_("auditor")
    ticked = {"questions": [str(one.pk) for one in questions]}
    response = client.post(reverse("answers_desk:uphold_several"), ticked, follow=True)

    assert "已复核 2 个问题" in response.content.decode()
    assert "没有待复核的问题" in response.content.decode()
    assert {one.pk for one in reviewed(district.auditor)} == {one.pk for one in questions}
    assert not to_review(district.auditor).exists()
    assert "可以不计入" in client.get(LIST + "?done=1").content.decode()


def test_nothing_ticked_and_somebody_elses_are_said(as_, district):
    question = lapsed(district)
    client = as_("auditor")
    address = reverse("answers_desk:uphold_several")

    assert "请先勾选看过的问题" in client.post(address, follow=True).content.decode()
    assert "有您不能复核的" in client.post(address, {"questions": ["x"]}, follow=True).content.decode()
    outside = as_("leader").post(address, {"questions": [str(question.pk)]}, follow=True)
    assert "有您不能复核的" in outside.content.decode()
    assert not ExclusionReview.objects.exists()


def test_an_objection_wants_words_and_keeps_what_was_typed(as_, district):
    question = lapsed(district)
    client = as_("superior")
    address = reverse("answers_desk:review_exclusion", args=[question.pk])

    empty = client.post(address, {"decision": "object", "objection-note": ""})
    assert empty.status_code == 422
    assert "请写明为什么不应剔除。" in empty.content.decode()
    long = client.post(address, {"decision": "object", "objection-note": "长" * 501})
    assert "最多 500 个字，现在 501 个字。" in long.content.decode()
    uphold(question.pk, by=district.auditor, clock=at(3, 23))
    late = client.post(address, {"decision": "object", "objection-note": "写好的理由"})
    assert late.status_code == 409
    assert ExclusionReview.objects.get().note == ""
    assert "别人已经复核过了" in late.content.decode()
    assert "写好的理由" in late.content.decode()


def test_the_case_offers_the_review_to_those_outside_only(as_, district):
    question = lapsed(district)
    case = reverse("answers_desk:case", args=[question.pk])

    for name, offered in (("auditor", True), ("superior", True), ("leader", False), ("spokesperson", False)):
        page = as_(name).get(case).content.decode()
        assert (reverse("answers_desk:review_exclusion", args=[question.pk]) in page) is offered, name
    assert Office.objects.filter(pk=question.office_id, code="schools").exists()
