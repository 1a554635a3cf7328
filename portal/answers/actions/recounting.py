"""Count the open clocks anew when the calendar has changed: in batches, resumable, an event per moved date."""

from datetime import datetime

from django.db import connection, transaction

from portal.answers.actions.merging import measure
from portal.answers.actions.settling import lock_all, locked, running_clocks, schedule
from portal.answers.events import DueRecomputed
from portal.answers.models import Leg, Question, Recomputation
from portal.answers.queries.recounting import COLUMNS, open_dates, open_questions
from portal.answers.rules.recounting import moves
from portal.journal.publishing import publish_batch
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import WorkCalendar
from portal.workdays.queries import calendar

BATCH = 1000
RECOUNTER = system("recomputing")


def begin_recomputation(edition: int, *, clock: Clock) -> None:
    """Note that the open clocks are to be counted by `edition`; an older count that still runs is overtaken."""
    now = clock.now()
    with transaction.atomic():
        Recomputation.objects.filter(finished_at=None, edition__lt=edition).update(finished_at=now)
        Recomputation.objects.get_or_create(
            edition=edition, defaults={"total": open_questions().count(), "began_at": now}
        )


def recompute_some(clock: Clock) -> int:
    """Count the next batch anew, in one transaction; return how many questions were looked at, 0 when all are."""
    with transaction.atomic():
        work = Recomputation.objects.select_for_update().filter(finished_at=None).order_by("edition").first()
        if work is None:
            return 0
        behind = open_questions().filter(pk__gt=work.reached).order_by("pk")
        ids = list(behind.values_list("pk", flat=True)[:BATCH])
        lock_all(ids)
        batch = list(open_questions().filter(pk__in=ids).select_related("office", "centre").order_by("pk"))
        now = clock.now()
        moved = _recount(batch, calendar(), now)
        work.done += len(ids)
        work.moved += moved
        if ids:
            work.reached = ids[-1]
        else:
            _measure_leads()
            work.finished_at = now
        work.save()
        return len(ids)


def _measure_leads() -> None:
    """Note on the questions that others follow by when these are due now; at the end, when all are counted."""
    leads = Question.objects.filter(members_due__isnull=False).order_by("pk").values_list("pk", flat=True)
    for lead_id in leads:
        measure(locked(lead_id))


def _recount(batch: list[Question], days: WorkCalendar, now: datetime) -> int:
    """Move the dates of a locked batch; return how many moved."""
    legs = {leg.question_id: leg for leg in Leg.objects.filter(question__in=batch, ended_at=None)}
    dates = open_dates(batch)
    told = []
    changed = []
    for question in batch:
        events = []
        for move in moves(dates[question.pk], days, now):
            due, provisional = COLUMNS[move.kind]
            setattr(question, due, move.due.instant)
            setattr(question, provisional, move.due.provisional)
            events.append(
                DueRecomputed(
                    clock=move.kind,
                    old_due=move.old,
                    due=move.due.instant,
                    provisional=move.due.provisional,
                    calendar=days.version,
                    desks=tuple(dict.fromkeys([question.office.path, question.centre.path])),
                )
            )
        if not events:
            continue
        question.calendar = days.version
        question.version += 1
        _reschedule(question, legs[question.pk], now)
        changed.append(question)
        told.append((question.ref, events))
    _save(changed)
    publish_batch(told, by=RECOUNTER, at=now)
    return sum(len(events) for _about, events in told)


def _save(changed: list[Question]) -> None:
    """Write what moved: one prepared statement for all rows, where a bulk update's CASE takes far longer."""
    names = [name for pair in COLUMNS.values() for name in pair] + ["calendar", "version", "nearest_due", "settle_at"]
    columns = {field.name: field for field in Question._meta.concrete_fields}
    key, *fields = [columns[name] for name in ("id", *names)]
    assignments = ", ".join(f"{field.column} = %s" for field in fields)
    rows = [
        [field.get_db_prep_save(getattr(question, field.attname), connection) for field in (*fields, key)]
        for question in changed
    ]
    update = f"UPDATE {Question._meta.db_table} SET {assignments} WHERE {key.column} = %s"  # noqa: S608  # our names
    with connection.cursor() as cursor:
        cursor.executemany(update, rows)


def _reschedule(question: Question, leg: Leg, now: datetime) -> None:
    schedule(question, leg, now)
    # A date that was an expectation and has passed is a breach now: the next tick writes it.
    passed = [one.due for one in running_clocks(question, leg) if one.due <= now and not one.provisional]
    if passed:
        question.settle_at = min(passed)
