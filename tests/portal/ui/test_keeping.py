"""What is kept for seconds differs by language, and never by who looks."""

import pytest

from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def kept_for_long(settings):
    settings.KEPT_SECONDS = 60


@pytest.mark.parametrize("path", ["/", "/guides/", "/answers/"])
def test_menus_are_in_the_language_of_the_page_whichever_came_first(client, path):
    chinese = client.get(path).content.decode()
    english = client.get(f"/en{path}").content.decode()

    for text in (chinese, client.get(path).content.decode()):
        assert '<a href="/guides/"' in text
        assert "办事指南" in text
    assert '<a href="/en/guides/"' in english
    assert "办事指南" not in english


def test_the_current_entry_is_marked_on_its_own_page_only(client):
    marked = '<a href="/guides/" aria-current="page">'

    assert marked not in client.get("/answers/").content.decode()
    assert marked in client.get("/guides/").content.decode()
    assert marked not in client.get("/answers/").content.decode()


def test_the_menu_of_the_account_is_its_owners(client):
    def signs_out():
        return "退出登录" in client.get("/guides/").content.decode()

    assert not signs_out()
    client.force_login(UserFactory())
    assert signs_out()
    client.logout()
    assert not signs_out()


def test_modes_chosen_for_a_page_hold_for_who_chose_them(client):
    client.get("/guides/")
    client.cookies["display"] = "elder.high.light"
    assert 'data-size="elder"' in client.get("/guides/").content.decode()

    del client.cookies["display"]
    assert 'data-size="standard"' in client.get("/guides/").content.decode()
