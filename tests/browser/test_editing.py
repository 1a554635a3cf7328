"""The editors' way, in a browser: change a guide, see what is wrong with it, send it on; somebody else releases it."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.actions.editors import sync_editor
from portal.accounts.models import Role
from portal.pages.models import GuideMaterial, GuidePage
from search.counting import Outcome
from tests.browser.looks import overflow, violations
from tests.factories.accounts import OfficeFactory, actor, holder
from tests.factories.pages import guide
from tests.factories.searches import searched

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db, clock) -> SimpleNamespace:
    """An editor and a reviewer, each with the group of their role."""
    office = OfficeFactory(code="desk", name="编辑部")
    people = {role: holder(role, office) for role in (Role.EDITOR, Role.REVIEWER)}
    for person in people.values():
        sync_editor(person.pk)
    return SimpleNamespace(editor=actor(people[Role.EDITOR]), reviewer=actor(people[Role.REVIEWER]))


def press(page: Page, name: str) -> None:
    """Press a button of the bar at the foot of the editor, which folds all but the first away."""
    bar = page.locator("footer [data-controller~='w-dropdown'] [data-w-dropdown-target='toggle']").first
    if not page.get_by_role("button", name=name).first.is_visible():
        bar.click()
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def test_an_editor_changes_a_guide_and_a_reviewer_releases_it(browse, desk, clock):
    page = guide("居住证办理", rows=[GuideMaterial(name="户口簿和其他材料")])
    page.save_revision().publish()
    address = f"/admin/pages/{page.pk}/edit/"

    editing = browse(desk.editor)
    editing.goto(address)
    editing.locator("[data-side-panel-toggle='content_checks']").first.click()
    checks = editing.locator("[data-side-panel='content_checks']")
    expect(checks).to_contain_text("“其他材料”没有说清要什么")
    expect(editing.get_by_role("button", name=re.compile("^发布"))).to_have_count(0)
    assert overflow(editing) <= 0

    press(editing, "提交页面审核")
    expect(editing.get_by_text("没有说清要什么").first).to_be_attached()
    assert GuidePage.objects.get(pk=page.pk).current_workflow_state is None

    editing.get_by_role("tab", name=re.compile("材料")).click()
    editing.locator("input[name='materials-0-name']").fill("户口簿原件")
    press(editing, "提交页面审核")
    expect(editing.get_by_text("页面“居住证办理”已送审。")).to_be_visible()

    visitor = browse()
    visitor.goto(page.url)
    expect(visitor.get_by_role("main")).to_contain_text("其他材料")

    reviewing = browse(desk.reviewer)
    reviewing.goto("/admin/")
    expect(reviewing.get_by_role("link", name="居住证办理").first).to_be_visible()
    reviewing.goto(address)
    press(reviewing, "审核通过并发布")

    another = browse()  # a browser keeps a public page for a minute
    another.goto(page.url)
    expect(another.get_by_role("main")).to_contain_text("户口簿原件")
    expect(another.get_by_role("main")).not_to_contain_text("其他材料")


@pytest.mark.parametrize(
    "address", ["/admin/inspection/", "/admin/reviews/", "/admin/searches/", "/admin/preferred-terms/"]
)
def test_the_reports_fit_a_phone_turned_round(browse, desk, clock, address):
    guide("居住证办理", rows=[GuideMaterial(name="其他材料")])
    page = browse(desk.editor)
    page.set_viewport_size({"width": 740, "height": 360})
    page.goto(address)

    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert overflow(page) <= 0


def test_an_editor_makes_what_was_looked_for_in_vain_found_in_one_click(browse, desk, clock, background):
    guide("校外托管登记", slug="care")
    searched("小饭桌", outcome=Outcome.IN_VAIN)
    background()
    visitor = browse()
    visitor.goto("/search/?q=小饭桌")
    expect(visitor.get_by_role("main")).to_contain_text("没有找到")

    page = browse(desk.editor)
    page.goto("/admin/searches/")
    assert violations(page) == []
    assert overflow(page) <= 0
    with page.expect_navigation():
        page.get_by_role("link", name="加同义词 小饭桌").click()
    expect(page.get_by_label("怎么说")).to_have_value("小饭桌")
    page.get_by_label("公文怎么写").fill("校外托管")
    with page.expect_navigation():
        page.locator("footer button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("搜索词")

    another = browse()  # a browser keeps a public page for a minute
    another.goto("/search/?q=小饭桌")
    expect(another.get_by_role("main").get_by_role("link", name="校外托管登记")).to_be_visible()


def test_an_editor_chooses_what_is_recommended(browse, desk, clock, background):
    guide("校外托管登记", slug="care")
    background()
    page = browse(desk.editor)
    page.goto("/admin/search-promotions/new/")
    page.get_by_role("textbox", name="搜什么").fill("小饭桌")
    page.get_by_role("button", name="选一条").click()
    page.get_by_role("dialog").get_by_label("标题或别名").fill("托管")
    page.get_by_role("dialog").get_by_role("link", name="校外托管登记").click()
    expect(page.get_by_role("main")).to_contain_text("校外托管登记")
    assert overflow(page) <= 0
    with page.expect_navigation():
        page.locator("footer button[type=submit]").first.click()

    visitor = browse()
    visitor.goto("/search/?q=小饭桌")
    expect(visitor.get_by_role("list", name="推荐").get_by_role("link", name="校外托管登记")).to_be_visible()
