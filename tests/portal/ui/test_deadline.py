"""How the end of a deadline is written: people read the last day that counts."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine
from django.utils.html import strip_tags

from portal.kernel.clock import SHANGHAI


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 3, 12, tzinfo=SHANGHAI), "截至 2026-03-11"),
        (datetime(2026, 3, 11, 16, tzinfo=UTC), "截至 2026-03-11"),
        (datetime(2026, 3, 3, 9, 30, tzinfo=SHANGHAI), "2026-03-03 09:30 前"),
        (date(2026, 3, 11), "截至 2026-03-11"),
    ],
    ids=["midnight", "midnight given in another zone", "an hour", "a date"],
)
def test_end_is_written_as_people_read_it(due, words):
    html = Engine.get_default().from_string("{% load ui %}{% component 'deadline' words='还剩' due=due %}")

    text = html.render(Context({"due": due}))

    assert words in " ".join(strip_tags(text).split())


def test_date_that_may_still_move_is_marked():
    html = Engine.get_default().from_string("{% load ui %}{% component 'deadline' words='还剩' provisional=True %}")

    assert "预计" in html.render(Context())
