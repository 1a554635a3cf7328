"""From the first page of the form to a question with two running clocks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from portal.accounts.models import Office
from portal.answers.actions.opening import Receipt, announce, open_question
from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import TrackingCodeReplaced
from portal.answers.models import AskDraft, ContactCheck, Question, Topic
from portal.answers.rules.codes import new_contact_code, same_code
from portal.answers.rules.contacts import Contact
from portal.files.actions import attach
from portal.files.rules.drafts import draft_key
from portal.journal.realtime import real_now
from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.refs import hash_code, new_code


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
        columns = {
            "topic": Topic.objects.get(pk=typed["topic"]),
            "title": typed["title"],
            "text": typed["text"],
            "place": typed.get("place", ""),
            "language": language,
            "asker_id": by.id if by.is_person else None,
            "nickname": typed.get("nickname", ""),
            "consents": bool(typed.get("consents")),
            "confidential": bool(typed.get("confidential")),
            "unproven": unproven,
            "wished_office": Office.objects.get(pk=typed["office"]) if typed.get("office") else None,
        }
        opened = open_question(draft.pk, columns, contact, Receipt(now), now=now)
        attach(draft_key=draft_key(str(draft.pk)), ref=opened.question.ref)
        draft.question = opened.question
        draft.answers_sealed = ""
        draft.code_sealed = vault.installed().seal(opened.code)
        draft.save()
        announce(opened, by=by, now=now)
    return opened.question, opened.code


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
