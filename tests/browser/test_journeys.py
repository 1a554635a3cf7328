"""Every role's way through the product, hand in hand with the others; each with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.answers.actions import screening
from portal.answers.models import Question
from tests.browser.asking import ask, follow, onward, press
from tests.browser.desk import open_case, step, track, unfold
from tests.factories.accounts import PASSWORD
from tests.factories.answers import accepted, at, dispatched, make_topic
from tests.factories.answers import ask as asked
from tests.factories.call_backs import PHONE, drawn_call
from tests.factories.workdays import announced, day_off, official_year

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


def onward_at(page: Page, name: str) -> None:
    """Press a button of a staff's page that leads to another one."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


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
    follow(visitor, "持居住证上小学")
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


# --- Told to staff --------------------------------------------------------------------------------


def take_down(page: Page, **typed: str) -> None:
    """Fill in the form for somebody on the telephone and send it."""
    page.goto("/admin/desk/enter/")
    page.get_by_label("说了什么").fill("我母亲八十岁，想问老人卡在哪里办。")
    page.get_by_label("一句话标题").fill("老人卡怎么办")
    page.get_by_label("主题").select_option(label="入学入园")
    page.get_by_label("替别人").check()
    page.get_by_label("是当事人的什么人").fill("女儿")
    page.get_by_label("打电话").check()
    page.get_by_label("号码或邮箱").fill("0574-87654321")
    page.get_by_label("同意公开").check()
    for label, value in typed.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("对方同意由我们代为登记").check()
    with page.expect_navigation():
        page.get_by_role("button", name="登记，开始计时").click()


def test_somebody_on_the_telephone_is_written_down_and_the_time_is_checked_by_another(browse, district, script):
    phone = browse(district.dispatcher, script=script, phone=True)
    take_down(phone, 收到时间="2026-03-02T08:00")
    expect(phone.get_by_role("heading", name="念给对方听", exact=True)).to_be_visible()
    receipt = phone.locator("main").inner_text()
    code = "".join(phone.locator(".desk-code").inner_text().split())
    assert "最迟 2026-03-11 答复" in receipt
    assert "0574 8765 4321" in receipt

    caller = browse(script=script)
    caller.goto("/track/")
    caller.get_by_label("查询码").fill(code)
    onward(caller, "查询")
    expect(caller.get_by_role("heading", name="老人卡怎么办")).to_be_visible()
    expect(caller.get_by_text("工作人员按您说的作了登记（电话）")).to_be_visible()

    other = browse(district.second_dispatcher, script=script)
    other.goto("/admin/desk/?group=receipt")
    other.get_by_role("link", name="老人卡怎么办").click()
    unfold(other, "更正收到时间")
    other.get_by_label("实际收到时间").fill("2026-03-02T09:30")
    other.get_by_label("更正理由").fill("通话记录为 9:30")
    step(other, "更正收到时间")
    expect(other.get_by_text("更正为 03-02 09:30")).to_be_visible()
    assert Question.objects.get().accept_due.hour == 1  # UTC: 09:30 in Shanghai


def test_a_form_that_lacks_something_keeps_what_was_typed(browse, district, script):
    page = browse(district.officer, script=script, phone=True)
    take_down(page, 号码或邮箱="12345")

    expect(page.get_by_role("alert").first).to_contain_text("带区号的固定电话")
    expect(page.get_by_label("说了什么")).to_have_value("我母亲八十岁，想问老人卡在哪里办。")
    expect(page.get_by_label("是当事人的什么人")).to_have_value("女儿")
    page.get_by_label("号码或邮箱").fill("13800138000")
    with page.expect_navigation():
        page.get_by_role("button", name="登记，开始计时").click()
    expect(page.get_by_role("heading", name="念给对方听", exact=True)).to_be_visible()


def test_what_is_confided_reaches_the_office_without_the_person(browse, district, carrier, script):
    caller = browse(script=script, phone=True)
    ask(caller, "校长收礼", carrier=carrier, consents="保密：也不让承办单位知道我是谁")
    expect(caller.get_by_role("heading", name="问题已提交")).to_be_visible()
    assert "校长收礼" not in caller.locator("main").inner_text()

    dispatcher = browse(district.dispatcher, script=script)
    open_case(dispatcher, "保密问题")
    expect(dispatcher.get_by_role("heading", name="校长收礼")).to_be_visible()
    form = dispatcher.locator("form[action$='/dispatch/']")
    form.get_by_label("给承办单位看的内容").fill("请电 13800138000")
    form.get_by_label("我已核对").check()
    step(dispatcher, "分派")
    expect(dispatcher.get_by_text("还有能认出人的内容：13800138000").first).to_be_visible()
    form.get_by_label("给承办单位看的内容").fill("某校收礼，希望查一查。")
    step(dispatcher, "分派")

    office = browse(district.spokesperson, script=script)
    open_case(office, "保密问题")
    expect(office.get_by_text("某校收礼，希望查一查。")).to_be_visible()
    assert "校长" not in office.locator("main").inner_text()

    unfold(dispatcher, "显示")
    dispatcher.get_by_label("查看理由").select_option(label="向提问人核实情况")
    with dispatcher.expect_navigation():
        dispatcher.get_by_role("button", name="显示身份和联系方式").click()
    expect(dispatcher.get_by_text("+8613800138000")).to_be_visible()


def test_the_form_is_filled_in_and_sent_without_a_mouse(browse, district):
    page = browse(district.dispatcher)
    page.goto("/admin/desk/enter/")
    expect(page.get_by_label("说了什么")).to_be_focused()
    expect(page.get_by_label("是当事人的什么人")).to_be_hidden()
    for text in ("路灯不亮，晚上看不见路。", "路灯不亮"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the topic
    page.get_by_label("不留，凭纸条上的查询码").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("号码或邮箱")).to_be_hidden()
    page.get_by_label("不公开", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("对方同意由我们代为登记").focus()
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="念给对方听", exact=True)).to_be_visible()
    assert Question.objects.get().contact_kind == "none"


def test_an_asker_who_gave_no_rating_is_called_back_and_asks_for_a_second_look(browse, district, clock, script):
    call = drawn_call(district, title="楼道灯不亮")
    clock.move(days=30)
    caller = browse(district.dispatcher, script=script)
    caller.goto("/admin/desk/calls/")
    caller.get_by_role("link", name="楼道灯不亮").click()
    expect(caller.get_by_text("138****8000")).to_be_visible()
    onward_at(caller, "显示号码，开始打电话")
    expect(caller.get_by_text(PHONE)).to_be_visible()

    caller.get_by_label("接通，已回答").check()
    onward_at(caller, "保存结果")
    expect(caller.get_by_text("请选择 1 到 5 分。")).to_be_visible()
    caller.get_by_label("没有解决", exact=True).check()
    caller.get_by_label("2 分，不满意").check()
    caller.get_by_label("提问人的话").fill("灯还是不亮")
    onward_at(caller, "保存结果")
    expect(caller.get_by_text("现在没有要打的电话。")).to_be_visible()

    asker = browse(script=script, phone=True)
    track(asker, call.question)
    expect(asker.get_by_role("heading", name="您在电话回访中的评价")).to_be_visible()
    expect(asker.get_by_text("灯还是不亮")).to_be_visible()
    asker.get_by_text("申请再办").first.click()
    asker.get_by_label("还有什么没有解决").fill("三楼的灯")
    onward(asker, "申请再办")
    expect(asker.get_by_role("heading", name="再办")).to_be_visible()


# --- The calendar -------------------------------------------------------------------------------


def test_a_pasted_notice_counts_once_a_second_person_agrees_and_the_asker_hears_that_the_date_moved(
    browse, district, clock, background, script
):
    clock.set(at(12, 28, 10).now())
    question = asked(district, title="过年前能办好吗", by=district.resident, clock=clock)
    background()
    resident = browse(district.resident, script=script, phone=True)
    resident.goto(f"/q/{question.pk}/why/")
    expect(resident.get_by_text("2027-01-07").first).to_be_visible()

    clock.move(hours=1)
    proposer = browse(district.dispatcher, script=script)
    proposer.goto("/admin/desk/")
    proposer.get_by_role("link", name="登记国务院通知").click()  # in the banner: 2027 is missing
    proposer.get_by_label("通知全文").fill(announced(official_year(2027, day_off("2027-01-04", "元旦"))))
    press(proposer, "识别并预览")
    expect(proposer.get_by_text("1 个在办问题的日期会推后")).to_be_visible()
    expect(proposer.locator(".cal-month")).to_have_count(12)
    press(proposer, "保存草稿，请另一个人确认")
    expect(proposer.get_by_text("只有系统管理员和最高一级单位的分管领导可以确认")).to_be_visible()
    expect(proposer.get_by_role("button", name="确认生效")).to_have_count(0)
    background()

    leader = browse(district.superior, script=script)
    leader.goto("/inbox/")
    leader.get_by_role("link", name="2027 年日历第 2 版待确认").click()
    press(leader, "确认生效")
    expect(leader.get_by_text("请先对照原文核对").first).to_be_visible()
    leader.get_by_label("我已对照原文逐日核对").check()
    press(leader, "确认生效")
    expect(leader.get_by_text("等待后台开始")).to_be_visible()
    background()
    expect(leader.get_by_text("已完成，1 个日期有变动。")).to_be_visible(timeout=30_000)  # the page asks by itself
    leader.goto("/admin/desk/")
    expect(leader.get_by_text("跨年的日期现在都只是预计")).to_have_count(0)

    resident.goto("/inbox/")
    resident.get_by_role("link", name=f"问题 {question.number} 的日期改了").click()
    expect(resident.locator("main")).to_contain_text("2027-01-08")
    resident.goto(f"/q/{question.pk}/why/")
    resident.get_by_role("link", name="看 2027 年全年的工作日历").click()
    expect(resident.get_by_role("heading", name="2027 年工作日历")).to_be_visible()


# --- From outside -----------------------------------------------------------------------------


def test_somebody_outside_looks_again_at_what_does_not_count(browse, district, clock, script):
    for title in ("燃气味很浓", "井盖没了"):
        question = asked(district, title=title)
        screening.hand_over(question.pk, service="119", told="请拨打 119", by=district.dispatcher, clock=clock)
    auditor = browse(district.auditor, script=script)
    auditor.goto("/admin/desk/exclusions/")
    auditor.get_by_role("row", name="燃气味很浓").get_by_role("checkbox").check()
    onward_at(auditor, "勾选的都可以不计入")
    expect(auditor.get_by_text("已复核 1 个问题")).to_be_visible()

    auditor.get_by_role("link", name="井盖没了").click()
    unfold(auditor, "不应剔除")
    onward_at(auditor, "不应剔除，按没有按时答复统计")
    expect(auditor.get_by_text("请写明为什么不应剔除。", exact=True)).to_be_visible()
    auditor.get_by_label("为什么不应剔除").fill("井盖归城管局管，应当答复")
    onward_at(auditor, "不应剔除，按没有按时答复统计")
    expect(auditor.get_by_text("没有待复核的问题。")).to_be_visible()

    visitor = browse(script=script, phone=True)
    visitor.goto("/performance/")
    row = visitor.get_by_role("row").filter(has_text="移交紧急服务")
    expect(row).to_contain_text("119")
    visitor.get_by_text("换一段时间、级别或单位").click()
    visitor.get_by_role("combobox", name="单位").select_option(label="受理中心")
    onward(visitor, "筛选")
    expect(visitor.get_by_role("heading", name="受理中心的办理情况")).to_be_visible()
    expect(visitor.get_by_text("0% (0/1)").first).to_be_visible()


def test_a_leader_takes_the_yearly_assessment_along(browse, district, clock, script):
    clock.move(days=1)
    leader = browse(district.superior, script=script)
    leader.goto("/admin/desk/assessment/")
    expect(leader.get_by_text("得分 = 满分")).to_be_visible()
    with leader.expect_download() as download:
        leader.get_by_role("button", name="导出 2026 年 CSV").click()
    assert download.value.suggested_filename == "assessment-2026.csv"


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
    expect(slow.get_by_text("别人处理过这个问题").first).to_be_visible()
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
