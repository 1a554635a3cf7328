"""The asking journey over HTTP: what a browser without JavaScript sees and sends."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.answers.models import AskDraft, Question
from portal.files.models import Upload
from portal.journal.realtime import real_now
from portal.kernel import sms
from tests.factories.asking import PHONE, TEXT, Walker
from tests.factories.files import pdf, photo
from tests.fakes.sms import FakeSms

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def chinese():
    """A request under /en/ leaves its language behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def settings_for_tests(settings, tmp_path, clock):
    settings.ANSWERS_PROOF_BITS = 6
    settings.PRIVATE_ROOT = tmp_path
    settings.SESSION_COOKIE_SECURE = False
    return settings


@pytest.fixture
def sms_sender(monkeypatch):
    sender = FakeSms()
    monkeypatch.setattr(sms, "_installed", sender)
    return sender


@pytest.fixture
def walker(client, district):
    return Walker(client, district).start()


@pytest.fixture
def resident(client, district):
    """A walker who has signed in."""
    client.force_login(User.objects.get(pk=district.resident.id))
    return Walker(client, district).start()


def text_of(response):
    return response.content.decode()


def prove(walker, sender):
    """Leave a telephone number and bring its code back."""
    walker.send("contact", nickname="陈女士", contact=PHONE)
    return walker.send("code", code=sender.last_code)


# --- The way through ----------------------------------------------------------------------


def test_start_page_says_what_it_takes_and_begins_a_draft(client, district):
    page = client.get(reverse("answers:ask"))

    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert "7 个工作日" in text_of(page)
    assert "12345" in text_of(page)
    assert not AskDraft.objects.exists()


def test_somebody_without_account_asks_with_a_verified_number(walker, sms_sender):
    walker.fill()

    assert prove(walker, sms_sender).url == walker.address("consent")
    done = walker.client.post(walker.address("check"), {"proof": walker.proof()}, follow=True)

    question = Question.objects.get()
    assert question.contact == "+8613800138000"
    assert (question.nickname, question.title, question.text) == ("陈女士", "居住证积分如何办理入学", TEXT)
    assert question.office == walker.district.centre
    assert question.wished_office == walker.district.schools
    assert question.consents
    assert not question.unproven
    assert question.number in text_of(done)
    assert re.search(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}", text_of(done))
    assert "2026-03-03 10:00" in text_of(done)
    assert "2026-03-11" in text_of(done)
    assert PHONE not in text_of(done)


def test_somebody_with_account_is_not_asked_for_a_contact(resident):
    resident.fill()

    assert resident.see("contact").status_code == 404
    assert resident.submit().url == resident.address("done")
    question = Question.objects.get()
    assert str(question.asker_id) == resident.district.resident.id
    assert question.contact_kind == "none"


def test_pages_follow_each_other_and_lead_back(resident):
    order = ["topic", "office", "question", "place", "files", "consent"]
    typed = {
        "topic": {"topic": "1"},
        "office": {"office": "unknown"},
        "question": {"title": "t", "text": "x"},
        "place": {"place": ""},
        "files": {},
        "consent": {"consents": "no"},
    }
    resident.fill()  # makes the topic
    typed["topic"]["topic"] = str(resident.draft.answers["topic"])

    for page, following in zip(order, [*order[1:], "check"], strict=True):
        assert resident.send(page, **typed[page]).url == resident.address(following)
        assert f'href="{resident.address(page)}"' in text_of(resident.see(following))


def test_unknown_office_leaves_the_question_with_the_centre(resident):
    resident.fill(office="unknown").submit()

    question = Question.objects.get()
    assert question.wished_office is None
    assert question.office == resident.district.centre


def test_check_page_shows_every_answer_with_a_way_to_change_it_and_come_back(resident):
    resident.fill(place="人民路小学门口")

    page = text_of(resident.see("check"))
    assert all(
        words in page for words in ["入学入园", "教育局", "居住证积分如何办理入学", TEXT, "人民路小学门口", "同意公开"]
    )
    change = f"{resident.address('place')}?back=check"
    assert f'href="{change}"' in page
    assert resident.client.post(change, {"place": "河滨公园"}).url == resident.address("check")
    assert "河滨公园" in text_of(resident.see("check"))


def test_check_page_leads_to_what_is_missing(walker, sms_sender):
    assert walker.see("check").url == walker.address("topic")
    walker.fill()
    assert walker.see("check").url == walker.address("contact")
    walker.send("contact", contact=PHONE)
    assert walker.submit().url == walker.address("code")
    assert not Question.objects.exists()


def test_language_of_the_page_is_the_language_of_the_question(resident):
    resident.fill()

    resident.client.post(f"/en{resident.address('check')}", {})

    assert Question.objects.get().language == "en"


# --- Nothing typed is lost ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "typed", "sentence", "kept"),
    [
        ("topic", {"topic": ""}, "请选择一类", None),
        ("topic", {"topic": "999999"}, "请另选一类", None),
        ("office", {"office": ""}, "请选择一个单位", None),
        ("office", {"office": "00000000-0000-0000-0000-000000000000"}, "请另选一个", None),
        ("question", {"title": "长" * 61, "text": "写了很久的内容"}, "最多 60 个字，现在 61 个字", "写了很久的内容"),
        ("question", {"title": "标题写好了", "text": ""}, "请写下您的问题", "标题写好了"),
        ("question", {"title": "标", "text": "字" * 3001}, "最多 3000 个字，现在 3001 个字", "字" * 3001),
        ("place", {"place": "路" * 101}, "最多 100 个字，现在 101 个字", "路" * 101),
        ("contact", {"contact": "1380013", "nickname": "小陈"}, "11 位", "小陈"),
        ("contact", {"contact": "", "nickname": "小陈"}, "请输入手机号或电子邮箱", "小陈"),
        ("consent", {"consents": ""}, "请选择“同意公开”“不公开”或“保密”", None),
    ],
)
def test_an_error_says_what_to_do_and_keeps_what_was_typed(walker, page, typed, sentence, kept):
    sent = walker.send(page, **typed)
    shown = walker.see(page)

    assert sent.status_code == 302
    assert sentence in text_of(shown)
    assert 'id="error-summary"' in text_of(shown)
    assert "<title>错误：" in text_of(shown)
    if kept:
        assert kept in text_of(shown)


def test_back_button_shows_what_was_typed_and_sends_nothing(resident):
    resident.fill()

    assert TEXT in text_of(resident.see("question"))
    assert "error-summary" not in text_of(resident.see("question"))
    assert 'value="yes" required id="id_consents_0" checked' in text_of(
        resident.see("consent")
    ) or "checked" in text_of(resident.see("consent"))


def test_a_wrong_change_is_not_overlooked_at_the_end(resident):
    """What was valid before must not be submitted in place of what the person last typed."""
    resident.fill()

    resident.send("question", title="", text="改过的内容")

    assert resident.submit().url == resident.address("question")
    assert "改过的内容" in text_of(resident.see("question"))
    assert not Question.objects.exists()


def test_line_ends_of_browsers_do_not_eat_up_the_limit(resident):
    resident.fill(text="\r\n".join(["字"] * 1500))

    resident.submit()

    assert Question.objects.get().text == "\n".join(["字"] * 1500)


def test_signing_in_half_way_keeps_the_draft_and_drops_the_contact_page(walker, district):
    walker.fill()

    walker.client.force_login(User.objects.get(pk=district.resident.id))
    walker.submit()

    assert str(Question.objects.get().asker_id) == district.resident.id


def test_a_draft_that_was_swept_away_is_said_to_be_over(walker):
    walker.draft.delete()

    response = walker.see("question")

    assert response.status_code == 410
    assert "24 小时" in text_of(response)


# --- One question, however often ------------------------------------------------------------


def test_double_click_replay_and_second_tab_make_one_question(resident):
    resident.fill()
    proof = resident.proof()

    answers = [resident.submit(proof=proof) for _ in range(3)]

    assert {answer.url for answer in answers} == {resident.address("done")}
    assert Question.objects.count() == 1
    first, again = text_of(resident.see("done")), text_of(resident.see("done"))
    assert first == again


def test_pages_of_a_submitted_draft_lead_to_its_confirmation(resident):
    resident.fill().submit()

    for page in ("topic", "files", "check"):
        assert resident.see(page).url == resident.address("done")
    assert resident.send("question", title="anders", text="anders").url == resident.address("done")
    assert Question.objects.get().text == TEXT


def test_the_asker_may_see_the_question_at_once(walker, sms_sender):
    walker.fill()
    prove(walker, sms_sender)
    walker.submit()

    question = Question.objects.get()

    assert walker.client.get(reverse("answers:case", args=[question.pk])).status_code == 200
    assert Client().get(reverse("answers:case", args=[question.pk])).status_code == 404


# --- Whose draft ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["topic", "question", "files", "contact", "code", "check", "challenge", "done"])
def test_somebody_elses_draft_does_not_exist(walker, page):
    walker.fill()
    stranger = Walker(Client(), walker.district)
    stranger.draft_id = walker.draft_id

    assert stranger.see(page).status_code == 404
    if page not in ("challenge", "done"):
        assert stranger.send(page).status_code == 404
    assert TEXT in str(walker.draft.answers)


def test_an_account_goes_on_with_its_draft_on_another_device(resident, district):
    resident.fill()
    other = Walker(Client(), district)
    other.client.force_login(User.objects.get(pk=district.resident.id))
    other.draft_id = resident.draft_id

    assert TEXT in text_of(other.see("check"))
    resident.submit()
    confirmation = text_of(other.see("done"))
    assert Question.objects.get().number in confirmation
    assert "请保存查询码" not in confirmation


# --- Attachments ----------------------------------------------------------------------------


def upload(walker, *files, **fields):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return walker.client.post(walker.address("files"), {"files": sent} | fields)


def test_attachments_are_added_removed_and_handed_to_the_question(resident):
    resident.fill()

    assert upload(resident, ("照片.jpg", photo()), ("通知.pdf", pdf()), add="1").url == resident.address("files")
    page = text_of(resident.see("files"))
    assert "照片.jpg" in page
    assert "通知.pdf" in page
    gone = Upload.objects.order_by("slot").first()
    resident.client.post(reverse("answers:ask_remove_file", args=[resident.draft_id, gone.pk]))
    assert "照片.jpg" not in text_of(resident.see("files"))
    assert "通知.pdf" in text_of(resident.see("check"))
    resident.submit()

    assert [upload.name for upload in Upload.objects.filter(ref=Question.objects.get().ref)] == ["通知.pdf"]


def test_continue_takes_the_chosen_file_along(resident):
    assert upload(resident, ("通知.pdf", pdf())).url == resident.address("consent")
    assert Upload.objects.count() == 1


def test_a_file_that_is_not_taken_is_named_with_its_reason_and_the_others_are_kept(resident):
    response = upload(resident, ("程序.exe", b"MZ" + b"\0" * 100), ("通知.pdf", pdf()))

    assert response.status_code == 422
    assert "程序.exe：不能上传这种文件" in text_of(response)
    assert "通知.pdf" in text_of(response)


def test_the_sixth_file_is_refused(resident):
    for number in range(5):
        upload(resident, (f"{number}.pdf", pdf()), add="1")

    assert "已经有 5 个附件" in text_of(resident.see("files"))
    assert "最多可以上传 5 个附件" in text_of(upload(resident, ("6.pdf", pdf())))


def test_a_strangers_file_cannot_be_removed(resident, district):
    upload(resident, ("通知.pdf", pdf()))
    other = Walker(Client(), district).start()

    other.client.post(reverse("answers:ask_remove_file", args=[other.draft_id, Upload.objects.get().pk]))

    assert Upload.objects.count() == 1


# --- Contact --------------------------------------------------------------------------------


def test_a_code_goes_to_the_mailbox(walker):
    walker.send("contact", contact="Chen@Example.com")

    assert mail.outbox[0].to == ["chen@example.com"]
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    assert walker.send("code", code=code).url == walker.address("consent")


def test_a_wrong_code_can_be_tried_again_and_another_one_sent(walker, sms_sender):
    walker.send("contact", contact=PHONE)
    first = sms_sender.last_code
    wrong = "000000" if first != "000000" else "111111"

    refused = walker.send("code", code=wrong)
    assert refused.status_code == 422
    assert "验证码不对或已过期" in text_of(refused)
    assert walker.client.post(walker.address("resend")).url == walker.address("code")
    assert len(sms_sender.sent) == 2
    assert walker.send("code", code=f" {sms_sender.last_code} ").url == walker.address("consent")


def test_a_proven_contact_is_not_asked_again_but_another_one_is(walker, sms_sender):
    prove(walker, sms_sender)

    assert walker.send("contact", contact=PHONE).url == walker.address("consent")
    assert walker.send("contact", contact="13900139000").url == walker.address("code")


def test_codes_for_one_contact_are_limited_and_the_page_says_when_to_try_again(walker, sms_sender, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"code_contact": (1, timedelta(minutes=20))}
    walker.send("contact", contact=PHONE)

    response = walker.client.post(walker.address("resend"))

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 1200
    assert "20 分钟后再试" in text_of(response)
    assert "12345" in text_of(response)
    assert len(sms_sender.sent) == 1


def test_contact_may_be_left_out_where_the_operator_says_so_and_the_page_warns(walker, settings):
    settings.ANSWERS_CONTACT_NEEDED = False
    walker.fill()

    assert "无法找回" in text_of(walker.see("contact"))
    assert walker.send("contact", contact="").url == walker.address("consent")
    assert "无法找回" in text_of(walker.see("check"))
    walker.submit()
    assert Question.objects.get().contact_kind == "none"


def test_a_contact_that_is_left_is_verified_even_where_it_may_be_left_out(walker, settings, sms_sender):
    settings.ANSWERS_CONTACT_NEEDED = False
    walker.fill()
    walker.send("contact", contact=PHONE)

    assert walker.submit().url == walker.address("code")


def test_a_question_is_taken_while_the_carrier_is_down(walker, sms_sender):
    sms_sender.is_down = True
    walker.fill()

    assert walker.send("contact", contact=PHONE).url == walker.address("code")
    assert "验证码没有发出去" in text_of(walker.see("code"))
    assert "联系方式没有验证" in text_of(walker.see("check"))
    walker.submit()

    assert Question.objects.get().unproven


def test_the_carriers_return_makes_verification_possible_again(walker, sms_sender):
    sms_sender.is_down = True
    walker.fill().send("contact", contact=PHONE)
    sms_sender.is_down = False

    walker.client.post(walker.address("resend"))

    assert walker.submit().url == walker.address("code")
    assert walker.send("code", code=sms_sender.last_code).url == walker.address("consent")


# --- Abuse ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [{"proof": ""}, {"proof": "a:b:c:d"}, {"website": "https://spam.example"}])
def test_a_question_without_proof_or_with_a_filled_honeypot_is_taken_and_marked(resident, sent):
    resident.fill().submit(**sent)

    question = Question.objects.get()
    assert question.unproven
    assert (question.accept_due - question.submitted_at) == timedelta(hours=24)


def test_a_solved_challenge_belongs_to_one_draft(resident, district):
    other = Walker(resident.client, district).start()

    resident.fill().submit(proof=other.proof())

    assert Question.objects.get().unproven


def test_challenge_is_handed_out_and_its_solution_counts(resident):
    from portal.answers.rules.proof_of_work import solve

    resident.fill()
    task = resident.see("challenge").json()
    nonce = solve(task["salt"], task["difficulty"])
    resident.submit(proof=f"{task['salt']}:{task['difficulty']}:{task['signature']}:{nonce}")

    assert not Question.objects.get().unproven


def test_limits_are_tighter_without_proof_and_nothing_typed_is_lost(resident, settings, district):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"submit_unproven": (1, timedelta(hours=1))}
    resident.fill().submit(proof="")
    second = Walker(resident.client, district).start().fill()

    refused = second.submit(proof="")

    assert refused.status_code == 429
    assert "60 分钟后再试" in text_of(refused)
    assert "您填写的内容都在" in text_of(refused)
    assert Question.objects.count() == 1
    assert TEXT in text_of(second.see("check"))
    assert second.submit().url == second.address("done")


def test_sending_one_form_again_does_not_use_up_the_limit(resident, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"submit": (1, timedelta(hours=1))}
    resident.fill()

    assert [resident.submit().status_code for _ in range(3)] == [302, 302, 302]


def test_beginning_is_limited_per_network(client, district, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"start": (1, timedelta(hours=1))}
    client.post(reverse("answers:ask_start"))

    assert client.post(reverse("answers:ask_start")).status_code == 429
    assert AskDraft.objects.count() == 1


def test_fields_that_no_page_has_change_nothing(resident):
    resident.fill()

    resident.submit(state="closed", office=str(resident.district.street.pk), unproven="", asker="", consents="no")

    question = Question.objects.get()
    assert question.state == "submitted"
    assert question.office == resident.district.centre
    assert question.consents


def test_reading_pages_changes_nothing(resident):
    resident.fill()
    before = (resident.draft.answers_sealed, Question.objects.count(), real_now().year)

    for page in ("topic", "question", "files", "check", "challenge"):
        resident.see(page)

    assert (resident.draft.answers_sealed, Question.objects.count(), real_now().year) == before


def test_pages_of_the_journey_stay_out_of_every_cache(resident):
    resident.fill()

    for page in ("topic", "files", "check", "challenge"):
        assert resident.see(page)["Cache-Control"] == "private, no-store"
