"""The public figures of 300 offices over twelve months, from 240,000 stored verdicts.

Run: python -m benchmarks.performance [QUESTIONS]   (DATABASE_URL=postgres://… for PostgreSQL)
"""

import random
import sys
from datetime import date, timedelta
from time import perf_counter
from uuid import uuid4

from benchmarks.throwaway import database

OFFICES = 300
TIMES = 7


def main(count: int) -> None:
    """Print seconds for the figures, against only counting the verdicts."""
    from django.db import connection

    from portal.accounts.models import Office
    from portal.answers.models import Leg, Question, Verdict
    from portal.answers.queries.performance import performance
    from tests.factories.answers import dispatched, make_district

    random.seed(1)
    with database():
        district = make_district()
        offices = [Office(code=f"o{n}", name=f"单位{n}", level="county") for n in range(OFFICES)]
        for office in offices:
            district.city.refresh_from_db()
            district.city.add_child(instance=office)
        first = dispatched(district)
        leg = first.legs.get(ended_at=None)
        for start in range(0, count, 5000):
            questions, legs, verdicts = [], [], []
            for number in range(start, min(count, start + 5000)):
                office = offices[number % OFFICES]
                month = date(2025, 4 + number % 9, 1) if number % 12 < 9 else date(2026, 1 + number % 3, 1)
                copy = _copy(first, id=uuid4(), form_token=uuid4(), number=f"B{number:09d}", tracking_hash=uuid4().hex)
                own = _copy(leg, id=uuid4(), question_id=copy.pk, office_id=office.pk)
                questions.append(copy)
                legs.append(own)
                for clock in ("accept", "reply"):
                    verdicts.append(
                        Verdict(
                            question_id=copy.pk,
                            clock=clock,
                            outcome="in_time" if random.random() < 0.95 else "late",
                            due=first.reply_due,
                            held_by_id=own.pk,
                            office_id=office.pk,
                            month=month,
                            is_headline=clock == "reply",
                            occurred_at=first.submitted_at,
                            recorded_at=first.submitted_at + timedelta(1),
                        )
                    )
            Question.objects.bulk_create(questions)
            Leg.objects.bulk_create(legs)
            Verdict.objects.bulk_create(verdicts)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        counting = min(_seconds(lambda: Verdict.objects.filter(outcome="late").count()) for _ in range(TIMES))
        adding = min(_seconds(lambda: performance(date(2026, 3, 1), span=12)) for _ in range(TIMES))
        total = Verdict.objects.count()
        print(f"{connection.vendor}: {OFFICES} offices, 12 months, {total} verdicts")
        print(f"one pass over the rows {counting:.3f} s\nthe figures    {adding:.3f} s  ({adding / counting:.1f} x)")


def _seconds(act) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def _copy(row, **changes):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | changes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120_000)
