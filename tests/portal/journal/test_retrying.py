"""Claiming rows and waiting for another try."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.journal.retrying import Backoff

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BACKOFF = Backoff(first=timedelta(seconds=2), longest=timedelta(minutes=30), tries=8)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(seconds=2)),
        (2, timedelta(seconds=4)),
        (5, timedelta(seconds=32)),
        (12, timedelta(minutes=30)),
        (10_000, timedelta(minutes=30)),
    ],
)
def test_the_wait_doubles_up_to_its_cap_with_some_jitter(attempts, wait):
    waits = [BACKOFF.again_at(NOW, attempts) - NOW for _ in range(50)]

    assert all(wait * 0.8 <= one <= wait * 1.2 for one in waits)
    assert len(set(waits)) > 1
