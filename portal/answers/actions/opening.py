"""How a question comes into being, whoever typed it: one row, its first leg, two running clocks."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.models import Office
from portal.accounts.queries import centre_for, main_centre
from portal.answers.actions.settling import SETTLER, schedule, settle
from portal.answers.actions.telling import letter, post
from portal.answers.events import QuestionEvent, QuestionForwarded, QuestionSubmitted, ReceiptCheckNeeded
from portal.answers.models import CONFIDENTIAL_TITLE, Confided, Confidence, Leg, Question
from portal.answers.rules.contacts import Contact
from portal.answers.rules.receipts import needs_check
from portal.answers.states import State
from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.refs import ALPHABET, commit, hash_code, new_code
from portal.kernel.workdays import local_date
from portal.workdays.queries import calendar
from portal.workdays.rules.promises import promise


@dataclass(frozen=True)
class Receipt:
    """When and where a question reached us. office: None for the centre itself, on-line."""

    at: datetime
    channel: str = Question.Channel.ONLINE
    office: Office | None = None


@dataclass(frozen=True)
class Opened:
    """A question that is saved and not yet announced, what was said, and the tracking code that is not kept."""

    question: Question
    legs: list[Leg]
    receipt: Receipt
    said: Confided
    code: str


def open_question(
    token: UUID, typed: dict[str, Any], contact: Contact | None, receipt: Receipt, *, now: datetime, relation: str = ""
) -> Opened:
    """Save a question as it was received; `announce` must follow in the same transaction.

    token: of the form. typed: the columns that hold what was typed, `wished_office` among them. now: when it was typed.
    relation: of whoever spoke for somebody else; it is kept here only of a confidential question.
    """
    said = Confided(typed["title"], typed["text"], typed["place"], typed["nickname"], relation)
    if typed["confidential"]:
        typed = typed | {"title": CONFIDENTIAL_TITLE, "text": "", "place": "", "nickname": "", "consents": False}
    wished: Office | None = typed["wished_office"]
    centre = _centre(wished, receipt.office)
    first = receipt.office or centre
    days = calendar()
    due = promise(receipt.at, days)
    code = new_code()
    question = Question(
        **typed,
        form_token=token,
        number=_free_number(receipt.at),
        tracking_hash=hash_code(code),
        state=State.SUBMITTED,
        channel=receipt.channel,
        commit_key=secrets.token_bytes(32),
        contact_kind=contact.kind if contact else Question.ContactKind.NONE,
        contact_sealed=vault.installed().seal(contact.value) if contact else "",
        contact_index=vault.installed().blind_index(contact.value) if contact else "",
        centre=centre,
        office=centre,
        submitted_at=receipt.at,
        accept_due=due.accept_due,
        reply_due=due.reply_due,
        reply_provisional=due.provisional,
        calendar=days.version,
    )
    legs = [Leg(question=question, number=1, office=first, started_at=receipt.at)]
    if first != centre:
        legs[0].ended_at = now
        legs.append(Leg(question=question, number=2, office=centre, started_at=now))
    schedule(question, legs[-1], now)
    question.save(force_insert=True)
    Leg.objects.bulk_create(legs)
    if question.confidential:
        confidence = Confidence(question=question)
        confidence.words = said
        confidence.save()
    return Opened(question, legs, receipt, said, code)


def announce(opened: Opened, *, by: Actor, now: datetime) -> None:
    """Publish a new question; a limit that has passed already is missed, by whoever held the question then.

    Call it last: from here to the commit the journal is locked.
    """
    question = opened.question
    missed = settle(question, opened.legs[-1], now)
    events = letter(question, _events(opened, now), by=by, at=now)
    post([events, letter(question, missed, by=SETTLER, at=now)])


def _centre(wished: Office | None, told_at: Office | None) -> Office:
    near = wished or told_at
    return centre_for(near) if near else main_centre()


def _events(opened: Opened, now: datetime) -> list[QuestionEvent]:
    events: list[QuestionEvent] = [_submitted(opened, now)]
    for leg in opened.legs[1:]:
        events.append(QuestionForwarded(leg=str(leg.pk), office=str(leg.office_id)))
    if needs_check(opened.receipt.at, now):
        events.append(ReceiptCheckNeeded())
    return events


def _submitted(opened: Opened, now: datetime) -> QuestionSubmitted:
    question, receipt, leg = opened.question, opened.receipt, opened.legs[0]
    key = bytes(question.commit_key)
    by_staff = question.by_staff
    return QuestionSubmitted(
        occurred_at=receipt.at,
        number=question.number,
        leg=str(leg.pk),
        office=str(leg.office_id),
        accept_due=question.accept_due,
        reply_due=question.reply_due,
        reply_provisional=question.reply_provisional,
        calendar=question.calendar,
        title_commitment=commit(key, opened.said.title),
        text_commitment=commit(key, opened.said.text),
        consents=question.consents,
        channel=receipt.channel,
        received_at=receipt.at if by_staff else None,
        recorded_at=now if by_staff else None,
    )


def _free_number(asked_at: datetime) -> str:
    """Draw a number that tells the day, but not how many were asked before."""
    while True:
        number = f"Q{local_date(asked_at):%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(6))}"
        if not Question.objects.filter(number=number).exists():
            return number
