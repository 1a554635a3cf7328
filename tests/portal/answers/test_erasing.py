"""Erasing what a person told the desk, and what stays of it."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Revision

from portal.accounts.middleware import TRACKED
from portal.answers.actions import aftercare, reopening
from portal.answers.actions.answer_page import make_page
from portal.answers.actions.erasing import ERASED_TITLE, decide_erasure, erase_question, propose_erasure
from portal.answers.actions.listing import refresh_listing
from portal.answers.actions.notes import add_note
from portal.answers.actions.publication import amend, take_down
from portal.answers.models import (
    AnswerPage,
    Clarification,
    Erasure,
    Extension,
    HandOver,
    Helping,
    Intake,
    Listing,
    Question,
    Reopening,
    Verdict,
)
from portal.answers.plugs.handlers import keep_page
from portal.answers.reasons import ALREADY_ERASED, SECOND_PERSON, STILL_OPEN
from portal.files.actions import attach, receive
from portal.files.models import Upload
from portal.files.rules.drafts import draft_key
from portal.journal.handlers import Told
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import Actor
from portal.kernel.permissions import NotAllowed
from tests.factories import files
from tests.factories.answers import accepted, answered, ask, at, published

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LATER = at(3, 4, 10)
# A word that stands in everything the person and the office wrote.
CANARY = "金桂里"
PHONE = "+8613800138000"


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """The pages' clock stands two days after the questions were asked."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: LATER)


def asker_of(question):
    return Actor(tracked=frozenset({str(question.pk)}))


def asked_in_full(district, *, contact=PHONE):
    """An answered question in which every free text names the canary."""
    question = answered(
        district, title=f"{CANARY}漏水", text=f"我住{CANARY}。", place=CANARY, nickname=CANARY, contact=contact
    )
    sent = SimpleUploadedFile(f"{CANARY}.pdf", files.pdf())
    receive(sent, draft_key=draft_key(str(question.pk)), clock=LATER)
    attach(draft_key=draft_key(str(question.pk)), ref=question.ref)
    add_note(question.pk, text=CANARY, by=district.officer, clock=LATER)
    question.drafts.update(text=CANARY)
    question.answer.text = CANARY
    question.answer.save()
    aftercare.rate(question.pk, resolved="no", satisfaction=2, comment=CANARY, by=asker_of(question), clock=LATER)
    beside_the_straight_way(question, district)
    return Question.objects.get(pk=question.pk)


def beside_the_straight_way(question, district):
    """Every exception's row, each with the canary in every word of it."""
    asked = {"question": question, "asked_by_id": district.spokesperson.id, "asked_at": LATER.at}
    requested = {"question": question, "requested_at": LATER.at}
    Extension.objects.create(
        **requested,
        requested_by_id=district.spokesperson.id,
        working_days=3,
        reason=CANARY,
        interim=CANARY,
        note=CANARY,
    )
    Clarification.objects.create(**asked, text=CANARY, answer=CANARY)
    Helping.objects.create(**asked, office=district.street, due=LATER.at, request=CANARY, contribution=CANARY)
    Reopening.objects.create(**requested, reason=CANARY, note=CANARY, answer_text=CANARY)
    Intake.objects.create(
        question=question,
        office=district.centre,
        entered_by_id=district.dispatcher.id,
        stated_at=LATER.at,
        recorded_at=LATER.at,
        relation=CANARY,
        check_state=Intake.Check.CORRECTED,
        checked_by_id=district.second_dispatcher.id,
        checked_at=LATER.at,
        check_reason=CANARY,
    )
    HandOver.objects.create(
        question=question, service="120", told=CANARY, handed_by_id=district.dispatcher.id, handed_at=LATER.at
    )


def everything_stored():
    """Every row of every table, as text, sealed values opened."""
    rows = []
    for model in apps.get_models():
        for row in model._base_manager.all():
            rows += [str(value) for value in row.__dict__.values()]
            rows += [row.contact] if isinstance(row, Question) else [row.name] if isinstance(row, Upload) else []
    return "\n".join(rows)


def test_nothing_that_was_told_is_left_in_any_table(district):
    question = asked_in_full(district)
    keys = [bytes(question.commit_key), bytes(question.answer.text_key)]
    assert CANARY in everything_stored()

    erase_question(question.pk, by=asker_of(question), clock=LATER)

    stored = everything_stored()
    assert CANARY not in stored
    assert PHONE not in stored
    assert all(str(key) not in stored for key in keys)
    assert not list(Upload.objects.filter(state=Upload.State.KEPT))


def test_clocks_verdicts_and_events_stay_and_the_chain_still_verifies(district):
    question = asked_in_full(district)
    before = list(EventRecord.objects.values_list("position", "hash"))
    verdicts = set(Verdict.objects.values_list("clock", "outcome", "occurred_at"))

    erase_question(question.pk, by=asker_of(question), clock=LATER)

    after = Question.objects.get(pk=question.pk)
    assert (after.accept_due, after.reply_due, after.answered_at) == (
        question.accept_due,
        question.reply_due,
        question.answered_at,
    )
    assert set(Verdict.objects.values_list("clock", "outcome", "occurred_at")) == verdicts
    assert list(EventRecord.objects.values_list("position", "hash"))[: len(before)] == before
    assert list(faults()) == []
    call_command("journal_verify")


def test_the_code_is_dead_and_the_account_no_longer_points_at_it(district):
    question = answered(district, by=district.resident)
    code = question.tracking_hash

    erase_question(question.pk, by=district.resident, clock=LATER)

    after = Question.objects.get(pk=question.pk)
    assert after.tracking_hash != code
    assert after.asker is None


def test_an_open_question_is_ended_first(district):
    question = accepted(district)

    with pytest.raises(NotAllowed) as refused:
        erase_question(question.pk, by=asker_of(question), clock=LATER)
    assert refused.value.reason == STILL_OPEN

    aftercare.withdraw(question.pk, by=asker_of(question), clock=LATER)
    erase_question(question.pk, by=asker_of(question), clock=LATER)
    assert Question.objects.get(pk=question.pk).text == ""


def test_it_is_erased_once(district):
    question = answered(district)
    erase_question(question.pk, by=asker_of(question), clock=LATER)

    with pytest.raises(NotAllowed) as refused:
        erase_question(question.pk, by=asker_of(question), clock=LATER)
    assert refused.value.reason == ALREADY_ERASED


def test_what_waited_for_the_editor_is_not_published_any_more(district):
    question = answered(district)
    refresh_listing(str(question.pk))
    assert Listing.objects.filter(question=question).exists()

    erase_question(question.pk, by=asker_of(question), clock=LATER)

    assert Question.objects.get(pk=question.pk).publication == "declined"
    assert not Listing.objects.filter(question=question).exists()


# --- The public page ------------------------------------------------------------------------


def with_page(district, **typed):
    question = published(district, **typed)
    make_page(str(question.pk), LATER.now())
    refresh_listing(str(question.pk))
    return question, "/" + "/".join(AnswerPage.objects.get(question=question).url_path.strip("/").split("/")[-4:]) + "/"


def test_a_redacted_page_stays(district, client):
    question, address = with_page(district)

    erasure = erase_question(question.pk, by=asker_of(question), clock=LATER, take_down=True)

    assert not erasure.takes_down  # the marker finds nothing in it
    assert client.get(address).status_code == 200
    assert Listing.objects.get(question=question).is_answered


def test_a_page_with_personal_data_leaves_a_tombstone_and_none_of_its_earlier_words(district, client):
    question, address = with_page(district, text="我叫陆小桂，电话 13800138000。")
    amend(
        question.pk,
        title=question.title,
        question_text="我叫陆小桂，电话 13800138000。",
        answer_text="更正",
        reason="有误",
        by=district.editor,
        clock=LATER,
    )
    make_page(str(question.pk), LATER.now())

    erase_question(question.pk, by=asker_of(question), clock=LATER, take_down=True)

    gone = client.get(address)
    assert gone.status_code == 410
    assert address not in client.get("/sitemap-pages.xml").content.decode()
    assert "已撤下" in gone.content.decode()
    assert "陆小桂" not in everything_stored()
    assert not Revision.objects.filter(content__icontains="13800138000").exists()
    assert not Listing.objects.filter(question=question).exists()


def test_it_stays_when_the_person_does_not_ask_for_that(district, client):
    question, address = with_page(district, text="我叫陆小桂，电话 13800138000。")

    erase_question(question.pk, by=asker_of(question), clock=LATER)

    assert client.get(address).status_code == 200


def test_a_late_worker_does_not_bring_the_page_back(district, client):
    question, address = with_page(district, text="我叫陆小桂，电话 13800138000。")
    record = EventRecord.objects.get(aggregate=question.ref, name="answers.answer_published")
    erase_question(question.pk, by=asker_of(question), clock=LATER, take_down=True)

    keep_page(Told.of(record))

    assert client.get(address).status_code == 410


# --- Four eyes ------------------------------------------------------------------------------


def test_staff_need_a_second_person(district):
    question = answered(district)
    propose_erasure(question.pk, reason="in_writing", take_down=False, by=district.dispatcher, clock=LATER)

    with pytest.raises(NotAllowed) as refused:
        decide_erasure(question.pk, approve=True, by=district.dispatcher, clock=LATER)
    assert refused.value.reason == SECOND_PERSON
    assert Question.objects.get(pk=question.pk).text

    decide_erasure(question.pk, approve=True, by=district.second_dispatcher, clock=LATER)
    assert Question.objects.get(pk=question.pk).title == ERASED_TITLE
    names = EventRecord.objects.filter(aggregate=question.ref).order_by("position").values_list("name", flat=True)
    assert list(names)[-3:] == [
        "answers.erasure_proposed",
        "answers.publication_declined",
        "answers.question_erased",
    ]


def test_a_rejected_erasure_changes_nothing(district):
    question = answered(district)
    propose_erasure(question.pk, reason="others", take_down=False, by=district.dispatcher, clock=LATER)

    decide_erasure(question.pk, approve=False, by=district.second_dispatcher, clock=LATER)

    assert Question.objects.get(pk=question.pk).text
    assert Erasure.objects.get().decision == "rejected"


def proposed(district, question, *, take_down=False):
    propose_erasure(question.pk, reason="in_writing", take_down=take_down, by=district.dispatcher, clock=LATER)


def test_what_the_asker_has_erased_meanwhile_is_not_erased_again(as_, district):
    question = answered(district)
    proposed(district, question)
    erase_question(question.pk, by=asker_of(question), clock=LATER)

    with pytest.raises(NotAllowed) as refused:
        decide_erasure(question.pk, approve=True, by=district.second_dispatcher, clock=LATER)
    assert refused.value.reason == ALREADY_ERASED

    decide = reverse("answers_desk:decide_erasure", args=[question.pk])
    page = as_("second_dispatcher").post(decide, {"decision": "approve"}, follow=True)
    assert page.status_code == 200
    assert Erasure.objects.filter(decision="done").count() == 1


def test_a_question_that_is_open_again_is_not_erased(district):
    question = answered(district)
    proposed(district, question)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=asker_of(question), clock=LATER)
    reopening.request_reopening(question.pk, reason="还在漏", by=asker_of(question), clock=LATER)

    with pytest.raises(NotAllowed) as refused:
        decide_erasure(question.pk, approve=True, by=district.second_dispatcher, clock=LATER)
    assert refused.value.reason == STILL_OPEN
    assert Question.objects.get(pk=question.pk).text


def test_a_page_that_an_editor_withdrew_meanwhile_does_not_stand_in_the_way(district):
    question, _address = with_page(district)
    proposed(district, question, take_down=True)
    take_down(question.pk, reason="wrong", by=district.editor, clock=LATER)

    decide_erasure(question.pk, approve=True, by=district.second_dispatcher, clock=LATER)

    after = Question.objects.get(pk=question.pk)
    assert (after.title, after.publication) == (ERASED_TITLE, "withdrawn")
    names = list(EventRecord.objects.filter(aggregate=question.ref).values_list("name", flat=True))
    assert names.count("answers.publication_withdrawn") == 1


@pytest.mark.parametrize("name", ["spokesperson", "officer", "auditor", "editor", "resident"])
def test_others_may_not_propose_it(district, name):
    question = answered(district)

    with pytest.raises(NotAllowed):
        propose_erasure(question.pk, reason="others", take_down=False, by=getattr(district, name), clock=LATER)


def test_staff_do_it_on_the_case_page(as_, district):
    question = answered(district)
    case = reverse("answers_desk:case", args=[question.pk])
    propose = reverse("answers_desk:propose_erasure", args=[question.pk])
    decide = reverse("answers_desk:decide_erasure", args=[question.pk])

    assert "请选择删除理由。" in as_("dispatcher").post(propose, {}).content.decode()
    as_("dispatcher").post(propose, {"erasure-reason": "in_writing"})
    assert "同意删除" not in as_("dispatcher").get(case).content.decode()
    assert "同意删除" in as_("second_dispatcher").get(case).content.decode()
    as_("second_dispatcher").post(decide, {"decision": "approve"})

    page = as_("second_dispatcher").get(case).content.decode()
    assert ERASED_TITLE in page
    assert "提问内容和联系方式已删除" in page


# --- The person's page ----------------------------------------------------------------------


@pytest.fixture
def tracking(client):
    """A visitor whose session has shown the question's code."""

    def track(question):
        session = client.session
        session[TRACKED] = [str(question.pk)]
        session.save()
        return client

    return track


def test_the_page_says_what_goes_what_stays_and_why(tracking, district):
    question = answered(district)
    page = tracking(question).get(reverse("answers:erase", args=[question.pk])).content.decode()

    for words in ("会删除的", "会保留的", "档案法", question.number):
        assert words in page
    assert "一并撤下" not in page  # nothing is public


def test_the_asker_confirms_and_it_is_gone(tracking, district):
    question = answered(district)
    client = tracking(question)
    address = reverse("answers:erase", args=[question.pk])

    unsure = client.post(address, {})
    done = client.post(address, {"sure": "on"}, follow=True)

    assert unsure.status_code == 422
    assert "请确认您知道删除后不能恢复。" in unsure.content.decode()
    assert "您的数据已删除" in done.content.decode()
    assert Question.objects.get(pk=question.pk).text == ""
    assert client.get(reverse("answers:case", args=[question.pk])).status_code == 404


def test_an_open_question_is_explained(tracking, district):
    question = ask(district)
    client = tracking(question)
    address = reverse("answers:erase", args=[question.pk])

    assert "请先撤回问题" in client.get(address).content.decode()
    assert "请先撤回问题" in client.post(address, {"sure": "on"}).content.decode()
    assert Question.objects.get(pk=question.pk).text


def test_somebody_elses_question_does_not_exist(client, district):
    question = answered(district)

    assert client.get(reverse("answers:erase", args=[question.pk])).status_code == 404
