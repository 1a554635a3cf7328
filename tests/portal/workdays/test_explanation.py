"""The page that explains the counting to people counts as the product does."""

import json
import re
from datetime import datetime
from pathlib import Path

from portal.kernel.clock import SHANGHAI
from portal.workdays.rules.promises import promise
from tests.factories.workdays import official_calendar

PAGE = (Path(__file__).resolve().parents[3] / "docs/explanation/answer-deadlines.md").read_text("utf-8")
EXAMPLE = re.compile(r"^\| (\d{4}-\d\d-\d\d \d\d:\d\d) \| (\d{4}-\d\d-\d\d \d\d:\d\d) \| (.*) \|$", re.MULTILINE)


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_every_worked_example_is_right():
    examples = EXAMPLE.findall(PAGE)

    assert len(examples) == 10
    for submitted_at, due, why in examples:
        promised = promise(china(submitted_at), official_calendar())
        assert (submitted_at, promised.reply_due) == (submitted_at, china(due))
        assert promised.provisional == ("预计" in why)


def test_the_printed_line_is_what_the_command_prints():
    line = json.loads(next(line for line in PAGE.splitlines() if line.startswith("{")))
    promised = promise(datetime.fromisoformat(line["submitted_at"]), official_calendar())

    assert line == {
        "submitted_at": "2026-09-17T18:00:00+08:00",
        "accept_due": promised.accept_due.isoformat(),
        "reply_due": promised.reply_due.isoformat(),
        "provisional": promised.provisional,
        "counted_days": [day.isoformat() for day in promised.counted_days],
    }
