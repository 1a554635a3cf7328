"""From the first page of the form to a question with two running clocks."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from portal.accounts.models import Office
from portal.accounts.queries import centre_for, main_centre
from portal.answers.actions.settling import locked, schedule
from portal.answers.actions.telling import tell
from portal.answers.events import QuestionSubmitted, TrackingCodeReplaced
from portal.answers.models import AskDraft, ContactCheck, Leg, Question, Topic
from portal.answers.rules.contacts import Contact, new_contact_code, same_code
from portal.answers.states import State
from portal.files.actions import attach
from portal.files.rules.drafts import draft_key
from portal.journal.realtime import real_now
from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.refs import ALPHABET, commit, hash_code, new_code
from portal.kernel.workdays import local_date
from portal.workdays.queries import calendar
from portal.workdays.rules.promises import promise


class CodeRefused(Exception):
    """Raised when a one-time code is wrong, too old or used up."""


class ContactUnproven(Exception):
    """Raised when a question without account lacks the verified contact that the operator asks for."""


def start_draft(*, by: Actor) -> AskDraft:
    """Open a journey; its id goes into the address of its pages and into the session."""
    return AskDraft.objects.create(owner_id=by.id if by.is_person else None, created_at=real_now())


def keep_answers(draft_id: UUID, typed: Mapping[str, Any]) -> AskDraft:
    """Keep what was typed on one page, right or wrong, beside what was typed before."""
    with transaction.atomic():
        draft = AskDraft.objects.select_for_update().get(pk=draft_id)
        if draft.question_id is None:
            draft.answers = draft.answers | dict(typed)
            draft.save(update_fields=["answers_sealed"])
    return draft


def begin_check(contact: Contact, *, draft: AskDraft | None = None, question: Question | None = None) -> str:
    """Make a one-time code for a contact and return it; the caller sends it.

    An earlier code for the same thing dies. Limits on how often are the caller's.
    """
    code, expires_at = new_contact_code(real_now())
    with transaction.atomic():
        ContactCheck.objects.filter(draft=draft, question=question, verified_at=None).delete()
        ContactCheck.objects.create(
            draft=draft,
            question=question,
            contact_index=vault.installed().blind_index(contact.value),
            code_hash=vault.installed().blind_index(code),
            expires_at=expires_at,
        )
    return code


def finish_check(typed: str, *, draft: AskDraft | None = None, question: Question | None = None) -> ContactCheck:
    """Accept the code that came back. Every try counts, a wrong one too. Raises CodeRefused."""
    waiting = ContactCheck.objects.filter(draft=draft, question=question, verified_at=None)
    counted = waiting.filter(tries_left__gt=0, expires_at__gt=real_now()).update(tries_left=F("tries_left") - 1)
    check = waiting.order_by("-expires_at").first()
    if not counted or check is None or not same_code(vault.installed().blind_index(typed.strip()), check.code_hash):
        raise CodeRefused
    check.verified_at = real_now()
    check.save(update_fields=["verified_at"])
    return check


def contact_is_proven(draft: AskDraft, contact: Contact) -> bool:
    """Tell whether this very contact was verified for this draft."""
    index = vault.installed().blind_index(contact.value)
    return draft.checks.filter(contact_index=index, verified_at__isnull=False).exists()


def submit(
    draft_id: UUID, *, by: Actor, clock: Clock, language: str, contact_needed: bool, unproven: bool = False
) -> tuple[Question, str]:
    """Make one question of a draft, however often it is sent; return it with its tracking code.

    contact_needed: the operator's setting for questions without account.
    unproven: the proof of work is missing; screening sees the mark, the clocks start alike.
    Raises ContactUnproven, or KeyError when a page of the journey was left out.
    Needs the database and nothing else.
    """
    with transaction.atomic():
        draft = AskDraft.objects.select_for_update().get(pk=draft_id)
        if draft.question is not None:
            return draft.question, vault.installed().open(draft.code_sealed)
        now = clock.now()
        typed = draft.answers
        contact = None if by.is_person else Contact.read(typed)
        if contact_needed and not by.is_person and not (contact and contact_is_proven(draft, contact)):
            raise ContactUnproven
        wished = Office.objects.get(pk=typed["office"]) if typed.get("office") else None
        centre = centre_for(wished) if wished else main_centre()
        days = calendar()
        due = promise(now, days)
        code = new_code()
        question = Question(
            form_token=draft.pk,
            number=_free_number(now),
            tracking_hash=hash_code(code),
            state=State.SUBMITTED,
            topic=Topic.objects.get(pk=typed["topic"]),
            title=typed["title"],
            text=typed["text"],
            place=typed.get("place", ""),
            commit_key=secrets.token_bytes(32),
            language=language,
            asker_id=by.id if by.is_person else None,
            nickname=typed.get("nickname", ""),
            contact_kind=contact.kind if contact else Question.ContactKind.NONE,
            contact_sealed=vault.installed().seal(contact.value) if contact else "",
            contact_index=vault.installed().blind_index(contact.value) if contact else "",
            consents=bool(typed.get("consents")),
            unproven=unproven,
            centre=centre,
            office=centre,
            wished_office=wished,
            submitted_at=now,
            accept_due=due.accept_due,
            reply_due=due.reply_due,
            reply_provisional=due.provisional,
            calendar=days.version,
        )
        leg = Leg(question=question, number=1, office=centre, started_at=now)
        schedule(question, leg, now)
        question.save(force_insert=True)
        leg.save(force_insert=True)
        attach(draft_key=draft_key(str(draft.pk)), ref=question.ref)
        draft.question = question
        draft.answers_sealed = ""
        draft.code_sealed = vault.installed().seal(code)
        draft.save()
        tell(question, [_submitted(question, leg)], by=by, at=now)
    return question, code


def replace_code(question_id: UUID, typed: str, *, by: Actor, clock: Clock) -> str:
    """Give a new tracking code for a lost one, after the contact has proven itself; the old one dies.

    Raises CodeRefused.
    """
    question = Question.objects.get(pk=question_id)
    finish_check(typed, question=question)
    code = new_code()
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        question.tracking_hash = hash_code(code)
        question.save(update_fields=["tracking_hash"])
        tell(question, [TrackingCodeReplaced()], by=by, at=now)
    return code


def _free_number(now: datetime) -> str:
    """Draw a number that tells the day, but not how many were asked before."""
    while True:
        number = f"Q{local_date(now):%y%m%d}-{''.join(secrets.choice(ALPHABET) for _ in range(6))}"
        if not Question.objects.filter(number=number).exists():
            return number


def _submitted(question: Question, leg: Leg) -> QuestionSubmitted:
    key = bytes(question.commit_key)
    return QuestionSubmitted(
        number=question.number,
        leg=str(leg.pk),
        office=str(leg.office_id),
        accept_due=question.accept_due,
        reply_due=question.reply_due,
        reply_provisional=question.reply_provisional,
        calendar=question.calendar,
        title_commitment=commit(key, question.title),
        text_commitment=commit(key, question.text),
        consents=question.consents,
    )
