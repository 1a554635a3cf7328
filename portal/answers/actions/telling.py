"""Publish what happened to a question, addressed to the desks that must see it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from portal.answers.events import QuestionEvent
from portal.answers.models import Question
from portal.journal.publishing import publish
from portal.kernel.actors import Actor


def tell(question: Question, events: Iterable[QuestionEvent], *, by: Actor, at: datetime, left: str = "") -> None:
    """Publish `events` about a question; call it last, it holds the journal's lock until commit.

    left: path of the office that has just given the question away, if any.
    """
    desks = tuple(dict.fromkeys(path for path in (question.office.path, question.centre.path, left) if path))
    publish(*(replace(event, desks=desks) for event in events), about=question.ref, by=by, at=at)
