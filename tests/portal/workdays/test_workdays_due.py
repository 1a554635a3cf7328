"""The command for the help desk and for checks from outside."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def run(*instants: str) -> tuple[list[dict], int]:
    out, status = StringIO(), 0
    try:
        call_command("workdays_due", *instants, stdout=out)
    except SystemExit as end:
        status = end.code
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_an_instant_gives_both_due_instants_and_the_counted_days():
    assert run("2026-09-17T10:00:00Z") == (
        [
            {
                "submitted_at": "2026-09-17T18:00:00+08:00",
                "accept_due": "2026-09-18T18:00:00+08:00",
                "reply_due": "2026-09-29T00:00:00+08:00",
                "provisional": False,
                "counted_days": [
                    "2026-09-18",
                    "2026-09-20",
                    "2026-09-21",
                    "2026-09-22",
                    "2026-09-23",
                    "2026-09-24",
                    "2026-09-28",
                ],
            }
        ],
        0,
    )


def test_a_year_not_announced_is_marked():
    lines, status = run("2026-12-22T23:59:59.999999+08:00", "2026-12-23T00:00:00+08:00")

    assert [line["provisional"] for line in lines] == [False, True]
    assert status == 0


def test_the_others_are_printed_beside_an_error():
    lines, status = run(
        "2026-03-02T10:00:00",
        "yesterday",
        "2003-12-31T23:59:59+08:00",
        "2040-12-31T00:00:00+08:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-03-02T10:00:00+08:00",
    )

    assert status == 1
    assert [set(line) for line in lines[:-1]] == [{"submitted_at", "error"}] * 6
    assert [line["submitted_at"] for line in lines[:2]] == ["2026-03-02T10:00:00", "yesterday"]
    assert lines[-1]["reply_due"] == "2026-03-12T00:00:00+08:00"
