"""Every kind of notice of the whole house: its words fit and say nothing about anybody."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from portal.kernel.refs import Ref
from portal.notifications import params
from portal.notifications.checks import words_fit
from portal.notifications.kinds import ImproperParam, Kind, kind_of, kinds, placeholders, register
from portal.notifications.sms.templates import template_of
from tests.factories.notifications import NUMBER, TOLD

# The types that exist. None of them holds a text; a new one must be argued for here.
IMPERSONAL = (params.Code, params.Count, params.Day, params.Instant, params.OfficeName, params.Choice)
EVERY_KIND = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.key)


@EVERY_KIND
def test_params_are_of_types_that_hold_nothing_personal(kind):
    assert [name for name, param in kind.params.items() if not isinstance(param, IMPERSONAL)] == []


@EVERY_KIND
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_words_hold_their_params_and_no_address(kind, language):
    with translation.override(language):
        texts = [str(kind.subject), str(kind.body)]
        texts += [str(template_of(kind.sms_template).text)] if kind.sms_template else []

    for text in texts:
        assert placeholders(text) <= set(kind.params)
        assert not re.search(r"@|\d{6}", text)


@EVERY_KIND
def test_sms_templates_get_what_they_need(kind):
    if kind.sms_template:
        assert set(template_of(kind.sms_template).params) <= set(kind.params)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"number": NUMBER, "title": "上学"},
        {"number": "孩子上学找王老师"},
        {"number": "13800138000"},
        {"number": None},
    ],
)
def test_a_notice_carries_what_its_kind_declares_and_nothing_else(given):
    with pytest.raises(ImproperParam):
        TOLD.checked(given)


def test_a_refusal_does_not_repeat_what_was_refused():
    with pytest.raises(ImproperParam) as refused:
        TOLD.checked({"number": "13800138000"})

    assert "13800138000" not in str(refused.value)


def test_two_kinds_may_not_share_a_key():
    with pytest.raises(ValueError, match=TOLD.key):
        register(Kind(key=TOLD.key, subject="", body=""))
    assert kind_of(TOLD.key) is TOLD


def test_people_without_account_are_led_to_their_own_page():
    matter = Ref("tests.matter", "7")

    assert TOLD.path(matter, Ref("portal.accounts.user", "1")) == "/matters/7/"
    assert TOLD.path(matter, Ref("tests.matter", "7")) == "/track/"
    assert Kind(key="tests.none", subject="", body="").path(matter, matter) == ""


def test_words_that_ask_for_too_much_are_found_at_start(monkeypatch):
    from portal.notifications import kinds as module

    broken = Kind(key="tests.broken", subject="{name}", body="{number}", sms_template="tests_told")
    unsent = Kind(key="tests.unsent", subject="", body="", sms_template="tests_unknown")
    monkeypatch.setattr(module, "_kinds", {kind.key: kind for kind in (broken, unsent)})

    assert [fault.id for fault in words_fit()] == [
        "portal_notifications.E001",
        "portal_notifications.E001",
        "portal_notifications.E003",
        "portal_notifications.E002",
    ]


def test_the_whole_house_starts():
    assert words_fit() == []
