import json
import logging

import pytest
from django.http import HttpRequest
from django.urls import resolve

from portal.config.logging import RequestLog, logging_settings, mask

PHONE = "13812345678"
MAIL = "wang.min@example.com"


@pytest.fixture
def lines(tmp_path):
    """Log as a deployment does; returns what was written, one dictionary a line."""
    file = tmp_path / "lines.jsonl"
    told = logging_settings(level="INFO", file=file)
    handler = logging.FileHandler(file)
    handler.setFormatter(
        told["formatters"]["json"]["()"](**{k: v for k, v in told["formatters"]["json"].items() if k != "()"})
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in file.read_text().splitlines()]
    root.removeHandler(handler)
    handler.close()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"SMS to +86{PHONE} failed", "SMS to [masked] failed"),
        ("call 138 1234 5678", "call [masked]"),
        (f"<{MAIL}>", "<[masked]>"),
        ("id 330105199001011234", "id [masked]"),
        ("event 20261123071200", "event 20261123071200"),
        ("position 1234567890", "position 1234567890"),
    ],
)
def test_contacts_are_masked_and_numbers_of_ours_are_not(text, masked):
    assert mask(text) == masked


def test_a_line_is_json_with_what_was_added(lines):
    logging.getLogger("portal.tests").warning("handler_retry", extra={"handler": "search", "event": 7})

    (line,) = lines()
    assert {key: line[key] for key in ("message", "event", "level", "logger", "handler")} == {
        "message": "handler_retry",
        "event": 7,
        "level": "warning",
        "logger": "portal.tests",
        "handler": "search",
    }


def test_an_error_is_logged_by_type_and_place_without_its_message(lines):
    try:
        try:
            raise KeyError(PHONE)
        except KeyError as cause:
            raise ValueError(f"no such person: {MAIL}") from cause
    except ValueError:
        logging.getLogger("portal.tests").exception("tick_failed")

    (line,) = lines()
    assert line["error"] == "ValueError < KeyError"
    assert line["at"][-1].endswith("test_an_error_is_logged_by_type_and_place_without_its_message")
    assert PHONE not in str(line)
    assert MAIL not in str(line)


def test_a_request_is_logged_by_route_never_by_address(rf):
    request: HttpRequest = rf.get("/invitations/very-secret-token/?phone=" + PHONE)
    request.resolver_match = resolve("/invitations/very-secret-token/")

    assert RequestLog.format_request(request) == "GET /invitations/<str:token>/"


@pytest.mark.django_db
def test_what_a_visitor_submits_never_reaches_the_log(client, lines):
    client.post(f"/accounts/login/?next=/{PHONE}", {"login": PHONE, "password": "a-secret-of-mine"})
    client.get(f"/no/such/page/{PHONE}/{MAIL}")

    written = str(lines())
    assert "request_finished" in written
    for private in (PHONE, MAIL, "a-secret-of-mine", "127.0.0.1"):
        assert private not in written


def test_what_stands_under_the_name_of_a_private_field_is_masked_at_any_depth(lines):
    logging.getLogger("portal.tests").warning(
        "odd",
        extra={
            "contact": "not even shaped like one",
            "answers": {"nickname": "小桂", "kept": [{"title": "家里的事", "version": 3}]},
            "code": 200,
        },
    )

    (line,) = lines()
    assert line["contact"] == "[masked]"
    assert line["answers"] == "[masked]"  # the draft keeps them sealed
    assert line["code"] == 200


def test_private_names_are_masked_inside_of_what_has_an_innocent_one(lines):
    logging.getLogger("portal.tests").warning(
        "odd", extra={"payload": {"nickname": "小桂", "kept": [{"title": "家里的事", "version": 3}]}}
    )

    (line,) = lines()
    assert line["payload"] == {"nickname": "[masked]", "kept": [{"title": "[masked]", "version": 3}]}
