"""A made-up week of sixty questions: every verdict counted a second time, from what was done and by a stranger."""

import pytest

from benchmarks.peak_week import peak_week

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_every_verdict_of_a_small_peak_week_is_counted_alike_by_three():
    outcome = peak_week(questions=60, offices=12, seed=10, tick_hours=6)

    assert outcome.wrong == []
    # The week was one in which things happened.
    assert {result for _clock, result in outcome.verdicts} == {"in_time", "late", "not_admitted", "void"}
    assert {clock for clock, result in outcome.verdicts if result == "late"} == {"accept", "reply", "plain", "reopen"}
    assert outcome.steps.keys() >= {
        "transfer", "request_return", "approve_extension", "ask_asker", "supply", "merge", "unmerge", "withdraw",
        "approve_refusal", "approve_reopening", "publish", "amend",
    }  # fmt: skip
    assert outcome.checked > 10
