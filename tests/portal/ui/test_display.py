"""Display modes: a closed list in one cookie, applied by the server."""

import pytest
from django.test import Client, RequestFactory

from portal.ui.display import COOKIE, Display


def display_of(value):
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = value
    return Display.of(request)


@pytest.mark.parametrize(
    ("cookie", "display"),
    [
        ("elder.high.dark", Display("elder", "high", "dark")),
        ("standard.normal.auto", Display(theme="auto")),
        ("", Display()),
        ("elder", Display()),
        ("elder.high.pink", Display()),
        ("elder.high.dark.more", Display()),
        ("<script>.high.dark", Display()),
    ],
)
def test_only_values_on_the_list_count(cookie, display):
    assert display_of(cookie) == display


def test_page_wears_the_chosen_modes(client, db):
    client.cookies[COOKIE] = "elder.high.dark"

    html = client.get("/style-guide/").content.decode()

    assert '<html lang="zh-Hans" data-size="elder" data-contrast="high" data-theme="dark">' in html
    assert all(f"css/{name}.css" in html for name in ("elder", "contrast", "dark"))
    assert "退出长辈模式" in html


def test_page_without_choice_loads_no_mode(client, db):
    html = client.get("/style-guide/").content.decode()

    assert not any(f"css/{name}.css" in html for name in ("elder", "contrast", "dark"))


def test_choice_is_kept_and_leads_back(client, db):
    response = client.post("/display/", {"contrast": "high", "next": "/style-guide/?a=1"})

    assert response["Location"] == "/style-guide/?a=1"
    assert response.cookies[COOKIE].value == "standard.high.light"


def test_elder_mode_is_one_press_and_keeps_the_rest(client, db):
    client.cookies[COOKIE] = "standard.high.light"

    response = client.post("/display/", {"preset": "elder"})

    assert response.cookies[COOKIE].value == "elder.high.light"


def test_return_to_the_default_removes_the_cookie(client, db):
    client.cookies[COOKIE] = "elder.normal.light"

    response = client.post("/display/", {"preset": "standard"})

    assert response.cookies[COOKIE].value == ""
    assert response.cookies[COOKIE]["max-age"] == 0


def test_unknown_choice_is_refused(client, db):
    response = client.post("/display/", {"contrast": "pink"})

    assert response.status_code == 200
    assert COOKIE not in response.cookies


@pytest.mark.parametrize(
    "address", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "style-guide/"]
)
def test_nobody_is_led_elsewhere(client, db, address):
    assert client.post("/display/", {"preset": "elder", "next": address})["Location"] == "/"


def test_form_needs_its_token(db):
    response = Client(enforce_csrf_checks=True).post("/display/", {"preset": "elder"})

    assert response.status_code == 403
    assert "表单已过期" in response.content.decode()
