"""Publish what happened to a question, addressed to the desks that must see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from portal.answers.events import QuestionEvent
from portal.answers.models import Question
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.events import Event


@dataclass(frozen=True)
class Letter:
    """Events about one question or call, addressed and not yet published."""

    about: str
    events: tuple[Event, ...]
    by: Actor
    at: datetime


def letter(question: Question, events: Iterable[QuestionEvent], *, by: Actor, at: datetime, left: str = "") -> Letter:
    """Address events to the desks that the question lies on now.

    left: path of the office that has just given the question away, if any.
    """
    desks = tuple(dict.fromkeys(path for path in (question.office.path, question.centre.path, left) if path))
    return Letter(question.ref, tuple(replace(event, desks=desks) for event in events), by, at)


def post(letters: Iterable[Letter]) -> None:
    """Publish letters in their order; call it last, it holds the journal's lock until commit."""
    for one in letters:
        publish(*one.events, about=one.about, by=one.by, at=one.at)


def tell(question: Question, events: Iterable[QuestionEvent], *, by: Actor, at: datetime) -> None:
    """Publish `events` about a question; call it last, it holds the journal's lock until commit."""
    post([letter(question, events, by=by, at=at)])
