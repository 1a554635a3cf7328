"""What is said in confidence: the matter reaches the office, the person does not, and nothing of it gets about."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import aftercare, asking, dispatching, emergencies, handling, merging, replying, screening
from portal.answers.actions.erasing import erase_question
from portal.answers.actions.listing import refresh_listing
from portal.answers.actions.queue_export import export_queue
from portal.answers.actions.revealing import Revealed, reveal_contact
from portal.answers.models import Confided, Intake, Listing, Question
from portal.answers.queries.emergencies import hot_topics
from portal.answers.queries.queue import QueueFilter
from portal.answers.queries.tracking import by_contact
from portal.answers.reasons import NOT_CLEARED
from portal.answers.rules.confidence import telltales
from portal.answers.rules.contacts import Contact
from portal.files.actions import attach, receive
from portal.files.models import Upload
from portal.files.rules.drafts import draft_key
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import Actor
from portal.kernel.permissions import NotAllowed
from portal.notifications.models import Notice
from tests.factories import files
from tests.factories.answers import AT_MONDAY, ask, at, dispatched, entered
from tests.factories.asking import Walker
from tests.portal.answers.test_entering import typed

pytestmark = [pytest.mark.db, pytest.mark.django_db]

# Words that stand in everything the person said, and in nothing that an office may see.
MATTER, PERSON, PHONE = "金桂里", "陆小桂", "+8613800138000"
CLEARED = "某小区物业收费后不开票，住户不敢署名。"
SAID = {
    "title": f"{MATTER}物业乱收费",
    "text": f"{MATTER}的物业收了钱不开票，街道的人和他们熟，我怕被报复。",
    "place": MATTER,
    "nickname": PERSON,
}


def told(district, **other):
    """Told to the dispatcher by a neighbour on the telephone."""
    return entered(
        district, **SAID | {"confidential": True, "relation": "邻居", "contact": Contact("phone", PHONE)} | other
    )


def clear(district, question, text=CLEARED, **other):
    return screening.dispatch(
        question.pk,
        office_id=district.schools.pk,
        public_title="",
        cleared_text=text,
        **{"by": district.dispatcher, "clock": at(3, 2, 11)} | other,
    )


def refusal(act):
    with pytest.raises(NotAllowed) as refused:
        act()
    return refused.value.reason.code


@pytest.fixture
def as_(client, district, clock):
    """Sign in as one of the district's people; the pages' clock stands at noon."""
    clock.set(at(3, 2, 12).at)

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def case(client, question):
    return client.get(reverse("answers_desk:case", args=[question.pk])).content.decode()


# --- Sealed -------------------------------------------------------------------------------------


def test_nothing_of_it_stands_in_clear_in_any_table(district, background, clock):
    question = told(district)
    clear(district, question)
    background()

    stored = "\n".join(
        str(value)
        for model in apps.get_models()
        if model is not User
        for row in model._base_manager.all()
        for value in row.__dict__.values()
    )
    assert question.number in stored
    for word in (MATTER, PERSON, PHONE, "邻居"):
        assert word not in stored


def test_it_is_kept_whole_for_those_who_may(district):
    question = told(district)

    assert question.confidence.words == Confided(
        SAID["title"], SAID["text"], place=MATTER, nickname=PERSON, relation="邻居"
    )
    assert (question.title, question.text, question.place, question.nickname) == ("保密问题", "", "", "")
    assert not question.consents
    assert Intake.objects.get(question=question).relation == ""


@pytest.mark.parametrize(
    "change", [{"consents": True}, {"publication": "proposed"}, {"public_title": "题"}, {"nickname": "王"}]
)
def test_the_database_keeps_it_from_the_public(district, change):
    question = told(district)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)


# --- Who reads what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("dispatcher", MATTER, MATTER),
        ("second_dispatcher", MATTER, MATTER),
        ("superior", MATTER, MATTER),  # leads the centre
        ("auditor", "核对之前，内容不给其他人看", CLEARED),
        ("spokesperson", None, CLEARED),
        ("officer", None, CLEARED),
        ("leader", None, CLEARED),
        ("street_spokesperson", None, None),
        ("editor", None, None),
    ],
)
def test_the_circle_reads_the_words_and_the_office_the_cleared_matter(district, as_, who, before, after):
    question = told(district)
    client = as_(who)
    address = reverse("answers_desk:case", args=[question.pk])

    for expected, unlocked in ((before, False), (after, True)):
        if unlocked:
            clear(district, question)
        response = client.get(address)
        if expected is None:
            assert response.status_code == 404
            continue
        page = response.content.decode()
        assert expected in page
        assert (MATTER in page) is (expected == MATTER)
        assert PERSON not in page
        assert "8000" not in page


@pytest.mark.parametrize(("who", "sees"), [("dispatcher", True), ("superior", True), ("spokesperson", False)])
def test_where_and_how_it_was_told_would_lead_to_the_person(district, as_, who, sees):
    question = told(district, by=district.street_spokesperson, office=district.street, channel="visit")
    clear(district, question)
    pages = case(as_(who), question) + as_(who).get(reverse("answers:case", args=[question.pk])).content.decode()
    rows = as_(who).get(reverse("answers_desk:rows")).content.decode()

    for trace in ("<li>东河街道", "street_spokesperson", "上门", "登记人"):
        assert (trace in pages) is sees, trace
    assert "上门" not in rows


@pytest.mark.parametrize("who", ["dispatcher", "second_dispatcher", "superior"])
def test_the_circle_learns_who_it_was_for_a_reason_that_stays_on_file(district, as_, who):
    question = told(district)
    clear(district, question)
    client = as_(who)
    address = reverse("answers_desk:reveal", args=[question.pk])

    asked = client.post(address, {"reveal-reason": "", "reveal-words": ""})
    shown = client.post(address, {"reveal-reason": "clarify", "reveal-words": ""}).content.decode()

    assert PERSON not in asked.content.decode()
    assert PERSON in shown
    assert PHONE in shown
    assert "邻居" in shown
    record = EventRecord.objects.get(aggregate=question.ref, name="answers.contact_revealed")
    assert (record.actor, record.payload["reason"]) == (f"person:{getattr(district, who).id}", "clarify")
    assert PERSON not in case(client, question)


@pytest.mark.parametrize("who", ["spokesperson", "officer", "leader", "auditor", "editor"])
def test_nobody_else_does(district, who):
    question = told(district)
    clear(district, question)

    def act():
        reveal_contact(question.pk, reason="visit", words="", by=getattr(district, who), clock=at(3, 2, 12))

    assert refusal(act) in ("confidential", "not_office")
    assert not EventRecord.objects.filter(name="answers.contact_revealed").exists()


def test_of_an_account_the_circle_learns_the_name(district):
    question = ask(district, by=district.resident, confidential=True, **SAID | {"nickname": ""})

    revealed = reveal_contact(question.pk, reason="identity", words="", by=district.dispatcher, clock=at(3, 2, 12))
    assert revealed == Revealed("", name="resident")


def test_attachments_are_opened_by_the_circle_and_the_asker_alone(district, as_):
    question = ask(district, by=district.resident, confidential=True, **SAID)
    receive(SimpleUploadedFile("证据.pdf", files.pdf()), draft_key=draft_key(str(question.pk)), clock=AT_MONDAY)
    attach(draft_key=draft_key(str(question.pk)), ref=question.ref)
    clear(district, question)
    address = reverse("files:download", args=[Upload.objects.get().pk])

    opened = {who: as_(who).get(address).status_code for who in ("dispatcher", "resident", "spokesperson", "leader")}

    assert opened["dispatcher"] == opened["resident"] == 200
    assert opened["spokesperson"] in (403, 404)
    assert opened["leader"] in (403, 404)


def test_the_asker_reads_their_own_words_and_lists_say_nothing(district, as_):
    question = ask(district, by=district.resident, confidential=True, **SAID)
    clear(district, question)
    client = as_("resident")
    own = client.get(reverse("answers:case", args=[question.pk])).content.decode()
    listed = client.get(reverse("answers:mine")).content.decode()
    why = client.get(reverse("answers:why", args=[question.pk])).content.decode()

    assert SAID["text"] in own
    assert CLEARED not in own
    assert "不要写能认出您的话" in own
    for page in (listed, why):
        assert "保密问题" in page
        assert MATTER not in page


# --- From the centre to the office --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_cleared"),
        ("请回电 13800138000。", "names_somebody"),
        ("身份证 11010519491231002X 的住户。", "names_somebody"),
        ("写信给 lu@example.org。", "names_somebody"),
        ("车牌浙B12345 的业主。", "names_somebody"),
    ],
)
def test_it_goes_on_only_in_a_wording_that_leads_to_nobody(district, text, code):
    question = told(district)

    assert refusal(lambda: clear(district, question, text)) == code
    assert Question.objects.get(pk=question.pk).state == "submitted"


def test_the_form_says_what_still_leads_to_somebody_and_keeps_the_text(district, as_):
    question = told(district, text="物业打 13800138000 威胁我。")
    client = as_("dispatcher")
    page = case(client, question)
    sent = {
        "dispatch-seen": question.version,
        "dispatch-office_id": district.schools.pk,
        "dispatch-cleared_text": "请回电 13800138000。",
        "dispatch-cleared": "on",
    }
    address = reverse("answers_desk:step", args=[question.pk, "dispatch"])
    refused = client.post(address, sent)
    unticked = client.post(address, sent | {"dispatch-cleared_text": CLEARED, "dispatch-cleared": ""})
    done = client.post(address, sent | {"dispatch-cleared_text": CLEARED})

    assert '<mark title="手机号">13800138000</mark>' in page
    assert "还有能认出人的内容：13800138000" in refused.content.decode()
    assert unticked.status_code == 422
    assert done.status_code == 302
    after = Question.objects.get(pk=question.pk)
    assert (after.state, after.text, after.public_title) == ("awaiting_acceptance", CLEARED, "")
    assert str(after.confidence.cleared_by_id) == district.dispatcher.id


def test_offices_roads_and_schools_are_no_telltales():
    assert telltales("东河街道荷花路 3 号的实验小学，王主任说不收。") == []


def test_several_at_once_leave_it_behind(district):
    question = told(district)
    done, left = dispatching.dispatch_many(
        [question.pk], office_id=district.schools.pk, by=district.dispatcher, clock=at(3, 2, 11)
    )

    assert (done, left) == ([], [(question.pk, NOT_CLEARED)])


def test_it_is_answered_like_any_other_and_stays_private(district, background, clock):
    question = told(district)
    clear(district, question)
    handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 12))
    replying.save_draft(question.pk, text="已约谈物业。", by=district.officer, clock=at(3, 3, 9))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(3, 3, 9))
    replying.release(question.pk, by=district.leader, clock=at(3, 3, 10))
    background()

    after = Question.objects.get(pk=question.pk)
    assert (after.state, after.publication) == ("answered", "private")
    assert not Listing.objects.exists()
    assert list(faults()) == []


# --- Nowhere else -------------------------------------------------------------------------------


def test_it_follows_no_other_and_no_other_follows_it(district):
    question, other = told(district), ask(district)

    for member, lead in ((question, other), (other, question)):
        assert (
            refusal(
                lambda member=member, lead=lead: merging.merge(
                    member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11)
                )
            )
            == "confidential_alone"
        )


def test_it_belongs_to_no_emergency(district):
    question = told(district)
    emergency = emergencies.open_emergency(
        title="停水",
        place="",
        centre_id=district.centre.pk,
        question_ids=[question.pk],
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )

    assert not emergency.questions.exists()
    assert (
        refusal(
            lambda: emergencies.attach(emergency.pk, number=question.number, by=district.dispatcher, clock=at(3, 2, 11))
        )
        == "no_such_question"
    )


def test_it_makes_nothing_hot(district, settings):
    settings.ANSWERS_HOT_TOPIC = (2, settings.ANSWERS_HOT_TOPIC[1])
    for _asker in range(2):
        told(district)
    assert hot_topics(district.dispatcher, at(3, 2, 12).at) == []
    for _asker in range(2):
        entered(district, **SAID)
    assert len(hot_topics(district.dispatcher, at(3, 2, 12).at)) == 1


def test_it_is_not_taken_along_as_csv(district, as_):
    told(district)
    dispatched(district)
    made = export_queue(QueueFilter(), personal=True, reason="visit", by=district.dispatcher, clock=at(3, 2, 12))
    page = as_("dispatcher").get(reverse("answers_desk:export")).content.decode()

    assert [question.confidential for question in made.found] == [False]
    assert "将导出 1 个问题" in page


def test_the_queue_names_neither_matter_nor_person_and_search_finds_it_by_number_only(district, as_):
    question = told(district)
    client = as_("dispatcher")
    rows = client.get(reverse("answers_desk:rows")).content.decode()

    assert question.number in rows
    assert "保密" in rows
    assert MATTER not in rows
    assert question.number not in client.get(reverse("answers_desk:rows"), {"text": MATTER}).content.decode()
    assert question.number in client.get(reverse("answers_desk:rows"), {"text": question.number}).content.decode()


def test_the_public_list_never_has_it(district):
    question = told(district)
    clear(district, question)
    refresh_listing(str(question.pk))

    assert not Listing.objects.exists()


def test_notices_say_its_number_and_nothing_else(district, background, clock, settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    question = told(district)
    clear(district, question)
    background()

    sent = "\n".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert Notice.objects.filter(recipient=question.ref, kind="answers.received").exists()
    for text in (sent, *(str(notice.__dict__) for notice in Notice.objects.all())):
        assert MATTER not in text
        assert CLEARED not in text


def test_a_number_that_staff_typed_does_not_open_it(district):
    typed = told(district)
    asked = ask(district, confidential=True, contact=PHONE, **SAID)
    ordinary = entered(district, contact=Contact("phone", PHONE))

    assert by_contact(typed.number, PHONE) is None
    assert by_contact(asked.number, PHONE) == asked
    assert by_contact(ordinary.number, PHONE) == ordinary


def test_it_is_erased_with_the_question(district):
    question = ask(district, confidential=True, **SAID)
    clear(district, question)
    asker = Actor(tracked=frozenset({str(question.pk)}))
    aftercare.withdraw(question.pk, by=asker, clock=at(3, 2, 12))
    erase_question(question.pk, by=asker, clock=at(3, 2, 13))

    assert Question.objects.get(pk=question.pk).confidence.words == Confided("", "")


# --- Asking for it on-line ----------------------------------------------------------------------


def test_on_line_it_is_a_third_choice_explained_in_plain_words(client, district, clock, settings):
    settings.ANSWERS_CONTACT_NEEDED = False
    walker = (
        Walker(client, district)
        .start()
        .fill(consents="confidential", **{k: SAID[k] for k in ("title", "text", "place")})
    )
    walker.send("contact", nickname=PERSON, contact="")
    page = walker.see("consent").content.decode()
    check = walker.see("check").content.decode()
    walker.submit()
    question = Question.objects.get()
    receipt = walker.see("done").content.decode()

    assert "也不知道您是谁" in page
    assert "保密：也不让承办单位知道我是谁" in check
    assert question.confidential
    assert question.confidence.words.nickname == PERSON
    assert MATTER not in receipt
    assert asking.keep_answers(walker.draft.pk, {}).answers == {}


def test_staff_mark_it_on_their_form(client, district, clock):
    client.force_login(User.objects.get(pk=district.officer.id))
    sent = typed(district, consents="confidential", office="schools", text=SAID["text"])
    response = client.post(reverse("answers_desk:enter"), sent)
    receipt = client.get(response["Location"]).content.decode()

    assert Question.objects.get().confidential
    assert "按保密办理" in receipt
    assert MATTER not in receipt
    assert client.get(reverse("answers_desk:case", args=[Question.objects.get().pk])).status_code == 404
