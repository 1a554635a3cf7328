"""The map of service centres as residents use it: asked for, by mouse, finger and keyboard, in every mode; and without it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import MODES, choose, faults
from tests.factories.pages import centre
from tests.fakes.tiles import TileHost

pytestmark = pytest.mark.django_db(transaction=True)
# Tells whether the page is scrolled further than it was, within five seconds.
SCROLLED = """before => new Promise(done => {
    const end = performance.now() + 5000;
    const look = () => scrollY > before || performance.now() > end ? done(scrollY > before) : requestAnimationFrame(look);
    look();
})"""
AWAY = "地图图片暂时取不到，请按文字地址找。"


@pytest.fixture
def tiles(settings, other_hosts):
    """A host of pictures and one of names, which the operator has named."""
    with TileHost().serving() as host:
        other_hosts.add(host.netloc)
        settings.MAP_TILE_URL, settings.MAP_LABELS_URL = host.template("ground"), host.template("names")
        settings.MAP_ATTRIBUTION = "示例地图 GS（2026）0000号"
        yield host


@pytest.fixture
def centres(clock):
    """Two centres on the map, and one of which nobody has said where it is."""
    found = [
        centre("澄湖区政务服务中心", slug="chenghu", latitude=29.872, longitude=121.412),
        centre("桂塘街道便民服务中心", slug="guitang", address="桂塘路 88 号", latitude=29.861, longitude=121.43),
    ]
    centre("流动服务车", slug="bus", address="每周换地方")
    return found


def show(page: Page) -> None:
    page.get_by_role("button", name="显示地图").click()
    expect(page.get_by_role("button", name="收起地图")).to_have_attribute("aria-expanded", "true")
    for layer in ("ground", "names"):
        expect(page.locator(f".leaflet-tile-loaded[src*='/{layer}/']").first).to_be_visible()


def loaded(page: Page) -> list[str]:
    """Return the addresses of all that the page has loaded by now."""
    return page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")


@pytest.mark.parametrize("mode", MODES)
def test_the_map_is_accessible_in_every_mode(browse, live_server, tiles, centres, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/centres/")
    wrong["before"] = faults(page)
    show(page)
    wrong["shown"] = faults(page)
    page.get_by_role("button", name="桂塘街道便民服务中心").click()
    expect(page.get_by_role("group", name="桂塘街道便民服务中心")).to_be_visible()
    wrong["card"] = faults(page)
    page.goto(centres[0].url)
    show(page)
    wrong["one centre"] = faults(page)

    assert {where: found for where, found in wrong.items() if found} == {}


def test_nothing_of_the_map_is_loaded_before_somebody_asks_for_it(browse, tiles, centres):
    page = browse()

    page.goto("/centres/")
    page.wait_for_load_state("networkidle")
    assert not [address for address in loaded(page) if "leaflet" in address or "centre-map.css" in address]
    assert tiles.asked == []
    expect(page.get_by_text(f"地图图片来自 {tiles.netloc}，按下按钮才会加载")).to_be_visible()

    show(page)
    expect(page.get_by_text("示例地图 GS（2026）0000号")).to_be_visible()
    assert {path.split("/")[1] for path, _ in tiles.asked} == {"ground", "names"}


def test_the_host_learns_the_site_but_neither_the_page_nor_the_reader_s_place(browse, live_server, tiles, centres):
    page = browse()

    page.goto("/centres/?lat=29.9&lng=121.5")
    show(page)

    assert {referrer for _, referrer in tiles.asked} == {f"{live_server.url}/"}


def test_pins_are_buttons_whose_cards_open_and_close_by_keyboard(browse, tiles, centres):
    page = browse()
    page.goto("/centres/")
    toggle = page.get_by_role("button", name="显示地图")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()

    page.keyboard.press("Tab")  # what the sentence says leads to the list
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name="地图")).to_be_focused()
    page.keyboard.press("Tab")
    pin = page.get_by_role("button", name="澄湖区政务服务中心")
    expect(pin).to_be_focused()
    page.keyboard.press("Space")

    card = page.get_by_role("group", name="澄湖区政务服务中心")
    expect(card).to_be_focused()
    expect(card).to_contain_text("湖滨路 1 号")
    expect(card).to_contain_text("现在开门")
    expect(pin).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(pin).to_be_focused()
    expect(pin).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/centres/chenghu/")


def test_a_card_is_closed_by_its_button_which_says_so(browse, tiles, centres):
    page = browse()
    page.goto(centres[0].url)
    show(page)

    page.get_by_role("button", name="澄湖区政务服务中心").click()
    page.get_by_role("button", name="关闭").click()

    expect(page.get_by_role("group", name="澄湖区政务服务中心")).to_be_hidden()
    expect(page.get_by_role("button", name="澄湖区政务服务中心")).to_be_focused()


def test_the_map_goes_and_comes_again(browse, tiles, centres):
    page = browse()
    page.goto("/centres/")
    show(page)

    page.get_by_role("button", name="收起地图").click()
    expect(page.get_by_role("region", name="地图")).to_be_hidden()
    page.get_by_role("button", name="显示地图").click()

    expect(page.get_by_role("region", name="地图")).to_be_visible()
    expect(page.get_by_role("button", name="桂塘街道便民服务中心")).to_be_visible()


def test_the_wheel_moves_the_page_and_not_the_map(browse, tiles, centres):
    page = browse()
    page.goto("/centres/")
    show(page)
    page.get_by_role("region", name="地图").hover()
    before = page.evaluate("scrollY")

    page.mouse.wheel(0, 300)

    assert page.evaluate(SCROLLED, before)
    assert len({path.split("/")[2] for path, _ in tiles.asked}) == 1  # one zoom, the first


def test_one_finger_moves_the_page_and_two_the_map(browse, tiles, centres):
    page = browse(phone=True, touch=True)
    page.goto("/centres/")
    show(page)

    frame = page.get_by_role("region", name="地图")
    # What the browser does with one finger by itself: scroll. Dragging would have taken that away.
    expect(frame).to_have_css("touch-action", "pan-x pan-y")
    expect(page.get_by_text("一个手指滑动页面，两个手指移动和缩放地图。")).to_be_visible()


def test_where_the_host_is_away_it_is_said_and_the_list_stands(browse, tiles, centres):
    tiles.is_down = True
    page = browse()
    page.goto("/centres/")

    page.get_by_role("button", name="显示地图").click()
    expect(page.get_by_role("status").filter(has_text=AWAY)).to_be_visible()
    expect(page.get_by_role("heading", name="桂塘街道便民服务中心")).to_be_visible()

    tiles.is_down = False
    page.get_by_role("button", name="缩小").click()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_hidden()


def test_where_leaflet_does_not_arrive_it_is_said_and_may_be_tried_again(browse, tiles, centres):
    page = browse()
    page.route("**/leaflet.js", lambda route: route.abort())
    page.goto("/centres/")

    page.get_by_role("button", name="显示地图").click()
    expect(page.get_by_role("status").filter(has_text="地图没有加载成功")).to_be_visible()
    page.unroute("**/leaflet.js")

    show(page)


def test_without_script_there_is_the_list_and_no_word_of_a_map(browse, tiles, centres):
    page = browse(script=False)

    page.goto("/centres/")

    expect(page.get_by_role("button", name="显示地图")).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text="流动服务车")).to_be_visible()
    assert tiles.asked == []


def test_on_paper_there_is_the_list_only(browse, tiles, centres):
    page = browse()
    page.goto("/centres/")
    show(page)

    page.emulate_media(media="print")

    expect(page.locator("[data-centre-map]")).to_be_hidden()
    expect(page.get_by_role("heading", name="流动服务车")).to_be_visible()


def test_who_wants_no_motion_gets_none(browse, tiles, centres):
    page = browse()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/centres/")

    show(page)

    expect(page.locator(".leaflet-fade-anim, .leaflet-zoom-anim")).to_have_count(0)


def test_the_list_sorts_by_the_place_that_the_browser_tells(browse, centres):
    page = browse()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 29.8612, "longitude": 121.4301})
    page.goto("/centres/")

    with page.expect_navigation():
        page.get_by_role("button", name="按离我远近排列").click()

    assert page.url.endswith("?lat=29.861&lng=121.430")
    expect(page.locator(".centres h2").first).to_have_text("桂塘街道便民服务中心")
