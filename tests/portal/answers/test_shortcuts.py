"""The keys: what the pages answer to is what the help lists, and they can be switched off."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.answers.actions import replying
from portal.answers.actions.shortcuts import switch_shortcuts
from portal.answers.shortcuts import CASE, QUEUE
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import accepted, at, dispatched

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PAGE, DESK = reverse("answers_desk:shortcuts"), reverse("answers_desk:queue")
SCRIPT = "portal/answers/shortcuts"


@pytest.fixture
def as_(client, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def keys_on(page):
    return set(re.findall(r'data-key="([^"]+)"', page.content.decode()))


def test_the_pages_answer_to_the_keys_that_the_help_lists(as_, district):
    waiting, being_written = dispatched(district), accepted(district)
    client = as_("spokesperson")
    replying.save_draft(being_written.pk, text="稿", by=district.spokesperson, clock=at(3, 2, 11))
    cases = [client.get(reverse("answers_desk:case", args=[one.pk])) for one in (waiting, being_written)]

    assert keys_on(cases[0]) | keys_on(cases[1]) == {key for key, _act in CASE}
    # Two move in the list itself, one ticks, and Enter is the browser's.
    assert keys_on(client.get(DESK)) == {key for key, _act in QUEUE} - {"j", "k", "x", "Enter"}
    assert "data-rows" in client.get(DESK).content.decode()


def test_the_page_lists_every_key_and_so_does_the_dialog(as_, district):
    page = as_("officer").get(PAGE).content.decode()
    dialog = render_to_string("wagtailadmin/shared/keyboard_shortcuts_dialog.html", {"shortcuts": {}})

    for key, act in (*QUEUE, *CASE):
        assert f"<kbd>{key}</kbd>" in page
        assert str(act) in page
        assert f"<kbd>{key}</kbd>" in dialog


def test_whoever_switches_them_off_does_not_get_the_script(as_, district):
    client = as_("officer")
    assert SCRIPT in client.get(DESK).content.decode()

    client.post(PAGE)
    assert not UserProfile.objects.get(user=district.officer.id).keyboard_shortcuts
    assert SCRIPT not in client.get(DESK).content.decode()
    assert "快捷键现在关着" in client.get(PAGE).content.decode()

    client.post(PAGE, {"on": "on"})
    assert SCRIPT in client.get(DESK).content.decode()


def test_only_the_desk_has_them(as_, district):
    with pytest.raises(NotAllowed):
        switch_shortcuts(on=False, by=district.resident)
