"""Whom the centre calls back is drawn: a seed is committed to, the pool closes, the lots fall, the seed is opened.

All of it is one tick, harmless to repeat. What may not be known when (docs/decisions/0012): the seed before
the pool is closed, so that nobody can fit the pool to it; who was drawn before the calls are over,
so that no office can speak to its askers first.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal.answers.actions.calling import failed
from portal.answers.actions.settling import locked
from portal.answers.actions.telling import post
from portal.answers.events import CallDrawCommitted, CallDrawOpened, CallsDrawn
from portal.answers.models import CallBack, CallDraw, CallStratum, Erasure
from portal.answers.queries.call_backs import Pool, Pooled, pool_of
from portal.answers.rules.call_backs import period_begin, period_end
from portal.answers.states import CallState
from portal.journal.publishing import publish
from portal.kernel import vault
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.draw import commitment, drawn, new_seed, pool_digest
from portal.kernel.workdays import local_date, working_days_due
from portal.workdays.queries import calendar

DRAWER = system("call_backs")
BATCH = 200


def keep_draws(clock: Clock) -> int:
    """Do what is due about the draws; return how many things were done."""
    return commit_seeds(clock) + draw_calls(clock) + end_calls(clock) + open_seeds(clock)


def commit_seeds(clock: Clock) -> int:
    """Commit to the seeds of the present period and of the next; return how many were new.

    A period that has passed without a commitment is not drawn by a seed chosen afterwards: the next
    period begins where the last one ended, and is so much longer.
    """
    if CallDraw.objects.filter(begins__gt=local_date(clock.now())).exists():
        return 0
    made = 0
    with transaction.atomic():
        now = clock.now()
        today = local_date(now)
        every = settings.ANSWERS_CALL_BACKS["every"]
        last = CallDraw.objects.select_for_update().order_by("-begins").first()
        while last is None or last.begins <= today:
            begins = last.ends if last else period_begin(today, every)
            seed = new_seed()
            last = CallDraw.objects.create(
                begins=begins,
                ends=period_end(max(begins, today), every),
                commitment=commitment(seed),
                seed_sealed=vault.installed().seal(seed),
                committed_at=now,
            )
            told = CallDrawCommitted(begins=last.begins, ends=last.ends, commitment=last.commitment)
            publish(told, about=last.ref, by=DRAWER, at=now)
            made += 1
    return made


def draw_calls(clock: Clock) -> int:
    """Draw for every period that is over; return how many calls are to be made."""
    over = CallDraw.objects.filter(drawn_at=None, ends__lte=local_date(clock.now())).values_list("pk", flat=True)
    return sum(_draw(pk, clock) for pk in over)


def end_calls(clock: Clock) -> int:
    """End the calls whose time is over, and those of askers who had everything erased; return how many."""
    over = Q(question__erasures__decision=Erasure.Decision.DONE) | Q(draw__due__lte=clock.now())
    found = list(CallBack.objects.filter(over, state=CallState.OPEN).values_list("pk", "question_id")[:BATCH])
    for call_id, question_id in found:
        _end(call_id, question_id, clock)
    return len(found)


def open_seeds(clock: Clock) -> int:
    """Publish the seeds of the draws whose calls are all over; return how many."""
    waiting = CallDraw.objects.filter(drawn_at__isnull=False, opened_at=None)
    found = list(waiting.exclude(calls__state=CallState.OPEN).values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            draw = CallDraw.objects.select_for_update().get(pk=pk)
            now = clock.now()
            if draw.opened_at is None:
                draw.opened_at = now
                draw.save(update_fields=["opened_at"])
                publish(CallDrawOpened(seed=draw.seed), about=draw.ref, by=DRAWER, at=now)
    return len(found)


def _draw(draw_id: UUID, clock: Clock) -> int:
    with transaction.atomic():
        draw = CallDraw.objects.select_for_update().get(pk=draw_id)
        now = clock.now()
        if draw.drawn_at is not None:
            return 0
        wanted = settings.ANSWERS_CALL_BACKS
        pool = pool_of(draw.begins, draw.ends)
        strata = _strata(draw, pool)
        draw.pool_digest = pool_digest({stratum.office.code: stratum.tickets for stratum in strata})
        draw.pool_size = len(pool.by_ticket)
        draw.per_office = wanted["per_office"]
        draw.drawn_at = now
        draw.due = working_days_due(now, calendar(), days=wanted["working_days"]).instant
        calls = [
            CallBack(draw=draw, question_id=pooled.question, office_id=pooled.office, month=pooled.month)
            for stratum in strata
            for pooled in _called(draw, stratum, pool)
        ]
        draw.save()
        CallBack.objects.bulk_create(calls)
        told = CallsDrawn(
            pool=draw.pool_size,
            pool_digest=draw.pool_digest,
            drawn=len(calls),
            per_office=wanted["per_office"],
            due=draw.due,
        )
        publish(told, about=draw.ref, by=DRAWER, at=now)
    return len(calls)


def _strata(draw: CallDraw, pool: Pool) -> list[CallStratum]:
    """Keep the pool as it was closed, office by office."""
    CallStratum.objects.bulk_create(
        [
            CallStratum(draw=draw, office_id=office, tickets=tickets, left_out=pool.left_out.get(office, {}))
            for office, tickets in pool.tickets().items()
        ]
    )
    return list(draw.strata.select_related("office"))


def _called(draw: CallDraw, stratum: CallStratum, pool: Pool) -> list[Pooled]:
    lots = drawn(stratum.tickets, draw.per_office or 0, seed=draw.seed, digest=draw.pool_digest)
    return [pool.by_ticket[one] for one in lots]


def _end(call_id: UUID, question_id: UUID, clock: Clock) -> None:
    with transaction.atomic():
        question = locked(question_id)
        call = CallBack.objects.select_for_update(of=("self",)).select_related("draw").get(pk=call_id)
        now = clock.now()
        erased = question.erasures.filter(decision=Erasure.Decision.DONE).exists()
        if call.state == CallState.OPEN and erased:
            post([failed(question, call, "drop", by=DRAWER, now=now)])
        elif call.state == CallState.OPEN:
            post([failed(question, call, "expire", by=DRAWER, now=now, at=call.draw.due)])
