"""The privacy gate: an editor lets a redacted copy out, or keeps the answer private."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.actions.turns import Stale
from portal.answers.events import (
    AnswerAmended,
    AnswerPublished,
    PublicationDeclined,
    PublicationWithdrawn,
    QuestionEvent,
)
from portal.answers.models import Amendment, Question, Redaction
from portal.answers.permissions import P
from portal.answers.reasons import NO_CONSENT
from portal.answers.states import PUBLICATION
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.refs import commit


def publish(
    question_id: UUID,
    *,
    title: str,
    question_text: str,
    answer_text: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Redaction:
    """Let this wording of question and answer out; a handler makes the page of it.

    The original stays in the desk's tables and reaches neither page nor revision nor index.
    Raises NotAllowed without the asker's consent.
    """
    with _gate(question_id, "publish", P.PUBLISH, by=by, clock=clock, seen=seen) as (question, now, events):
        if not question.consents:
            raise NotAllowed(NO_CONSENT)
        key = secrets.token_bytes(32)
        redaction = Redaction.objects.create(
            question=question,
            title=title,
            question_text=question_text,
            answer_text=answer_text,
            commit_key=key,
            decided_by_id=by.id,
            decided_at=now,
        )
        question.public_title = title
        events.append(
            AnswerPublished(question_commitment=commit(key, question_text), answer_commitment=commit(key, answer_text))
        )
    return redaction


def decline(question_id: UUID, *, reason: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Keep an answer private although the asker consented. reason: a code of `DECLINE_REASONS`."""
    with _gate(question_id, "decline_publication", P.DECLINE_PUBLICATION, by=by, clock=clock, seen=seen) as gate:
        question, _now, events = gate
        question.public_title = ""
        events.append(PublicationDeclined(reason=reason))
    return question


def amend(
    question_id: UUID,
    *,
    title: str,
    question_text: str,
    answer_text: str,
    reason: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Redaction:
    """Change the published wording; the page says when and why. The answer as the asker got it stays."""
    with _gate(question_id, "amend_publication", P.AMEND_PUBLICATION, by=by, clock=clock, seen=seen) as gate:
        question, now, events = gate
        redaction = _keep_wording(question, reason, by=by, now=now)
        redaction.title, redaction.question_text, redaction.answer_text = title, question_text, answer_text
        redaction.commit_key = secrets.token_bytes(32)
        redaction.decided_by_id = by.id
        redaction.decided_at = now
        redaction.save()
        question.public_title = title
        events.append(
            AnswerAmended(
                question_commitment=commit(redaction.commit_key, question_text),
                answer_commitment=commit(redaction.commit_key, answer_text),
            )
        )
    return redaction


def take_down(question_id: UUID, *, reason: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Take a published answer back: its page stays as a tombstone with date and reason.

    reason: a code of `WITHDRAWAL_REASONS`.
    """
    with _gate(question_id, "withdraw_publication", P.WITHDRAW_PUBLICATION, by=by, clock=clock, seen=seen) as gate:
        question, now, events = gate
        _keep_wording(question, reason, by=by, now=now, is_withdrawal=True)
        events.append(PublicationWithdrawn(reason=reason))
    return question


def _keep_wording(
    question: Question, reason: str, *, by: Actor, now: datetime, is_withdrawal: bool = False
) -> Redaction:
    redaction: Redaction = question.redaction
    Amendment.objects.create(
        question=question,
        is_withdrawal=is_withdrawal,
        reason=reason,
        title_before=redaction.title,
        question_before=redaction.question_text,
        answer_before=redaction.answer_text,
        amended_by_id=by.id,
        amended_at=now,
    )
    return redaction


@contextmanager
def _gate(
    question_id: UUID, step: str, permission: P, *, by: Actor, clock: Clock, seen: int | None
) -> Iterator[tuple[Question, datetime, list[QuestionEvent]]]:
    """One turn of the publication table; no clock of the question is touched."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        if seen is not None and seen != question.version:
            raise Stale(question, seen)
        demand(by, permission, question)
        target = PUBLICATION.next_state(question.publication, step)
        events: list[QuestionEvent] = []
        yield question, now, events
        question.publication = target
        question.version += 1
        question.save()
        tell(question, events, by=by, at=now)
