"""Every page: accessible in every mode, and no wider than a phone.

That none of them asks a foreign host for anything is watched by `browse`, here as everywhere.
"""

from collections.abc import Iterable
from datetime import timedelta
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from playwright.sync_api import Page, expect

from portal.accounts.adapter import SmsTemplate
from portal.accounts.limits import TooManyTries
from portal.accounts.models import User
from portal.answers.actions import aftercare, extending, publication, replying, screening
from portal.answers.actions.filters import keep_filter
from portal.answers.actions.passages import keep_passage
from portal.answers.models import AnswerPage, AskDraft, Question
from portal.answers.views import track
from portal.kernel import sms
from portal.notifications.stopping import link_for
from portal.ui.outward import outward
from tests.browser.asking import ask, follow, onward, press, replace_lost_code
from tests.browser.looks import MODES, choose, faults, violations
from tests.factories.accounts import PASSWORD, UserFactory, actor
from tests.factories.answers import accepted, answered, at, dispatched, entered, in_review, make_topic, published
from tests.factories.answers import ask as asked
from tests.factories.answers import ask_with_code as asked_with_code
from tests.factories.call_backs import drawn_call
from tests.factories.notifications import NoticeFactory
from tests.factories.workdays import announced, official_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matters(district, clock, background, settings, tmp_path):
    """The resident's questions, one of each kind of page; the worker has caught up, one text message is sent."""
    settings.OUTBOX_DIR = tmp_path / "outbox"
    sms.installed().send(SmsTemplate.VERIFY_PHONE, {"code": "123456", "minutes": "10"}, "+8613800138000")
    who = {"by": district.resident, "clock": clock}
    found = {
        "waiting": dispatched(district, title="等待受理的问题", **who),
        "answered": answered(district, title="已经答复的问题", **who),
        "rated": answered(district, title="已经评价的问题", **who),
        "published": published(district, title="已经公开的问题", **who),
        "refused": asked(district, title="不予受理的问题", **who),
        "expected": asked(district, title="日期还是预计的问题", by=district.resident, clock=at(12, 28, 10)),
    }
    clock.move(days=2)
    aftercare.rate(found["rated"].pk, resolved="partly", satisfaction=3, comment="还行", **who)
    screening.propose_refusal(
        found["refused"].pk,
        reason="private_dispute",
        explanation="这是民事纠纷。",
        other_route="人民调解",
        by=district.dispatcher,
        clock=clock,
    )
    screening.approve_refusal(found["refused"].pk, by=district.second_dispatcher, clock=clock)
    background()
    resident = User.objects.get(pk=district.resident.id)
    NoticeFactory(user=resident, failed=True, kind="answers.moved", ref=found["answered"].ref)
    return found


def visit(page: Page, path: str) -> None:
    """Open a page that is there, and not another one instead."""
    assert page.goto(path).status == 200, path
    assert page.url.endswith(path), f"{path} leads to {page.url}"


def survey(page: Page, paths: Iterable[str]) -> dict[str, list[str]]:
    """Open page after page; return those with which something is wrong."""
    wrong = {}
    for path in paths:
        visit(page, path)
        wrong[path] = faults(page)
    return {path: found for path, found in wrong.items() if found}


def visitors_pages(matters) -> list[str]:
    page = AnswerPage.objects.get(question=matters["published"])
    return [
        "/",
        "/about/",
        "/accessibility/",
        "/answers/",
        "/answers/?tab=waiting",
        "/answers/?office=schools&topic=schooling",
        "/answers/?office=street",
        "/performance/",
        "/search/",
        "/search/?q=%E5%85%AC%E5%BC%80",
        "/performance/?office=schools",
        "/performance/how-we-count/",
        "/open/verify/",
        "/open/calendar/",
        "/open/calendar/2027/",  # expected only
        "/statements/",
        "/open-data/",
        "/open-data/answers/",
        outward("https://www.example.org/form"),
        page.get_url().replace("http://localhost", ""),
        f"/q/{matters['waiting'].pk}/why/",
        "/performance/call-backs/",
        "/track/",
        "/track/lost/",
        "/display/",
        "/outbox/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/login/code/",
    ]


def residents_pages(matters) -> list[str]:
    return [
        "/my/questions/",
        *(f"/q/{question.pk}/" for question in matters.values()),
        f"/q/{matters['expected'].pk}/why/",
        f"/q/{matters['waiting'].pk}/withdraw/",
        f"/q/{matters['waiting'].pk}/erase/",
        f"/q/{matters['published'].pk}/erase/",
        "/track/erased/",
        "/inbox/",
        "/account/",
        "/account/notices/",
        "/account/devices/",
        "/account/delete/",
        "/accounts/email/",
        "/accounts/phone/change/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
    ]


@pytest.mark.parametrize("mode", MODES)
def test_public_pages_are_accessible_and_fit_a_phone(browse, matters, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)

    assert survey(page, visitors_pages(matters)) == {}


@pytest.mark.parametrize("mode", MODES)
def test_a_residents_own_pages_are_accessible_and_fit_a_phone(browse, district, matters, live_server, mode):
    page = browse(district.resident, phone=True)
    choose(page, mode, live_server.url)

    assert survey(page, residents_pages(matters)) == {}
    assert page.goto("/admin/").status == 403  # not for residents, and the refusal says so
    assert faults(page) == []


@pytest.mark.parametrize("mode", MODES)
def test_the_settings_of_one_question_and_their_faults_are_accessible_and_fit_a_phone(
    browse, district, clock, live_server, mode
):
    _question, code = asked_with_code(district, contact="a@example.com", clock=clock)
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    page.goto("/track/")
    page.get_by_label("查询码").fill(code)
    onward(page, "查询")
    follow(page, "通知设置")
    wrong = faults(page)
    page.get_by_label("按我的时间").check()
    onward(page, "保存")  # without the hours

    expect(page.get_by_role("alert").first).to_be_visible()
    assert wrong + faults(page) == []


@pytest.mark.parametrize("mode", MODES)
def test_stopping_mails_from_a_mail_is_accessible_and_fits_a_phone(browse, district, live_server, mode):
    mail = NoticeFactory(user=User.objects.get(pk=district.resident.id))
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    page.goto(urlsplit(link_for(mail)).path)
    wrong = {"before": faults(page)}
    onward(page, "停发 其他通知")
    wrong["after"] = faults(page)
    expect(page.get_by_text("已停发")).to_be_visible()
    onward(page, "恢复发送 其他通知")
    mail.delete()
    assert page.reload().status == 410
    wrong["dead"] = faults(page)

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_are_accessible_on_a_wide_screen_in_both_languages(browse, matters, language):
    assert survey(browse(), [language + path for path in visitors_pages(matters)]) == {}


def test_an_answer_after_an_extension_fits_a_phone_in_english(browse, district, clock, background):
    who = {"clock": clock, "by": district.spokesperson}
    question = accepted(district, by=district.resident, clock=clock, title="路灯何时修好")
    extending.request_extension(question.pk, working_days=3, reason="勘查", interim="在办", **who)
    extending.approve_extension(question.pk, by=district.superior, clock=clock)
    replying.save_draft(question.pk, text="已经修好。", **who)
    replying.submit_for_review(question.pk, **who)
    replying.release(question.pk, by=district.leader, clock=clock)
    texts = {"title": "路灯", "question_text": "何时修好？", "answer_text": "已经修好。"}
    publication.publish(question.pk, **texts, by=district.editor, clock=clock)
    background()
    page = browse(phone=True)
    public = AnswerPage.objects.get(question=question).get_url().replace("http://localhost", "")

    assert survey(page, ["/en" + public]) == {}
    expect(page.get_by_text("First date")).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_asking_and_replacing_a_lost_code_is_accessible_and_fits_a_phone(
    browse, district, carrier, clock, live_server, settings, mode
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    make_topic()
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    seen, wrong = [], {}

    def look(page: Page) -> None:
        seen.append(page.url)
        if found := faults(page):
            wrong[page.url] = found
        if page.url.endswith("/topic/") and seen.count(page.url) == 1:  # once more with its errors
            onward(page)
            look(page)

    ask(page, "居住证入学", carrier=carrier, look=look)
    replace_lost_code(page, Question.objects.get().number, carrier=carrier, look=look)

    assert len(seen) == 15
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "contact"),
    [
        ("/accounts/signup/", "13900139000"),
        ("/accounts/signup/", "new@example.com"),
        ("/accounts/login/code/", "13900139000"),
        ("/accounts/password/reset/", "new@example.com"),
    ],
)
def test_entering_by_code_is_accessible_and_fits_a_phone(browse, carrier, path, contact):
    page = browse(phone=True)
    page.goto(path)
    page.locator("main").get_by_role("textbox").fill(contact)
    onward(page, "获取验证码")

    expect(page.get_by_label("验证码")).to_be_visible()
    assert faults(page) == []


def test_setting_up_a_second_factor_is_accessible_and_fits_a_phone(browse, district):
    page = browse(district.resident, phone=True)
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "确认")

    expect(page.get_by_role("img").first).to_be_visible()
    assert faults(page) == []


# --- No, and sorry ----------------------------------------------------------------------------

REFUSALS = {
    400: SuspiciousOperation(),
    403: PermissionDenied(),
    404: Http404(),
    429: TooManyTries(timedelta(minutes=5)),
    500: RuntimeError("broken on purpose"),
}


@pytest.mark.parametrize("mode", MODES)
def test_pages_that_refuse_are_accessible_and_fit_a_phone(
    browse, live_server, monkeypatch, settings, tmp_path, mode, transactional_db
):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}
    for status, error in REFUSALS.items():
        with monkeypatch.context() as patch:
            patch.setattr(track, "TrackForm", Mock(side_effect=error))
            assert page.goto("/track/").status == status
        wrong[status] = faults(page)

    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.write_text("今晚十点恢复。", encoding="utf-8")
    assert page.goto("/").status == 503
    wrong[503] = faults(page)

    assert {status: found for status, found in wrong.items() if found} == {}


def test_pages_about_what_ran_out_are_accessible_and_fit_a_phone(browse, district, settings):
    make_topic()
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"track": (0, timedelta(minutes=10))}
    page = browse(phone=True)
    page.goto("/track/")
    page.get_by_label("查询码").fill("AAAAAA-AAAAAA-AAAAAA")
    onward(page, "查询")  # too often
    wrong = {page.title(): faults(page)}

    page.goto("/ask/")
    onward(page, "开始提问")
    AskDraft.objects.all().delete()
    assert page.reload().status == 410  # swept away
    wrong[page.title()] = faults(page)

    page.goto("/track/")
    page.context.clear_cookies()
    onward(page, "查询")  # a form without its cookie
    wrong[page.title()] = faults(page)

    assert len(wrong) == 3
    assert {title: found for title, found in wrong.items() if found} == {}


# --- Staff ------------------------------------------------------------------------------------


@pytest.fixture
def cases(district, clock) -> dict[str, str]:
    """The addresses of cases in which somebody has something to do."""
    questions = {
        "submitted": asked(district, clock=clock),
        "waiting": dispatched(district, clock=clock),
        "accepted": accepted(district, clock=clock),
        "review": in_review(district, clock=clock),
        "answered": answered(district, clock=clock),
        "lost": answered(district, contact="a@example.com", clock=clock),
        "ended": asked(district, clock=clock),
    }
    screening.hand_over(questions["ended"].pk, service="120", told="x", by=district.dispatcher, clock=clock)
    NoticeFactory(recipient=questions["lost"].ref, failed=True, kind="answers.moved", ref=questions["lost"].ref)
    return {name: f"/admin/desk/{question.pk}/" for name, question in questions.items()}


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "wide"])
@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_entering_a_question_for_somebody_is_accessible_and_fits_a_phone(
    browse, district, clock, live_server, phone, mode
):
    make_topic()
    page = browse(district.dispatcher, phone=phone)
    choose(page, mode, live_server.url)
    visit(page, "/admin/desk/enter/")
    wrong = {"form": faults(page)}
    with page.expect_navigation():
        page.get_by_role("button", name="登记，开始计时").click()
    wrong["form with errors"] = faults(page)
    question = entered(district, received_at=at(3, 2, 8).at)
    visit(page, f"/admin/desk/enter/{question.form_token}/")
    wrong["receipt"] = faults(page)
    visit(page, f"/admin/desk/enter/{question.form_token}/slip/")
    wrong["slip"] = faults(page)
    visit(page, f"/admin/desk/{question.pk}/")
    wrong["case"] = violations(page)
    confided = entered(district, confidential=True, nickname="王女士")
    visit(page, f"/admin/desk/{confided.pk}/")
    wrong["confidential case"] = violations(page)

    assert {name: found for name, found in wrong.items() if found} == {}


def test_calling_back_is_accessible_and_fits_a_phone(browse, district, clock):
    call = drawn_call(district)
    clock.move(days=30)
    page = browse(district.dispatcher)
    wrong = survey(page, ["/admin/desk/calls/", "/admin/desk/calls/?show=ended", f"/admin/desk/calls/{call.pk}/"])
    page.set_viewport_size({"width": 360, "height": 740})
    for button in ("显示号码，开始打电话", "保存结果"):  # the number with the form, then the form with its errors
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()
        wrong |= {button: found} if (found := faults(page)) else {}

    assert wrong == {}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("dispatcher", ["queue", "submitted", "filters", "similar"]),  # the queue with ticks, for several at once
        ("spokesperson", ["queue", "waiting", "accepted", "lost", "passages", "passage"]),
        ("leader", ["review"]),
        ("editor", ["answered"]),
        ("auditor", ["/admin/journal/", "/admin/desk/exclusions/", "ended", "/admin/desk/assessment/"]),
        ("administrator", ["/admin/journal/unfinished/", "/admin/undelivered/", "/admin/offices/", "office"]),
    ],
)
def test_the_desk_is_accessible(browse, district, clock, cases, who, names):
    district.administrator = actor(UserFactory(administrator=True))
    NoticeFactory(user=UserFactory(), failed=True)
    keep_filter("待受理", {"group": "offered"}, is_default=False, by=district.dispatcher)
    passage = keep_passage(
        district.schools.pk, title="开头", text="{称呼}您好", is_shared=True, by=district.spokesperson, clock=clock
    )
    passages = f"/admin/desk/passages/{district.schools.pk}/"
    cases |= {"passages": passages, "passage": f"{passages}{passage.pk}/"}
    addresses = cases | {
        "queue": "/admin/desk/",
        "filters": "/admin/desk/filters/",
        "similar": f"{cases['submitted']}similar/",
        "office": f"/admin/offices/{district.schools.pk}/",
    }

    assert survey(browse(getattr(district, who)), [addresses.get(name, name) for name in names]) == {}


# The back office has one look: the reader's modes do not reach it.
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "wide"])
def test_the_calendar_of_the_back_office_is_accessible_and_fits_a_phone(browse, district, clock, background, phone):
    clock.set(at(12, 20, 10).now())  # with the banner that 2027 is missing
    asked(district, clock=clock)
    text = announced(official_year(2027)).replace("节假日期间", "八、教师节：另行通知放假。\n节假日期间")
    page = browse(district.dispatcher, phone=phone)
    visit(page, "/admin/calendar/local/")
    wrong = {"local days": faults(page)}
    visit(page, "/admin/calendar/national/")
    press(page, "识别并预览")
    wrong["nothing pasted"] = faults(page)
    page.get_by_label("通知全文").fill(text)
    press(page, "识别并预览")
    expect(page.locator("mark")).to_have_count(1)
    wrong["reviewing"] = faults(page)
    press(page, "保存草稿，请另一个人确认")
    wrong["draft"] = faults(page)

    second = browse(district.superior, phone=phone)
    second.goto(page.url)
    press(second, "不同意")
    wrong["draft, with an error"] = faults(second)
    second.get_by_label("我已对照原文逐日核对").check()
    press(second, "确认生效")
    with second.expect_navigation():
        second.get_by_role("link", name="停止自动刷新").click()
    wrong["waiting to be counted"] = faults(second)
    background()
    second.reload()
    expect(second.get_by_role("progressbar")).to_be_visible()
    wrong["counted"] = faults(second)
    visit(second, "/admin/calendar/")
    wrong["list"] = faults(second)

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "wide"])
def test_the_first_pages_of_the_desk_are_accessible_and_fit_a_phone(browse, district, clock, cases, phone):
    clock.move(days=20)  # everything open is late
    wrong = {}
    for who, paths in {
        "dispatcher": ["/admin/", "/admin/desk/shortcuts/", f"{cases['submitted']}similar/"],
        "superior": ["/admin/", "/admin/desk/oversight/"],
    }.items():
        page = browse(getattr(district, who), phone=phone)
        wrong |= survey(page, paths)

    assert wrong == {}
