"""News, notices and policies on a phone: from the home page to one's own calendar, accessible in every mode."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.asking import follow
from tests.browser.looks import MODES, choose, faults
from tests.factories.pages import interpretation, news, notice, picture, policy, topic
from tests.portal.pages.test_articles import full_body

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_reads_what_is_open_objects_and_looks_a_policy_up(browse, clock, live_server, mode):
    news("步道建成", slug="path", summary="没有台阶。", body=full_body(picture()), topics=[topic()])
    notice("加装电梯公示", slug="lift", how_to_object="写明理由。", phone="0599-1234567", number="澄建〔2026〕31号")
    notice("旧公示", slug="old", starts_on=date(2026, 2, 2), outcome="<p>均已采纳。</p>", outcome_on=date(2026, 3, 1))
    old = policy("试行办法", slug="trial", repealed_on=date(2026, 1, 1))
    rules = policy("积分入学办法", slug="rules", replaces=old, body=full_body(picture()))
    interpretation("积分怎么算", of=rules, slug="explained", kind="diagram")
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/")
    follow(page, "加装电梯公示")
    expect(page.get_by_role("heading", level=1)).to_have_text("加装电梯公示")
    expect(page.get_by_text("还剩 7 个工作日")).to_be_visible()
    wrong["notice"] = faults(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="加到我的日历").click()
    assert saved.value.suggested_filename == "notice.ics"

    page.goto("/notices/")
    wrong["notices"] = faults(page)
    page.get_by_label("状态").select_option(label="已经结束")
    with page.expect_navigation():
        page.get_by_role("button", name="筛选").click()
    follow(page, "旧公示")
    expect(page.get_by_role("heading", name="结果", exact=True)).to_be_visible()
    wrong["ended"] = faults(page)

    page.goto("/news/")
    wrong["news"] = faults(page)
    follow(page, "步道建成")
    expect(page.get_by_role("img", name="清晨的湖")).to_be_visible()
    wrong["article"] = faults(page)

    page.goto("/policies/")
    wrong["policies"] = faults(page)
    follow(page, "积分入学办法")
    wrong["policy"] = faults(page)
    follow(page, "积分怎么算")
    expect(page.get_by_role("main")).to_contain_text("现行有效")
    wrong["interpretation"] = faults(page)
    page.goto("/policies/trial/")
    wrong["replaced"] = faults(page)
    page.goto("/policies/interpretations/")
    wrong["interpretations"] = faults(page)

    assert {where: found for where, found in wrong.items() if found} == {}
