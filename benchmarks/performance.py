"""The public figures of 300 offices over twelve months, from 240,000 stored verdicts.

Beside them stand what else is counted: an answer for every question, a rating for every third, five
call-backs an office and month, a question in fifty that ended without an answer.

Run: python -m benchmarks.performance [QUESTIONS]   (DATABASE_URL=postgres://… for PostgreSQL)
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4

from benchmarks.throwaway import database

OFFICES = 300
TIMES = 7
CALLS = 5  # an office and month
RATED, EXCLUDED = 3, 50  # one in so many


def main(count: int) -> None:
    """Print seconds for the figures, against only counting the verdicts."""
    from django.db import connection

    from portal.accounts.models import Office
    from portal.answers.actions.drawing_calls import keep_draws
    from portal.answers.models import Answer, CallBack, CallDraw, Leg, Question, Rating, Verdict
    from portal.answers.queries.assessment import assessed
    from portal.answers.queries.performance import performance
    from tests.factories.accounts import UserFactory, actor
    from tests.factories.answers import AT_MONDAY, answered, make_district

    random.seed(1)
    with database():
        district = make_district()
        offices = [Office(code=f"o{n}", name=f"单位{n}", level="county") for n in range(OFFICES)]
        for office in offices:
            district.city.refresh_from_db()
            district.city.add_child(instance=office)
        first = answered(district)
        keep_draws(AT_MONDAY)
        draw = CallDraw.objects.first()
        leg, answer = first.legs.get(ended_at=None), first.answer
        called: dict[tuple[Any, date], int] = {}
        for start in range(0, count, 5000):
            rows: dict[type, list[Any]] = {Question: [], Leg: [], Verdict: [], Answer: [], Rating: [], CallBack: []}
            for number in range(start, min(count, start + 5000)):
                office, month = offices[number % OFFICES], _month(number // OFFICES)
                ended = number % EXCLUDED == 0
                question = _copy(
                    first,
                    id=uuid4(),
                    form_token=uuid4(),
                    number=f"B{number:09d}",
                    tracking_hash=uuid4().hex,
                    office_id=office.pk,
                    state="withdrawn" if ended else "closed",
                    ended_at=first.submitted_at.replace(year=month.year, month=month.month, day=9),
                )
                own = _copy(leg, id=uuid4(), question_id=question.pk, office_id=office.pk)
                rows[Question].append(question)
                rows[Leg].append(own)
                rows[Verdict] += _verdicts(question, own, office, month)
                if ended:
                    continue
                rows[Answer].append(
                    _copy(
                        answer,
                        id=None,
                        question_id=question.pk,
                        office_id=office.pk,
                        month=month,
                        working_days=random.randrange(12),
                    )
                )
                told = {"question_id": question.pk, "resolved": "yes", "satisfaction": random.randrange(1, 6)}
                if number % RATED == 0:
                    rows[Rating].append(Rating(**told, rated_at=first.submitted_at))
                elif called.setdefault((office.pk, month), 0) < CALLS:
                    called[office.pk, month] += 1
                    rows[CallBack].append(
                        CallBack(
                            draw=draw,
                            question_id=question.pk,
                            office_id=office.pk,
                            month=month,
                            state="not_reached",
                            ended_at=first.submitted_at,
                        )
                    )
            for model, made in rows.items():
                model.objects.bulk_create(made)
        _reach_half(CallBack, Rating, first.submitted_at)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        administrator = actor(UserFactory(administrator=True))
        counting = min(_seconds(lambda: Verdict.objects.filter(outcome="late").count()) for _ in range(TIMES))
        adding = min(_seconds(lambda: performance(date(2026, 3, 1), span=12)) for _ in range(TIMES))
        assessing = min(_seconds(lambda: list(assessed(administrator, 2026))) for _ in range(TIMES))
        total = Verdict.objects.count()
        print(f"{connection.vendor}: {OFFICES} offices, 12 months, {total} verdicts, {CallBack.objects.count()} calls")
        print(f"one pass over the rows {counting:.3f} s\nthe figures    {adding:.3f} s  ({adding / counting:.1f} x)")
        print(f"the assessment {assessing:.3f} s  ({assessing / counting:.1f} x)")


def _month(index: int) -> date:
    """Return one of the twelve months up to March 2026."""
    month = index % 12
    return date(2025, 4 + month, 1) if month < 9 else date(2026, month - 8, 1)


def _verdicts(question: Any, leg: Any, office: Any, month: date) -> Iterator[Any]:
    from portal.answers.models import Verdict

    for clock in ("accept", "reply"):
        yield Verdict(
            question_id=question.pk,
            clock=clock,
            outcome="in_time" if random.random() < 0.95 else "late",
            due=question.reply_due,
            held_by_id=leg.pk,
            office_id=office.pk,
            month=month,
            is_headline=clock == "reply",
            occurred_at=question.submitted_at,
            recorded_at=question.submitted_at + timedelta(1),
        )


def _reach_half(calls: Any, ratings: Any, at: Any) -> None:
    """Let every second asker have been reached."""
    reached = list(calls.objects.order_by("pk")[::2])
    for call in reached:
        call.state = "reached"
        call.rating = ratings(
            question_id=call.question_id,
            source="call_back",
            resolved="partly",
            satisfaction=random.randrange(1, 6),
            rated_at=at,
        )
    made = ratings.objects.bulk_create([call.rating for call in reached])
    for call, rating in zip(reached, made, strict=True):
        call.rating_id = rating.pk
    calls.objects.bulk_update(reached, ["state", "rating"], batch_size=500)


def _seconds(act) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def _copy(row, **changes):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | changes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 120_000)
