"""50,000 open clocks counted anew after a change of the calendar: seconds, against only reading the rows.

Run: python -m benchmarks.recounting [QUESTIONS]   (DATABASE_URL=postgres://… for PostgreSQL)
"""

import sys
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from benchmarks.throwaway import database


def main(count: int) -> None:
    """Print seconds for reading, for saying beforehand how many dates would move, and for counting anew."""
    from datetime import date

    from django.db import connection, transaction

    from portal.answers.actions.recounting import begin_recomputation, recompute_some
    from portal.answers.models import Question, Recomputation
    from portal.answers.plugs.handlers import refresh_listing
    from portal.answers.queries.recounting import would_move
    from portal.journal.models import EventRecord, JournalHead
    from portal.workdays.queries.calendars import calendar_as_if
    from portal.workdays.rules.notices import Kind, Layer, Notice, NoticeDay
    from tests.factories.answers import AT_MONDAY, at, dispatched, make_district
    from tests.factories.workdays import load

    with database():
        first = dispatched(make_district())
        with transaction.atomic():
            refresh_listing(str(first.pk))
        _fill(count, first)
        _give_each_its_event(first, EventRecord, JournalHead)
        # The questions were asked a second after one another from Monday; all are open on Tuesday.
        closed = Notice(Layer.LOCAL, 2026, "benchmark", (NoticeDay(date(2026, 3, 9), Kind.OFF, "typhoon"),))
        started = perf_counter()
        foreseen = would_move(calendar_as_if(closed), at(3, 3, 9).now())
        foreseeing = perf_counter() - started
        load(closed, AT_MONDAY)
        started = perf_counter()
        list(Question.objects.order_by("pk").iterator(chunk_size=1000))
        reading = perf_counter() - started
        begin_recomputation(2, clock=at(3, 3, 9))
        started = perf_counter()
        while recompute_some(at(3, 3, 9)):
            pass
        counting = perf_counter() - started
        work = Recomputation.objects.get()
        print(f"{connection.vendor}: {work.done} questions, {work.moved} dates moved")
        print(f"read only  {reading:6.1f} s")
        print(f"say before {foreseeing:6.1f} s  ({foreseen} questions)")
        print(f"count anew {counting:6.1f} s  ({counting / reading:.1f} x reading)")


BATCH = 5000
DATES = ("submitted_at", "accept_due", "reply_due", "nearest_due")


def _fill(count: int, first) -> None:
    """Copy the first question, its leg and its public row until there are `count`, asked a second apart."""
    from portal.answers.models import Leg, Listing, Question

    leg, listing = first.legs.get(ended_at=None), Listing.objects.get(pk=first.pk)
    for begin in range(1, count, BATCH):
        questions, legs, listings = [], [], []
        for number in range(begin, min(count, begin + BATCH)):
            moved = {name: getattr(first, name) + timedelta(seconds=number) for name in DATES}
            own = {"number": f"B{number:09d}", "tracking_hash": uuid4().hex, "form_token": uuid4()}
            question = _copy(first, id=uuid4(), **own, **moved)
            questions.append(question)
            legs.append(_copy(leg, id=uuid4(), question_id=question.pk))
            listings.append(
                _copy(listing, question_id=question.pk, number=question.number, sorted_at=question.submitted_at)
            )
        Question.objects.bulk_create(questions)
        Leg.objects.bulk_create(legs)
        Listing.objects.bulk_create(listings)


def _copy(row, **changes):
    return type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} | changes)


def _give_each_its_event(first, event_model, head_model) -> None:
    """Copy the first question's submission for every other one, so that each has a chain to go on with."""
    from portal.answers.models import Question

    template = event_model.objects.filter(aggregate=first.ref).order_by("seq").first()
    position = event_model.objects.order_by("-position").values_list("position", flat=True).first()
    batch = []
    for pk in Question.objects.exclude(pk=first.pk).values_list("pk", flat=True).iterator():
        position += 1
        fields = {f.attname: getattr(template, f.attname) for f in template._meta.concrete_fields}
        batch.append(event_model(**fields | {"position": position, "aggregate": f"portal.answers.question:{pk}"}))
        if len(batch) == 5000:
            event_model.objects.bulk_create(batch)
            batch = []
    event_model.objects.bulk_create(batch)
    head_model.objects.update(position=position)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
