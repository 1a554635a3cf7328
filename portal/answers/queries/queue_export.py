"""The queue as a table to take along: what the actor sees there, and no column more than they may."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.answers.labels import STAFF_STATE
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.queue import QueueFilter, queue
from portal.kernel.actors import Actor
from portal.kernel.clock import SHANGHAI
from portal.kernel.permissions import can

CHUNK = 500  # rows in memory at a time

Cell = Callable[[Question], str]


def _at(instant: datetime | None) -> str:
    """Write an instant as people read it, in Shanghai."""
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if instant else ""


COLUMNS: dict[str, tuple[Any, Cell]] = {
    "number": (_("编号"), lambda question: question.number),
    "public_title": (_("公开标题"), lambda question: question.public_title),
    "topic": (_("主题"), lambda question: question.topic.local_name),
    "office": (_("单位"), lambda question: question.office.local_name),
    "state": (_("状态"), lambda question: str(STAFF_STATE[question.state])),
    "submitted_at": (_("提交时间"), lambda question: _at(question.submitted_at)),
    "accept_due": (_("受理期限"), lambda question: _at(question.accept_due)),
    "accepted_at": (_("受理时间"), lambda question: _at(question.accepted_at)),
    "reply_due": (_("答复期限"), lambda question: _at(question.reply_due)),
    "answered_at": (_("答复时间"), lambda question: _at(question.answered_at)),
}
# Cells stay empty in rows of which the actor may not see the contact.
PERSONAL_COLUMNS: dict[str, tuple[Any, Cell]] = {
    "title": (_("标题"), lambda question: question.title),
    "place": (_("地点"), lambda question: question.place),
    "nickname": (_("称呼"), lambda question: question.nickname),
    "contact": (_("联系方式"), lambda question: question.contact),
}


def exported(actor: Actor, chosen: QueueFilter, now: datetime) -> QuerySet[Question]:
    """Return the queue without what was said in confidence: not even that it was asked leaves the house."""
    return queue(actor, chosen, now).filter(confidential=False)


def columns(*, personal: bool) -> list[str]:
    """Return the names of the columns, in order."""
    return [*COLUMNS, *(PERSONAL_COLUMNS if personal else ())]


def rows(found: QuerySet[Question], actor: Actor, *, personal: bool, language: str) -> Iterator[list[str]]:
    """Yield the heading, then a row per question; reads on while it is sent. language: of the words in it."""
    shown = [*COLUMNS.values(), *(PERSONAL_COLUMNS.values() if personal else ())]
    with translation.override(language):
        heading = [str(name) for name, _cell in shown]
    yield heading
    for question in found.prefetch_related("office", "topic", "centre").iterator(chunk_size=CHUNK):
        # Set for each row: between two of them the thread may do something else.
        with translation.override(language):
            row = _row(question, actor, personal=personal)
        yield row


def _row(question: Question, actor: Actor, *, personal: bool) -> list[str]:
    told = [cell(question) for _name, cell in COLUMNS.values()]
    if personal:
        allowed = can(actor, P.VIEW_CONTACT, question)
        told += [cell(question) if allowed else "" for _name, cell in PERSONAL_COLUMNS.values()]
    return told
