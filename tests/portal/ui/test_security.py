"""The headers that tell browsers what a page may do."""

import pytest

from tests.factories.accounts import UserFactory


@pytest.fixture
def policy(client, db):
    def read(path):
        header = client.get(path)["Content-Security-Policy"]
        return {name: values for name, *values in (part.split() for part in header.split(";"))}

    return read


def test_public_pages_run_nothing_inline_and_nothing_foreign(policy):
    assert policy("/style-guide/") == {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }


def test_admin_may_run_its_own_inline_script_and_nothing_foreign(policy, client):
    client.force_login(UserFactory(administrator=True))

    admin = policy("/admin/")

    assert admin["default-src"] == ["'self'"]
    assert admin["script-src"] == ["'self'", "'unsafe-inline'"]
    assert admin["frame-ancestors"] == ["'self'"]


def test_address_that_only_begins_like_the_admin_gets_the_strict_policy(policy):
    assert "script-src" not in policy("/administration/")


@pytest.mark.parametrize("path", ["/style-guide/", "/nowhere/", "/display/"])
def test_other_headers_stand_on_every_answer(client, db, path):
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_have_no_inline_script_or_style(client, db):
    html = client.get("/style-guide/").content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count('<script type="module" src=')
    assert not any(f" on{event}=" in html for event in ("click", "load", "submit", "change"))
