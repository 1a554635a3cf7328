"""What a real city meets beside the straight way, through the pages as each role sees them.

The way to the exception is walked by the actions; clicked is the exception itself. Residents use a
phone, staff a wide screen, nearly all without script: the pages must do without, and it is quicker.
The straight way is walked with and without (`test_journeys`).
"""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import Role
from portal.answers.actions import clarifying, extending, handling, reopening, replying
from portal.answers.actions.aftercare import rate
from portal.answers.models import AnswerPage, Emergency, Question
from tests.browser.asking import onward
from tests.browser.desk import filled, offered, open_case, step, unfold
from tests.factories.accounts import AppointmentFactory, OfficeFactory, UserFactory, actor
from tests.factories.answers import accepted, answered, dispatched, make_topic, published
from tests.factories.answers import ask as asked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(autouse=True)
def topic(district, clock):
    return make_topic()


@pytest.fixture
def plain(browse) -> Callable[..., Page]:
    """Open a browser without script."""
    return partial(browse, script=False)


@pytest.fixture
def resident(plain, district) -> Page:
    """The asker's phone."""
    return plain(district.resident, phone=True)


def own(page: Page, question: Question) -> str:
    """Open the asker's page of a question; return what it says."""
    page.goto(f"/q/{question.pk}/")
    return page.locator("main").inner_text()


def case(page: Page, question: Question) -> str:
    """Open the case; return what its page says."""
    page.goto(f"/admin/desk/{question.pk}/")
    return page.locator("main").inner_text()


def answer(question: Question, district, clock, text: str = "已经办好。") -> None:
    replying.save_draft(question.pk, text=text, by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    replying.release(question.pk, by=district.leader, clock=clock)


# --- More time ----------------------------------------------------------------------------------------


def test_more_time_is_asked_granted_above_and_nobody_loses_sight_of_the_first_date(
    plain, district, resident, clock, background
):
    question = accepted(district, by=district.resident, clock=clock, title="路灯何时修好")
    office = plain(district.spokesperson)
    open_case(office, "路灯何时修好")
    filled(office, "申请延期", "request_extension", working_days="3", reason="须现场勘查")
    expect(office.get_by_text("请填写这一项。", exact=True)).to_be_visible()  # the interim answer
    form = office.locator("form[action$='/request_extension/']")
    expect(form.locator("[name$='reason']")).to_have_value("须现场勘查")
    filled(office, "申请延期", "request_extension", interim="已查明线路受潮，正在采购电缆。")
    assert "申请延期" not in offered(office)
    assert "待决定" in office.locator("main").inner_text()

    own_leader, superior, second_tab = (plain(who) for who in (district.leader, *[district.superior] * 2))
    case(own_leader, question)
    assert "同意延期" not in offered(own_leader)
    for page in (superior, second_tab):
        open_case(page, "路灯何时修好")
        expect(page.get_by_text("已查明线路受潮")).to_be_visible()
    step(superior, "同意延期")
    step(second_tab, "同意延期")  # as it was shown a moment ago
    expect(second_tab.get_by_text("别人处理过这个问题").first).to_be_visible()
    background()

    text = own(resident, question)
    assert "已查明线路受潮" in text
    assert "截至 2026-03-16" in text
    assert "原定最迟答复" in text
    assert "2026-03-11" in text
    visitor = plain(phone=True)
    visitor.goto("/answers/?tab=waiting")
    card = visitor.get_by_role("article").filter(has_text="路灯何时修好")
    for said in ("阶段性答复：已查明线路受潮", "截至 2026-03-16", "原定最迟答复", "2026-03-11"):
        expect(card).to_contain_text(said)
    card.get_by_role("link", name="路灯何时修好").click()
    expect(visitor.get_by_text("上级同意承办单位延期 3 个工作日。")).to_be_visible()
    expect(visitor.get_by_text("正在采购电缆")).to_be_visible()


def test_more_time_that_is_refused_or_asked_too_late_leaves_the_date_and_says_why(plain, district, resident, clock):
    question = accepted(district, by=district.resident, clock=clock, title="路灯何时修好")
    extending.request_extension(
        question.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=clock
    )
    superior = plain(district.superior)
    case(superior, question)
    filled(superior, "不同意延期", "refuse_extension", note="时间足够，请抓紧办理。")
    office = plain(district.spokesperson)
    assert "时间足够，请抓紧办理。" in case(office, question)
    assert "申请延期" in offered(office)  # refused is not used up
    text = own(resident, question)
    assert "上级不同意延期，时限不变。" in text
    assert "截至 2026-03-11" in text

    unfold(office, "申请延期")  # opened in time, sent too late
    clock.set(question.reply_due)
    filled(office, "申请延期", "request_extension", working_days="2", reason="再勘查", interim="仍在办")
    expect(office.get_by_text("答复时限已到，不能再延期。").first).to_be_visible()
    case(office, question)
    assert "申请延期" not in offered(office)
    expect(office.get_by_text("答复时限已到，不能再延期。")).to_be_visible()


# --- A colleague's help --------------------------------------------------------------------------------


def test_another_office_helps_and_only_the_lead_answers(plain, district, resident, clock):
    question = accepted(district, by=district.resident, clock=clock, title="校门口谁来管")
    helper = plain(district.street_spokesperson)
    assert helper.goto(f"/admin/desk/{question.pk}/").status == 404
    lead = plain(district.officer)
    case(lead, question)
    unfold(lead, "请其他单位会办")
    choices = lead.locator("form[action$='/ask_helper/'] option").all_inner_texts()
    assert not any("教育局" in choice for choice in choices)  # the lead itself
    filled(lead, "请其他单位会办", "ask_helper", office_id=str(district.street.pk), request="请核实占道情况。")
    expect(lead.get_by_text("最迟 03-09 提交")).to_be_visible()  # two working days before the lead's own last day

    open_case(helper, "校门口谁来管")
    expect(helper.get_by_text("请核实占道情况。")).to_be_visible()
    assert offered(helper) == ["提交会办意见"]
    filled(helper, "提交会办意见", "contribute", text="占道摊点已劝离。")
    assert "提交会办意见" not in offered(helper)
    assert "占道摊点已劝离。" in case(lead, question)

    text = own(resident, question)
    assert "提交了会办意见" in text
    assert "占道摊点已劝离" not in text  # for the lead, who answers


# --- A word from the asker -----------------------------------------------------------------------------


def test_the_office_asks_the_asker_and_the_clock_stands_still_until_the_answer(
    browse, plain, district, clock, background
):
    question = accepted(district, by=district.resident, clock=clock, title="楼道灯坏了")
    office = browse(district.spokesperson)
    case(office, question)
    filled(office, "请提问人补充", "ask_asker", text="请问是哪一栋？")
    expect(office.get_by_text("提问人最迟 2026-03-16 补充")).to_be_visible()
    background()
    public = plain(phone=True)
    public.goto("/answers/?tab=waiting")
    expect(public.get_by_role("article").filter(has_text="楼道灯坏了")).to_contain_text("暂停：等待补充")

    page = browse(district.resident, phone=True)
    text = own(page, question)
    assert "请问是哪一栋？" in text
    assert "最迟 2026-03-16 补充" in text
    onward(page, "提交补充")
    expect(page.get_by_text("请写下您的补充。").first).to_be_visible()
    clock.move(days=2)
    page.get_by_label("您的补充").fill("三号楼二单元。")
    onward(page, "提交补充")
    text = page.locator("main").inner_text()
    assert "截至 2026-03-12" in text  # it stood still at Tuesday's midnight; Monday, day 0, never counted
    assert "原定最迟答复" in text
    assert "三号楼二单元。" in case(office, question)
    assert "请提问人补充" not in offered(office)
    page.get_by_role("link", name="为什么是这两个日期？").click()
    expect(page.get_by_text("承办单位等提问人补充情况，答复暂停计时")).to_be_visible()


def test_an_asker_who_does_not_answer_is_told_what_to_do_now(plain, district, resident, clock, background):
    question = accepted(district, by=district.resident, clock=clock, title="楼道灯坏了")
    after = clarifying.ask_asker(question.pk, text="请问是哪一栋？", by=district.spokesperson, clock=clock)
    own(resident, question)
    resident.get_by_label("您的补充").fill("三号楼。")
    clock.set(after.lapses_at)
    onward(resident, "提交补充")  # a second too late
    expect(resident.get_by_text("补充的时间已过").first).to_be_visible()
    assert resident.get_by_label("您的补充").input_value() == "三号楼。"
    background()

    text = own(resident, question)
    assert "未补充，已结束" in text
    assert "如仍需要答复，请重新提问" in text
    expect(resident.locator("main").get_by_role("link", name="我要提问")).to_be_visible()
    office = plain(district.spokesperson)
    assert "未补充，已结束" in case(office, question)
    assert offered(office) == []


# --- The same matter twice -----------------------------------------------------------------------------


def test_two_questions_are_merged_taken_apart_and_answered_together_each_by_its_own_dates(
    plain, district, resident, clock
):
    lead = accepted(district, by=district.stranger, clock=clock, title="先问的积水")
    clock.move(days=1)
    later = asked(district, by=district.resident, clock=clock, title="后问的积水")
    dispatcher = plain(district.dispatcher)
    open_case(dispatcher, "后问的积水")
    filled(dispatcher, "并案", "merge", lead="Q000000-000000")
    expect(dispatcher.get_by_text("没有找到这个编号").first).to_be_visible()
    filled(dispatcher, "并案", "merge", lead=lead.number.lower())
    expect(dispatcher.get_by_role("link", name=lead.number)).to_be_visible()

    text = own(resident, later)
    assert "与相同问题合并办理" in text
    assert "截至 2026-03-12" in text
    assert lead.number not in text  # whose it is, is nobody's business
    other = plain(district.stranger, phone=True)
    assert "截至 2026-03-11" in own(other, lead)
    office = plain(district.spokesperson)
    assert "后问的积水" in case(office, lead)
    expect(office.get_by_text("最迟 03-12 答复")).to_be_visible()

    case(dispatcher, later)
    step(dispatcher, "撤销并案")
    assert "审核中" in own(resident, later)
    filled(dispatcher, "并案", "merge", lead=lead.number)
    clock.move(hours=24)
    case(dispatcher, later)
    assert "撤销并案" not in offered(dispatcher)
    expect(dispatcher.get_by_text("并案满 24 小时，不能撤销。")).to_be_visible()

    answer(lead, district, clock, "雨后两小时内排干。")
    for page, question in ((resident, later), (other, lead)):
        assert "雨后两小时内排干。" in own(page, question)


# --- A second look -------------------------------------------------------------------------------------


def rated_poorly(district, clock, **typed: str) -> Question:
    question = answered(district, by=district.resident, clock=clock, **typed)
    rate(question.pk, resolved="no", satisfaction=2, comment="", by=district.resident, clock=clock)
    return question


def test_a_second_look_is_asked_by_the_asker_granted_above_and_answered_again(plain, district, resident, clock):
    question = rated_poorly(district, clock, title="噪声还在")
    own(resident, question)
    resident.get_by_text("答复没有解决问题？申请再办").click()
    onward(resident, "申请再办")
    expect(resident.get_by_text("请写明还有什么没有解决。").first).to_be_visible()
    resident.get_by_label("还有什么没有解决").fill("夜里十点后仍在施工。")
    onward(resident, "申请再办")
    assert "待决定" in resident.locator("main").inner_text()

    office, own_leader, superior = (plain(who) for who in (district.spokesperson, district.leader, district.superior))
    for page in (office, own_leader):
        case(page, question)
        assert offered(page) == []
    superior.goto("/admin/desk/?group=decide")
    superior.get_by_role("link", name="噪声还在").click()
    expect(superior.get_by_text("夜里十点后仍在施工。")).to_be_visible()
    step(superior, "同意再办")

    text = own(resident, question)
    assert "再办最迟答复" in text
    assert "2026-03-09" in text
    case(office, question)
    assert {"申请延期", "请提问人补充"}.isdisjoint(offered(office))
    answer(question, district, clock, "已约谈，夜间停工。")
    text = own(resident, question)
    assert "您好，请携带居住证和户口簿。" in text  # the first answer stays
    assert "已约谈，夜间停工。" in text
    expect(resident.get_by_role("button", name="提交评价")).to_be_visible()


def test_a_second_look_that_is_refused_ends_with_a_reason(plain, district, resident, clock):
    question = rated_poorly(district, clock, title="噪声还在")
    reopening.request_reopening(question.pk, reason="仍在施工", by=district.resident, clock=clock)
    superior = plain(district.superior)
    case(superior, question)
    filled(superior, "不同意再办", "refuse_reopening", note="监测结果未超标，见附件。")
    text = own(resident, question)
    assert "监测结果未超标" in text
    assert "已办结" in text


# --- Not ours, and not ours either ---------------------------------------------------------------------


def test_the_second_office_that_gives_it_back_hands_it_to_the_one_that_keeps_it(plain, district, resident, clock):
    roads = OfficeFactory(parent=district.city, code="roads", name="公路局")
    speaker = actor(AppointmentFactory(user=UserFactory(name="公路发言人"), office=roads, role=Role.SPOKESPERSON).user)
    district.centre.fallback = district.street
    district.centre.save()
    question = dispatched(district, by=district.resident, clock=clock, title="谁管这条路")
    before = (question.accept_due, question.reply_due)
    handling.request_return(
        question.pk, reason="不归我局", proposed_office_id=roads.pk, by=district.spokesperson, clock=clock
    )
    dispatcher = plain(district.dispatcher)
    dispatcher.goto("/admin/desk/?group=decide")
    dispatcher.get_by_role("link", name="谁管这条路").click()
    unfold(dispatcher, "转办")
    expect(dispatcher.locator("form[action$='/transfer/'] [name$='office_id']")).to_have_value(str(roads.pk))
    filled(dispatcher, "转办", "transfer", reason="归公路局")

    second = plain(speaker)
    open_case(second, "谁管这条路")
    filled(second, "申请退回", "request_return", reason="也不归我局")
    expect(second).to_have_url(re.compile(r"/admin/desk/$"))  # it is no longer theirs to see
    keeper = plain(district.street_spokesperson)
    open_case(keeper, "谁管这条路")
    expect(keeper.get_by_text("决定：第二次申请退回，按规则转兜底承办单位。")).to_be_visible()
    assert "申请退回" not in offered(keeper)
    expect(keeper.get_by_text("本单位是兜底承办单位，不能退回。")).to_be_visible()
    step(keeper, "受理")

    after = Question.objects.get()
    assert (after.accept_due, after.reply_due) == before
    assert "东河街道" in own(resident, question)


def test_danger_to_life_is_handed_over_and_the_asker_sees_the_number_first(plain, district, resident, clock):
    question = asked(district, by=district.resident, clock=clock, title="有人晕倒了")
    dispatcher = plain(district.dispatcher)
    case(dispatcher, question)
    filled(dispatcher, "移交 110 / 119 / 120", "hand_over", service="120", told="急救车已出发，请到路口等候。")
    assert offered(dispatcher) == []
    text = own(resident, question)
    assert "急救车已出发" in text
    expect(resident.get_by_role("link", name="120")).to_have_attribute("href", "tel:120")
    assert "不再计时" in text


# --- What is wrong -------------------------------------------------------------------------------------


def test_a_refused_form_begins_with_its_errors_and_leads_to_the_field(browse, district, clock):
    speaker = browse(district.spokesperson)
    case(speaker, accepted(district, clock=clock))
    filled(speaker, "申请延期", "request_extension", working_days="9", reason="x", interim="x")

    expect(speaker.locator("#error-summary")).to_be_focused()
    speaker.locator("#error-summary").get_by_role("link", name="最多只能延长 7 个工作日").click()
    expect(speaker.get_by_label("延长几个工作日")).to_be_focused()


# --- What was published --------------------------------------------------------------------------------


def test_a_published_answer_is_corrected_and_then_taken_back(plain, district, resident, clock, background):
    question = published(district, by=district.resident, clock=clock, title="入学材料")
    background()
    address = AnswerPage.objects.get(question=question).get_url()
    editor = plain(district.editor)
    case(editor, question)
    filled(
        editor,
        "更正公开内容",
        "amend_publication",
        answer_text="您好，请携带居住证、户口簿和租房合同。",
        reason="材料清单有遗漏",
    )
    background()
    visitor = plain(phone=True)
    visitor.goto(address)
    for said in ("居住证、户口簿和租房合同", "更正记录", "材料清单有遗漏"):
        expect(visitor.locator("main")).to_contain_text(said)
    assert "租房合同" not in own(resident, question)  # what was delivered stays as it was

    case(editor, question)
    filled(editor, "撤下公开内容", "withdraw_publication", reason="wrong", checked=True)
    assert {"更正公开内容", "撤下公开内容"}.isdisjoint(offered(editor))
    background()
    assert visitor.reload().status == 410  # or else their own browser may keep the page for a minute
    text = visitor.locator("main").inner_text()
    assert "这个问答已撤下" in text
    assert "内容有误，另行答复" in text
    assert "居住证" not in visitor.content()
    assert "已撤下" in own(resident, question)


# --- Emergencies ---------------------------------------------------------------------------------------


def test_an_emergency_from_the_first_three_questions_to_the_last_word(plain, district, clock, background):
    askers = [district.resident, district.stranger, actor(UserFactory(name="third"))]
    texts = ("自来水发黄", "自来水发黄怎么办", "我家自来水发黄，张三家也是")
    questions = [
        asked(district, by=who, clock=clock, title=text, text=text, place="桂塘街道")
        for who, text in zip(askers, texts, strict=True)
    ]
    dispatcher = plain(district.dispatcher)
    dispatcher.goto("/admin/desk/emergencies/")
    dispatcher.get_by_role("link", name="作为突发事件处理").click()
    expect(dispatcher.get_by_text("3 个问题一并加入")).to_be_visible()
    dispatcher.get_by_label("发生了什么").fill("自来水发黄")
    with dispatcher.expect_navigation():
        dispatcher.get_by_role("button", name="登记，开始计时").click()
    expect(dispatcher.get_by_text("须在 03-02 10:30 前")).to_be_visible()
    filled(dispatcher, "指定牵头单位", "name_lead", office_id=str(district.street.pk))

    visitor = plain(phone=True)
    visitor.goto("/ask/")
    assert "自来水发黄" not in visitor.content()
    clock.move(hours=1)
    lead = plain(district.street_spokesperson)
    lead.goto("/admin/desk/emergencies/")
    lead.get_by_role("link", name="自来水发黄", exact=True).click()
    filled(lead, "发布通报", "publish_statement", text="")
    expect(lead.get_by_text("请填写这一项。", exact=True)).to_be_visible()
    old = plain(district.street_spokesperson)
    old.goto(lead.url.replace("publish_statement/", ""))
    filled(lead, "发布通报", "publish_statement", text="管网检修所致，预计 20 时恢复。")
    filled(old, "发布通报", "publish_statement", text="管网检修所致。")  # the page was opened before
    expect(old.get_by_text("这起事件有了变化").first).to_be_visible()
    background()
    for path in ("/", "/ask/", "/answers/", "/track/"):
        visitor.goto(path)
        expect(visitor.get_by_role("link", name="桂塘街道 自来水发黄")).to_be_visible()
    visitor.get_by_role("link", name="桂塘街道 自来水发黄").click()
    expect(visitor.get_by_text("预计 20 时恢复")).to_be_visible()
    asker = plain(district.resident, phone=True)
    text = own(asker, questions[0])
    assert "预计 20 时恢复" in text
    assert "截至 2026-03-11" in text  # its own clocks run on

    clock.move(hours=24)
    background()
    dispatcher.reload()
    expect(dispatcher.get_by_text("已超时，请马上通报")).to_be_visible()
    filled(dispatcher, "发布通报", "publish_statement", text="水质已恢复正常。")
    assert "已超时，请马上通报" not in dispatcher.locator("main").inner_text()
    filled(dispatcher, "结束应急", "close_emergency")
    assert Emergency.objects.get().state == "closed"
    visitor.goto("/ask/")
    assert "自来水发黄" not in visitor.content()
    visitor.goto("/statements/")
    visitor.reload()  # or else their own browser may keep the page for a minute
    expect(visitor.get_by_text("水质已恢复正常。")).to_be_visible()
    expect(visitor.get_by_text("已结束")).to_be_visible()


# --- Who is there --------------------------------------------------------------------------------------


def test_the_rota_says_who_is_woken_and_a_stand_in_accepts(plain, district, clock, background):
    office = plain(district.spokesperson)
    office.goto("/admin/desk/rota/")
    office.get_by_label("值班人").select_option(label="officer")
    office.get_by_label("从").fill("2026-03-02")
    office.get_by_label("到").fill("2026-03-01")
    with office.expect_navigation():
        office.get_by_role("button", name="安排值班").click()
    expect(office.get_by_text("结束日期不能早于开始日期。")).to_be_visible()
    office.get_by_label("到").fill("2026-03-03")
    with office.expect_navigation():
        office.get_by_role("button", name="安排值班").click()
    expect(office.get_by_role("button", name="取消 officer 03-02 的值班")).to_be_visible()

    question = dispatched(district, by=district.resident, clock=clock, title="夜里的问题")
    clock.move(hours=12, minutes=1)
    background()
    woken, asleep = plain(district.officer), plain(district.leader)
    for page, sees in ((woken, True), (asleep, False)):
        page.goto("/inbox/")
        assert ("受理时限将到" in page.locator("main").inner_text()) is sees

    administrator = plain(actor(UserFactory(administrator=True)))
    administrator.goto(f"/admin/offices/{district.schools.pk}/")
    administrator.get_by_role("row").filter(has_text="spokesperson").get_by_role("link", name="指定代班").click()
    administrator.get_by_role("combobox").last.select_option(label="officer")
    with administrator.expect_navigation():
        administrator.locator("main").get_by_role("button", name="指定").click()
    open_case(woken, "夜里的问题")
    step(woken, "受理")
    assert Question.objects.get(pk=question.pk).state == "accepted"
    assert "officer" in case(office, question)
