"""Staff enter a question for somebody on the telephone, at the counter or at the door."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.accounts.models import Office
from portal.answers.actions.opening import Receipt, announce, open_question
from portal.answers.models import AskDraft, Intake, Question, Topic
from portal.answers.permissions import P
from portal.answers.reasons import ALREADY_MISSED, RECEIPT_AHEAD, RECEIPT_TOO_OLD
from portal.answers.rules.contacts import Contact
from portal.answers.rules.receipts import is_too_old, needs_check
from portal.journal.realtime import real_now
from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand
from portal.workdays.rules.promises import ACCEPT_WITHIN


@dataclass(frozen=True)
class Told:
    """What somebody told staff, and how they want to hear the answer. relation: "" when they spoke for themself."""

    topic: Topic
    title: str
    text: str
    channel: str
    received_at: datetime
    consents: bool
    confidential: bool = False
    place: str = ""
    wished_office: Office | None = None
    nickname: str = ""
    relation: str = ""
    contact: Contact | None = None
    language: str = "zh-hans"


def enter(
    token: UUID, told: Told, *, office_id: UUID, knows_missed: bool = False, by: Actor, clock: Clock
) -> tuple[Question, str]:
    """Make one question of a form, however often it is sent; return it with its tracking code.

    token: of the form, made when it was shown. office_id: where it was told. knows_missed: the one
    who types has seen that by this time of receipt a limit has passed.
    The clocks start at `told.received_at`. Raises NotAllowed.
    """
    with transaction.atomic():
        draft = _locked_draft(token, by)
        if draft.question is not None:
            return draft.question, vault.installed().open(draft.code_sealed)
        now = clock.now()
        office = Office.objects.get(pk=office_id)
        demand(by, P.ENTER_AT, office)
        _demand_credible(told.received_at, now, knows_missed)
        columns = {
            "topic": told.topic,
            "title": told.title,
            "text": told.text,
            "place": told.place,
            "language": told.language,
            "nickname": told.nickname,
            "consents": told.consents,
            "confidential": told.confidential,
            "wished_office": told.wished_office,
        }
        receipt = Receipt(told.received_at, told.channel, office)
        opened = open_question(draft.pk, columns, told.contact, receipt, now=now, relation=told.relation)
        Intake.objects.create(
            question=opened.question,
            office=office,
            entered_by_id=by.id,
            stated_at=told.received_at,
            recorded_at=now,
            relation="" if told.confidential else told.relation,
            check_state=Intake.Check.OPEN if needs_check(told.received_at, now) else Intake.Check.NOT_NEEDED,
        )
        draft.question = opened.question
        draft.code_sealed = vault.installed().seal(opened.code)
        draft.save()
        announce(opened, by=by, now=now)
    return opened.question, opened.code


def _locked_draft(token: UUID, by: Actor) -> AskDraft:
    """Return the draft of the form, made at its first sending. Raises NotAllowed for somebody else's."""
    AskDraft.objects.get_or_create(pk=token, defaults={"owner_id": by.id, "created_at": real_now()})
    draft = AskDraft.objects.select_for_update(of=("self",)).select_related("question").get(pk=token)
    demand(by, P.SEE_ENTRY, draft)
    return draft


def _demand_credible(received_at: datetime, now: datetime, knows_missed: bool) -> None:
    if received_at > now:
        raise NotAllowed(RECEIPT_AHEAD)
    if is_too_old(received_at, now):
        raise NotAllowed(RECEIPT_TOO_OLD)
    # The acceptance is always due first: 24 hours are less than seven working days.
    if now >= received_at + ACCEPT_WITHIN and not knows_missed:
        raise NotAllowed(ALREADY_MISSED)
