"""A peak day and what follows from it: 5,000 questions, 300 offices, every verdict counted twice.

The real actions and the real ticks, at hours drawn by lot under a clock that is moved: dispatches,
transfers, returns, extensions, pauses, merges, withdrawals, breaches, a clock process that is dead for
hours while promises end. Then every stored verdict is compared with one that is counted from what was
done (`benchmarks/week/almanac.py`, which knows nothing of the portal), the published ones are given to
the published verifier, and the chain of the journal is checked. The same seed gives the same week.

Run: python -m benchmarks.peak_week --questions 5000   (DATABASE_URL=postgres://… for PostgreSQL)
Exit status 1 when anything differs.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter

# The Monday before Labour Day 2026: a festival and a make-up Saturday lie in the seven days.
MONDAY = (2026, 4, 27)


@dataclass
class Outcome:
    """What came of a week. wrong: what differs, a line each."""

    deeds: int
    refused: int
    verdicts: Counter[tuple[str, str]]
    checked: int = 0
    wrong: list[str] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)


def peak_week(*, questions: int, offices: int, seed: int, tick_hours: float = 2) -> Outcome:
    """Live through a week in the present database and compare. Moves the installed clock."""
    from benchmarks.week.city import make_city
    from benchmarks.week.life import Life
    from portal.kernel import clock as clocks
    from portal.kernel.clock import SHANGHAI
    from tests.fakes.clock import HandClock

    clock = HandClock(datetime(*MONDAY, tzinfo=SHANGHAI))
    before = clocks.installed()
    clocks.install(clock)
    try:
        life = Life(make_city(offices), clock, questions=questions, seed=seed, tick_hours=tick_hours)
        life.run()
        return compare(life)
    finally:
        clocks.install(before)


def compare(life) -> Outcome:
    """Compare stored verdicts with counted ones, the published with what a stranger counts, and check the chain."""
    from benchmarks.week.almanac import Expected, Story
    from portal.answers.models import Question, Verdict
    from portal.journal.verification import faults

    found: dict = {question: set() for question in life.deeds}
    for row in Verdict.objects.select_related("leg", "held_by"):
        leg = row.leg.number if row.leg else 0
        found[row.question_id].add(Expected(row.clock, leg, row.outcome, row.due, row.occurred_at, row.held_by.number))
    outcome = Outcome(
        deeds=sum(map(len, life.deeds.values())),
        refused=life.refused,
        verdicts=Counter((one.clock, one.outcome) for stored in found.values() for one in stored),
        steps=life.done,
    )
    numbers = dict(Question.objects.values_list("pk", "number"))
    for question, deeds in life.deeds.items():
        expected = Story(deeds, life.until).verdicts()
        outcome.wrong += [f"{numbers[question]}: stored, not counted: {one}" for one in found[question] - expected]
        outcome.wrong += [f"{numbers[question]}: counted, not stored: {one}" for one in expected - found[question]]
    outcome.wrong += [f"journal: {fault}" for fault in faults()]
    outcome.checked, wrong = verify_published()
    outcome.wrong += wrong
    return outcome


def verify_published() -> tuple[int, list[str]]:
    """Let the published verifier check what is published, from the published addresses; return how many and what does not fit."""
    from django.db import transaction
    from django.test import Client

    import portal.answers
    from portal.answers.actions.answer_page import make_page
    from portal.answers.actions.listing import refresh_listing
    from portal.answers.models import Listing, Question
    from portal.kernel import clock as clocks

    public = list(Question.objects.filter(publication="published").values_list("pk", flat=True))
    for question in public:  # what the worker would have done
        with transaction.atomic():
            make_page(str(question), clocks.installed().now())
            refresh_listing(str(question))
    client = Client()
    months = Listing.objects.filter(is_answered=True).order_by("month").values_list("month", flat=True).distinct()
    with tempfile.TemporaryDirectory() as scratch:
        calendar, evidence = Path(scratch) / "calendar.json", Path(scratch) / "questions.jsonl"
        calendar.write_bytes(client.get("/open/calendar.json").content)
        with evidence.open("wb") as file:
            for month in months:
                file.writelines(client.get(f"/open/questions.jsonl?month={month:%Y-%m}").streaming_content)
        verifier = Path(portal.answers.__file__).parent / "static/portal/answers/yishi_verify.py"
        told = subprocess.run(
            [sys.executable, str(verifier), "--quiet", "--calendar", str(calendar), str(evidence)],
            capture_output=True,
            text=True,
            check=False,
        )
    lines = told.stdout.splitlines()
    if lines[-1:] != [f"{len(public)} checked: {len(public)} fit, 0 do not"]:
        return len(public), [f"verifier: {line}" for line in [*lines, *told.stderr.splitlines()]] or [
            "verifier: silent"
        ]
    return len(public), []


def main(arguments: list[str]) -> int:
    """Live through a week and print what came of it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=5000)
    parser.add_argument("--offices", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)

    from benchmarks.throwaway import database

    with database():
        from django.db import connection

        started = perf_counter()
        outcome = peak_week(questions=given.questions, offices=given.offices, seed=given.seed)
        print(f"{connection.vendor}: {given.questions} questions, {given.offices} offices, seed {given.seed}")
        print(
            f"{outcome.deeds} deeds that concern a clock, {sum(outcome.steps.values())} steps, {outcome.refused} refused"
        )
        print("  " + ", ".join(f"{step} {number}" for step, number in sorted(outcome.steps.items())))
        for (clock, result), number in sorted(outcome.verdicts.items()):
            print(f"  {clock:<8}{result:<14}{number:>7}")
        print(
            f"  {sum(outcome.verdicts.values())} verdicts, {outcome.checked} answers published and checked by the verifier"
        )
        print(f"{len(outcome.wrong)} differences, {perf_counter() - started:.0f} s")
        print("\n".join(outcome.wrong[:40]))
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
