"""What servers and carriers say of a message that did not arrive."""

import pytest

from portal.notifications.rules.bounces import cause_of
from portal.notifications.rules.reports import MOST, Report, Unclear, is_fresh, read_reports


@pytest.mark.parametrize(
    ("code", "reply", "of_recipient", "cause"),
    [
        (550, "5.1.1 <a@b.c>: User unknown", True, "no_such_address"),
        (550, "5.1.10 recipient not found", True, "no_such_address"),
        (550, "5.2.1 mailbox disabled", True, "no_such_address"),
        (550, "no such user", True, "no_such_address"),
        (553, "Requested action not taken: mailbox name not allowed", True, "no_such_address"),
        (552, "5.2.2 over quota", True, "mailbox_full"),
        (552, "quota", False, "mailbox_full"),
        (550, "5.7.1 blocked by policy", True, "refused"),
        (554, "looks like spam", False, "refused"),
        # After the data a plain 550 is about the message, not about the address.
        (550, "message refused", False, "refused"),
        (521, "host does not accept mail", True, "refused"),
        # A version number is no status.
        (550, "unknown, see server 10.1.1.7", True, "no_such_address"),
    ],
)
def test_a_refusal_has_a_cause(code, reply, of_recipient, cause):
    assert cause_of(code, reply, of_recipient=of_recipient) == cause


@pytest.mark.parametrize(
    ("sent", "reports"),
    [
        ({"message_id": "<1@h>", "status": "delivered"}, [Report("<1@h>", True, "")]),
        ({"message_id": "<1@h>", "status": "delivered", "reason": "x"}, [Report("<1@h>", True, "")]),
        (
            [
                {"message_id": "<1@h>", "status": "undelivered", "reason": "no_such_number"},
                {"message_id": "<2@h>", "status": "undelivered", "reason": "张三的手机 13800138000"},
                {"message_id": "<3@h>", "status": "undelivered"},
            ],
            [
                Report("<1@h>", False, "no_such_number"),
                Report("<2@h>", False, "not_delivered"),
                Report("<3@h>", False, "not_delivered"),
            ],
        ),
        ([], []),
    ],
)
def test_reports_are_read_and_nothing_free_is_taken_over(sent, reports):
    assert read_reports(sent) == reports


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "delivered",
        {},
        {"message_id": 7, "status": "delivered"},
        {"message_id": "<1@h>"},
        {"message_id": "<1@h>", "status": "perhaps"},
        {"message_id": "x" * 121, "status": "delivered"},
        [{"message_id": "<1@h>", "status": "delivered"}, "x"],
        [{"message_id": "<1@h>", "status": "delivered"}] * (MOST + 1),
    ],
)
def test_what_is_no_report_is_refused_whole(sent):
    with pytest.raises(Unclear):
        read_reports(sent)


@pytest.mark.parametrize(
    ("timestamp", "fresh"),
    [
        ("1000000000", True),
        ("999999700", True),
        ("1000000300", True),
        ("999999699", False),
        ("1000000301", False),
        ("", False),
        ("-1", False),
        ("1e9", False),
        ("１０００００００００", False),
        ("9" * 5000, False),
    ],
)
def test_a_request_is_of_these_minutes(timestamp, fresh):
    assert is_fresh(timestamp, 1_000_000_000.0) is fresh
