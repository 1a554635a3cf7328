"""Every role's way through the product, hand in hand with the others; each with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.answers.models import Question
from tests.browser.asking import ask, onward
from tests.factories.accounts import PASSWORD
from tests.factories.answers import accepted, dispatched, make_topic
from tests.factories.answers import ask as asked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request) -> bool:
    return request.param


@pytest.fixture(autouse=True)
def topic(district, clock):
    return make_topic()


def sign_in(page: Page, person) -> None:
    """Sign in through the one door, with a password."""
    page.goto("/accounts/login/")
    page.get_by_label("手机号或电子邮箱").fill(User.objects.get(pk=person.id).email)
    page.get_by_label("密码").fill(PASSWORD)
    onward(page, "登录")


def step(page: Page, name: str) -> None:
    """Press the button of a step on the case page."""
    with page.expect_navigation():
        page.locator("form.desk-step").get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, name: str) -> None:
    """Open the panel of a step that needs something filled in."""
    panel = page.locator("details.desk-panel", has=page.locator("summary", has_text=re.compile(f"^{name}$")))
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()


def open_case(page: Page, title: str) -> None:
    page.goto("/admin/desk/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name="下一步")).to_be_visible()


# --- Residents ------------------------------------------------------------------------------


def test_somebody_without_account_asks_keeps_the_code_and_tracks_on_another_device(browse, carrier, script):
    page = browse(script=script, phone=True)
    ask(page, "居住证入学材料", carrier=carrier)

    expect(page.get_by_role("heading", name="问题已提交")).to_be_visible()
    question = Question.objects.get()
    receipt = page.locator("main").inner_text()
    assert question.number in receipt
    assert "2026-03-03 10:00 前" in receipt  # 24 hours
    assert "截至 2026-03-11" in receipt  # 7 working days
    assert question.unproven is not script
    code = re.search(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}", receipt)[0]

    other = browse(script=script)
    other.goto("/track/")
    other.get_by_label("查询码").fill(code.lower().replace("-", " "))
    onward(other, "查询")
    expect(other.get_by_role("heading", name="居住证入学材料")).to_be_visible()

    other.get_by_role("link", name="撤回问题").click()
    onward(other, "撤回问题")
    expect(other.get_by_text("已撤回").first).to_be_visible()
    assert Question.objects.get().state == "withdrawn"


def test_a_wrong_tracking_code_says_what_to_do(browse, script):
    page = browse(script=script)
    page.goto("/track/")
    page.get_by_label("查询码").fill("AAAAAA-AAAAAA-AAAAAA")
    onward(page, "查询")

    expect(page.get_by_label("查询码")).to_have_value("AAAAAA-AAAAAA-AAAAAA")
    expect(page.get_by_role("alert").first).to_be_visible()


# --- From question to published page ----------------------------------------------------------


def test_a_question_is_asked_accepted_answered_signed_rated_redacted_and_published(
    browse, district, clock, background, script
):
    resident = browse(script=script, phone=True)
    sign_in(resident, district.resident)
    ask(resident, "持居住证上小学")
    expect(resident.get_by_role("heading", name="问题已提交")).to_be_visible()

    clock.move(hours=1)
    dispatcher = browse(script=script)
    sign_in(dispatcher, district.dispatcher)
    open_case(dispatcher, "持居住证上小学")
    unfold(dispatcher, "分派")
    step(dispatcher, "分派")
    background()

    visitor = browse(script=script, phone=True)
    visitor.goto("/answers/?tab=waiting")
    waiting = visitor.get_by_role("article").filter(has_text="持居住证上小学")
    expect(waiting).to_contain_text("2026-03-03 10:00 前")
    expect(waiting).to_contain_text("截至 2026-03-11")

    clock.move(hours=1)
    spokesperson = browse(district.spokesperson, script=script)
    open_case(spokesperson, "持居住证上小学")
    step(spokesperson, "受理")
    spokesperson.locator("form[action$='/save_draft/'] textarea").fill("您好，请带居住证、户口簿和租房合同。")
    step(spokesperson, "保存答复稿")
    step(spokesperson, "送审")
    expect(spokesperson.get_by_text("需要由另一个人审签")).to_be_visible()

    clock.move(days=1)
    leader = browse(district.leader, script=script)
    open_case(leader, "持居住证上小学")
    unfold(leader, "退回修改")
    leader.get_by_label("修改意见").fill("请写明租房合同要备案。")
    step(leader, "退回修改")

    spokesperson.reload()
    expect(spokesperson.get_by_text("请写明租房合同要备案。")).to_be_visible()
    spokesperson.locator("form[action$='/save_draft/'] textarea").fill("您好，请带居住证、户口簿和备案的租房合同。")
    step(spokesperson, "保存答复稿")
    spokesperson.get_by_text("与上一版比较").click()
    expect(spokesperson.locator("ins", has_text="备案")).to_be_visible()
    step(spokesperson, "送审")

    leader.reload()
    step(leader, "签发答复")
    background()

    resident.goto("/my/questions/")
    resident.get_by_role("link", name="持居住证上小学").click()
    expect(resident.get_by_text("请带居住证、户口簿和备案的租房合同")).to_be_visible()
    resident.get_by_label("解决了", exact=True).check()
    resident.get_by_label("5").check()
    onward(resident, "提交评价")
    expect(resident.get_by_role("heading", name="您的评价")).to_be_visible()

    editor = browse(district.editor, script=script)
    editor.goto("/admin/desk/?group=answered")
    editor.get_by_role("link", name="持居住证上小学").click()
    expect(editor.locator("mark", has_text="13800138000").first).to_be_visible()
    unfold(editor, "公开")
    wording = editor.locator("form[action$='/publish/'] textarea").first
    wording.fill(wording.input_value().replace("我的电话 13800138000。", "（电话略）"))
    editor.get_by_label("我已逐条核对").check()
    step(editor, "公开")
    expect(editor.locator("del", has_text="13800138000").first).to_be_visible()
    background()

    visitor.goto("/answers/")
    visitor.get_by_role("link", name="持居住证上小学").click()
    page = visitor.locator("main").inner_text()
    assert "请带居住证、户口簿和备案的租房合同" in page
    assert "（电话略）" in page
    assert "13800138000" not in visitor.content()
    assert "24 小时内受理" in page
    assert "7 个工作日内答复" in page


# --- The centre -------------------------------------------------------------------------------


def test_a_refusal_is_proposed_signed_by_another_person_and_explained_to_the_asker(browse, district, script):
    asked(district, by=district.resident, title="邻居欠我钱")
    first = browse(district.dispatcher, script=script)
    open_case(first, "邻居欠我钱")
    unfold(first, "提出不予受理")
    form = first.locator("form[action$='/propose_refusal/']")
    form.get_by_role("combobox").select_option(index=1)
    form.get_by_label("给提问人的说明").fill("这是民事纠纷，政府部门不能裁决。")
    form.get_by_label("可以找谁").fill("街道人民调解委员会，0599-6610000")
    step(first, "提出不予受理")
    expect(first.get_by_text("需要由另一个人审签").first).to_be_visible()

    second = browse(district.second_dispatcher, script=script)
    open_case(second, "邻居欠我钱")
    step(second, "同意不予受理并告知")

    resident = browse(district.resident, script=script, phone=True)
    resident.goto("/my/questions/")
    resident.get_by_role("link", name="邻居欠我钱").click()
    expect(resident.get_by_text("街道人民调解委员会")).to_be_visible()


def test_several_questions_are_dispatched_at_once_and_what_was_left_is_said(browse, district, script):
    for title in ("第一问", "第二问"):
        asked(district, title=title)
    asked(district, title="没有指明单位", office="")
    page = browse(district.dispatcher, script=script)
    page.goto("/admin/desk/")
    for box in page.locator("table input[type=checkbox][name=questions]").all():
        box.check()
    with page.expect_navigation():
        page.get_by_role("button", name="分派勾选的问题").click()

    expect(page.get_by_text("已分派 2 个问题")).to_be_visible()
    expect(page.get_by_text("1 个问题没有分派")).to_be_visible()


def test_an_office_gives_a_question_back_and_the_dispatcher_passes_it_on(browse, district, script):
    dispatched(district, title="路灯不亮")
    before = Question.objects.get()
    office = browse(district.spokesperson, script=script)
    open_case(office, "路灯不亮")
    unfold(office, "申请退回")
    office.locator("form[action$='/request_return/']").get_by_label("退回理由").fill("路灯归街道管")
    step(office, "申请退回")

    dispatcher = browse(district.dispatcher, script=script)
    open_case(dispatcher, "路灯不亮")
    unfold(dispatcher, "转办")
    form = dispatcher.locator("form[action$='/transfer/']")
    form.get_by_label("转给").select_option(value=str(district.street.pk))
    form.get_by_label("转办理由").fill("归街道")
    step(dispatcher, "转办")

    after = Question.objects.get()
    assert after.state == "transferred"
    assert (after.accept_due, after.reply_due) == (before.accept_due, before.reply_due)


# --- Two at once --------------------------------------------------------------------------------


def test_a_stale_form_is_refused_with_what_changed_and_the_text_stays(browse, district, script):
    accepted(district, title="两人同时写")
    slow = browse(district.officer, script=script)
    open_case(slow, "两人同时写")
    slow.locator("form[action$='/save_draft/'] textarea").fill("慢的人写的")

    quick = browse(district.spokesperson, script=script)
    open_case(quick, "两人同时写")
    quick.locator("form[action$='/save_draft/'] textarea").fill("快的人写的")
    step(quick, "保存答复稿")

    step(slow, "保存答复稿")
    expect(slow.get_by_text("别人处理过这个问题")).to_be_visible()
    expect(slow.locator("form[action$='/save_draft/'] textarea")).to_have_value("慢的人写的")
    step(slow, "保存答复稿")  # seen, and meant
    expect(slow.get_by_text("慢的人写的").first).to_be_visible()


def test_an_open_queue_and_an_open_case_tell_by_themselves_that_somebody_else_has_acted(browse, district):
    question = dispatched(district, title="页面自己知道")
    queue, case = browse(district.dispatcher), browse(district.dispatcher)
    queue.goto("/admin/desk/")
    case.goto(f"/admin/desk/{question.pk}/")
    row = queue.get_by_role("row").filter(has_text="页面自己知道")
    expect(row).to_contain_text("待受理")
    expect(case.get_by_role("button", name="刷新")).to_have_count(0)

    acting = browse(district.spokesperson)
    open_case(acting, "页面自己知道")
    step(acting, "受理")

    # This server has no stream, so the pages ask every eight seconds or so.
    expect(row).to_contain_text("已受理", timeout=20_000)
    with case.expect_navigation():
        case.get_by_role("button", name="刷新").click(timeout=20_000)
    expect(case.get_by_role("heading", name="状态与时限").locator("..")).to_contain_text("已受理")
