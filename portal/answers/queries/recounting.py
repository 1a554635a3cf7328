"""The open questions with what their dates hang on, for whoever counts them anew or wants to know beforehand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.answers.models import Clarification, Question, Recomputation, Reopening
from portal.answers.rules.deadlines import Pause
from portal.answers.rules.recounting import OpenDates, moves
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import OPEN
from portal.kernel.workdays import Due, WorkCalendar

# Which of a question's columns hold the date of which clock.
COLUMNS = {
    ClockKind.REPLY: ("reply_due", "reply_provisional"),
    ClockKind.PLAIN: ("plain_due", "plain_provisional"),
    ClockKind.REOPEN: ("reopen_due", "reopen_provisional"),
}
FIELDS = (
    "pk",
    "submitted_at",
    "extended_by",
    "paused_at",
    "answered_at",
    *(name for pair in COLUMNS.values() for name in pair),
)
CHUNK = 5000  # rows at a time


def open_questions() -> QuerySet[Question]:
    """Return the questions that have a clock running, or one that waits."""
    return Question.objects.filter(Q(answered_at=None) | Q(reopen_due__isnull=False), state__in=sorted(OPEN))


def open_dates(questions: Sequence[Any]) -> dict[UUID, OpenDates]:
    """Return what the dates of these questions hang on, by id. questions: rows or instances with FIELDS. Two queries."""
    pauses = _pauses([one.pk for one in questions])
    granted = _granted([one.pk for one in questions if one.reopen_due])
    return {one.pk: _dates(one, pauses.get(one.pk), granted.get(one.pk)) for one in questions}


def would_move(calendar: WorkCalendar, now: datetime) -> int:
    """Return for how many open questions a date that people wait for becomes another day by this calendar."""
    rows = open_questions().values_list(*FIELDS, named=True).iterator(chunk_size=CHUNK)
    # Only a handful waited or was reopened: looked up once, not for each piece.
    pauses, granted = _pauses(None), _granted(None)
    return sum(
        any(move.is_felt for move in moves(_dates(row, pauses.get(row.pk), granted.get(row.pk)), calendar, now))
        for row in rows
    )


def progress(edition: int) -> Recomputation | None:
    """Return how far the count that an edition caused has got; None while the worker has not begun."""
    return Recomputation.objects.filter(edition=edition).first()


def _pauses(ids: Sequence[UUID] | None) -> dict[UUID, Pause]:
    waited = Clarification.objects.filter(answered_at__isnull=False)
    waited = waited.filter(question__in=open_questions()) if ids is None else waited.filter(question__in=ids)
    rows = waited.values_list("question_id", "asked_at", "answered_at")
    return {pk: Pause(began, ended) for pk, began, ended in rows if ended}


def _granted(ids: Sequence[UUID] | None) -> dict[UUID, datetime | None]:
    reopened = Reopening.objects.filter(question__reopen_due__isnull=False)
    if ids is not None:
        reopened = reopened.filter(question__in=ids)
    return dict(reopened.values_list("question_id", "decided_at"))


def _dates(one: Any, pause: Pause | None, reopened_at: datetime | None) -> OpenDates:
    promised = {
        kind: Due(getattr(one, due), getattr(one, provisional))
        for kind, (due, provisional) in COLUMNS.items()
        if getattr(one, due)
    }
    return OpenDates(
        submitted_at=one.submitted_at,
        promised=promised,
        extended_by=one.extended_by,
        pause=pause,
        is_waiting=one.paused_at is not None,
        is_answered=one.answered_at is not None,
        reopened_at=reopened_at,
    )
