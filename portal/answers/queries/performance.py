"""The public figures, added up from stored verdicts: a fixed number of statements for any number of offices."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import Office
from portal.answers.models import (
    Answer,
    CallBack,
    Decision,
    ExclusionReview,
    Question,
    Rating,
    Refusal,
    Reopening,
    ReturnRequest,
    Verdict,
)
from portal.answers.rules.performance import SATISFIED_FROM, Tally, ranks, total
from portal.answers.rules.verdicts import ClockKind, Outcome
from portal.answers.states import EXCLUDED, CallState, State
from portal.kernel.workdays import start_of

COUNTED = (Outcome.IN_TIME, Outcome.LATE)
# How a call-back that is over counts: the number in `Tally` beside `called`.
CALL_FIELDS = {
    CallState.REACHED: "reached",
    CallState.NOT_REACHED: "not_reached",
    CallState.REFUSED: "declined",
    CallState.NOT_CALLED: "not_called",
}


@dataclass(frozen=True)
class Line:
    """One office's figures. rank: its place among offices of its level, None with too few to compare."""

    office: Office
    tally: Tally
    rank: int | None


@dataclass(frozen=True)
class Excluded:
    """Questions that count for no promise. kind: "not_admitted", "handed_over", "withdrawn" or "lapsed".

    upheld, objected: as somebody outside the office has decided; the rest waits for that.
    """

    kind: str
    reason: str
    count: int
    upheld: int
    objected: int

    @property
    def waiting(self) -> int:
        """How many nobody has looked at again yet."""
        return self.count - self.upheld - self.objected


@dataclass(frozen=True)
class Performance:
    """The page's numbers: by office, by level, together, month by month, and what was left out.

    channels: how many questions came in how in the period, by `Question.Channel`.
    """

    months: tuple[date, ...]
    lines: list[Line]
    together: Tally
    by_level: dict[str, Tally]
    by_month: dict[date, Tally]
    excluded: list[Excluded]
    channels: dict[str, int]


def months_to(last: date, count: int) -> tuple[date, ...]:
    """Return `count` months (their first days) that end with `last`, oldest first."""
    found = [last.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


def performance(last: date, *, span: int, level: str = "", office: str = "") -> Performance:
    """Return the figures of the `span` months that end with `last`, and of the twelve as a row.

    level: code of an office level, office: code of an office; "" for all.
    """
    year = months_to(last, 12)
    wanted = set(year[-span:])
    offices = {one.pk: one for one in _offices(level, office)}
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    by_month: dict[date, Tally] = {month: Tally() for month in year}
    for (month, office_id), tally in _counted(year).items():
        if office_id not in offices:
            continue
        by_month[month].add(tally)
        if month in wanted:
            tallies[office_id].add(tally)
    answers = Answer.objects.filter(office__in=list(offices))
    for month, days, n in _days(answers.filter(month__in=year), "month"):
        by_month[month].days[days] = n
    for office_id, days, n in _days(answers.filter(month__in=wanted), "office"):
        tallies[office_id].days[days] = n
    places: dict[str, int] = {}
    for one_level in Office.Level.values:
        places |= ranks({str(pk): tally for pk, tally in tallies.items() if offices[pk].level == one_level})
    chosen = list(offices) if level or office else None
    lines = [Line(one, tallies[pk], places.get(str(pk))) for pk, one in offices.items() if pk in tallies]
    return Performance(
        months=year[-span:],
        lines=lines,
        together=total(line.tally for line in lines),
        by_level={
            one_level: total(line.tally for line in lines if line.office.level == one_level)
            for one_level in Office.Level.values
            if any(line.office.level == one_level for line in lines)
        },
        by_month=by_month,
        excluded=_excluded(year[-span:], chosen),
        channels=_channels(year[-span:], chosen),
    )


def by_office(months: Sequence[date]) -> dict[UUID, Tally]:
    """Return the figures of every office in these months, but for the time that answers took. Nine statements."""
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    for (_month, office), tally in _counted(months).items():
        tallies[office].add(tally)
    return tallies


def _offices(level: str, office: str) -> QuerySet[Office]:
    found = Office.objects.filter(Q(takes_questions=True) | Q(is_centre=True)).order_by("path")
    if level:
        found = found.filter(level=level)
    if office:
        found = found.filter(code=office)
    return found


def _counted(months: Sequence[date]) -> dict[tuple[date, UUID], Tally]:
    """Return every number of every month and office, but for the time that answers took. Nine statements."""
    counted: dict[tuple[date, UUID], Tally] = defaultdict(Tally)
    verdicts = Verdict.objects.filter(month__in=months, leg=None, outcome__in=COUNTED)
    for month, office, clock, outcome, headline, n in verdicts.values_list(
        "month", "office", "clock", "outcome", "is_headline"
    ).annotate(n=Count("pk")):
        kept = n if outcome == Outcome.IN_TIME else 0
        tally = counted[month, office]
        if clock == ClockKind.ACCEPT:
            tally.accepts += n
            tally.accepts_in_time += kept
        if clock == ClockKind.REPLY:
            tally.replies += n
            tally.replies_in_time += kept
        if headline:
            tally.plains += n
            tally.plains_in_time += kept
    # The first date of a question that ended because its asker fell silent is nobody's fault.
    # Those few are looked up first, in the partial index; a join would ask every question.
    silent = Question.objects.filter(state__in=sorted(EXCLUDED)).filter(state=State.LAPSED)
    lapsed = Verdict.objects.filter(question__in=silent, month__in=months, is_headline=True, leg=None)
    for month, office, n in lapsed.filter(outcome=Outcome.LATE).values_list("month", "office").annotate(n=Count("pk")):
        counted[month, office].plains -= n
    answers = Answer.objects.filter(month__in=months)
    for month, office, n in answers.values_list("month", "office").annotate(n=Count("pk")):
        counted[month, office].answers = n
    ratings = Rating.objects.filter(question__answer__month__in=months, of_reopening=False, source=Rating.Source.ASKER)
    for month, office, rated, resolved, satisfied in ratings.values_list(
        "question__answer__month", "question__answer__office"
    ).annotate(
        rated=Count("pk"),
        resolved=Count("pk", filter=Q(resolved=Rating.Resolved.YES)),
        satisfied=Count("pk", filter=Q(satisfaction__gte=SATISFIED_FROM)),
    ):
        tally = counted[month, office]
        tally.rated, tally.resolved, tally.satisfied = rated, resolved, satisfied
    # A call that still waits counts for nothing, nor one whose asker had everything erased meanwhile.
    calls = CallBack.objects.filter(month__in=months, state__in=CALL_FIELDS)
    for month, office, state, n, resolved, satisfied in calls.values_list("month", "office", "state").annotate(
        n=Count("pk"),
        resolved=Count("pk", filter=Q(rating__resolved=Rating.Resolved.YES)),
        satisfied=Count("pk", filter=Q(rating__satisfaction__gte=SATISFIED_FROM)),
    ):
        tally = counted[month, office]
        tally.called += n
        tally.resolved_by_call += resolved
        tally.satisfied_by_call += satisfied
        setattr(tally, CALL_FIELDS[state], n)
    reopened = Reopening.objects.filter(question__answer__month__in=months, decision=Decision.GRANTED)
    for month, office, n in reopened.values_list("question__answer__month", "question__answer__office").annotate(
        n=Count("pk")
    ):
        counted[month, office].reopened = n
    returns = ReturnRequest.objects.filter(decision=ReturnRequest.Decision.TRANSFERRED, month__in=months)
    for month, office, n in returns.values_list("month", "leg__office").annotate(n=Count("pk")):
        counted[month, office].returns_upheld = n
    # A column a month: SQLite would ask Python for the month of every single row.
    columns = {f"in_{month:%Y_%m}": Count("pk", filter=_within("ended_at", month, month)) for month in months}
    ended = _ended(months).order_by().values_list("office").annotate(**columns)
    for office, *numbers in ended:
        for month, n in zip(months, numbers, strict=True):
            if n:
                counted[month, office].excluded = n
    # What should not have been left out counts as missed, unless the plain date is on record as missed already.
    objected = ExclusionReview.objects.filter(month__in=months, decision=ExclusionReview.Decision.OBJECTED)
    for month, office, adds, n in objected.values_list("month", "office", "adds_missed").annotate(n=Count("pk")):
        tally = counted[month, office]
        tally.objected += n
        tally.plains += n if adds else 0
    return counted


def _days(answers: QuerySet[Answer], key: str) -> QuerySet[Answer, tuple[Any, int, int]]:
    """Return how many answers took how many working days, apart by `key`: rows of key, days, count."""
    return answers.order_by().values_list(key, "working_days").annotate(n=Count("pk"))


def _ended(months: Sequence[date]) -> QuerySet[Question]:
    """Return the questions that ended without an answer in these months. Sorted as in the partial index."""
    return Question.objects.filter(_within("ended_at", months[0], months[-1]), state__in=sorted(EXCLUDED))


def _within(name: str, first: date, last: date) -> Q:
    """Say that an instant lies in these months, both included; each given by its first day."""
    end = (last + timedelta(days=31)).replace(day=1)
    return Q(**{f"{name}__gte": start_of(first), f"{name}__lt": start_of(end)})


def _excluded(months: Sequence[date], offices: list[UUID] | None) -> list[Excluded]:
    """Return what counts for no promise, by reason. Three statements."""
    ended = _ended(months)
    if offices is not None:
        ended = ended.filter(office__in=offices)
    found = []
    for kind, reasons in (
        (State.NOT_ADMITTED, "refusals__reason"),
        (State.HANDED_OVER, "hand_over__service"),
        (None, "state"),
    ):
        some = ended.filter(state=kind) if kind else ended.filter(state__in=[State.WITHDRAWN, State.LAPSED])
        if kind == State.NOT_ADMITTED:
            some = some.filter(refusals__decision=Refusal.Decision.RELEASED)
        counted = (
            some.order_by()
            .values_list(reasons)
            .annotate(
                n=Count("pk"),
                upheld=Count("pk", filter=Q(exclusion_review__decision=ExclusionReview.Decision.UPHELD)),
                objected=Count("pk", filter=Q(exclusion_review__decision=ExclusionReview.Decision.OBJECTED)),
            )
        )
        for reason, n, upheld, objected in sorted(counted, key=lambda row: (-row[1], row[0])):
            found.append(Excluded(kind or reason, reason if kind else "", n, upheld, objected))
    return found


def _channels(months: Sequence[date], offices: list[UUID] | None) -> dict[str, int]:
    """Return how many questions were asked in these months, by channel. One statement."""
    asked = Question.objects.filter(_within("submitted_at", months[0], months[-1]))
    if offices is not None:
        asked = asked.filter(office__in=offices)
    counted = dict(asked.order_by().values_list("channel").annotate(n=Count("pk")))
    return {channel: counted.get(channel, 0) for channel in Question.Channel.values}
