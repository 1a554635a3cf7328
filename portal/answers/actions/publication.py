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
from portal.answers.events import AnswerPublished, PublicationDeclined, QuestionEvent
from portal.answers.models import Question, Redaction
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
