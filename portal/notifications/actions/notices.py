"""What is done with notices: made, read, tried once more."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from portal.journal.realtime import real_now
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.notifications.addresses import Address, Channel, addresses
from portal.notifications.kinds import Kind, kind_of
from portal.notifications.models import Notice, NoticeQuerySet
from portal.notifications.outcomes import UNWANTED
from portal.notifications.permissions import P
from portal.notifications.planning import is_wanted, plan_of
from portal.notifications.queries import wishes_of
from portal.notifications.rules.timing import Wishes

# Message ids are made from the row's key under this name, so they are the same whenever they are made.
MESSAGE_IDS = uuid.UUID("6c0d6f0e-5d0b-5a0e-9c83-1f0f5a2f7a10")


def notify(
    *,
    position: int,
    recipients: Iterable[str],
    kind: str,
    ref: str,
    params: Mapping[str, Any],
    at: datetime,
    language: str = "",
) -> None:
    """Tell `recipients` of an event. Called by a journal handler, in its transaction; a second call changes nothing.

    position, at: of the event. recipients: reference strings; who cannot be reached is left out.
    params: exactly those the kind declares. language: the matter's, for recipients without a choice of their own.
    What a recipient has switched off is kept as skipped, so that a later choice does not send it after all.
    Raises UnknownKind, ImproperParam, UnknownRecipient.
    """
    declared = kind_of(kind)
    kept = declared.checked(params)
    now, due_at = clock.installed().now(), real_now()
    found = addresses(recipients)
    wishes = wishes_of(found)
    Notice.objects.bulk_create(
        [
            Notice(
                position=position,
                recipient=recipient,
                channel=channel,
                kind=kind,
                ref=ref,
                params=kept,
                language=_spoken(ways[channel], language),
                message_id=_message_id(position, recipient, channel),
                due_at=due_at,
                created_at=at,
                **_beginning(declared, channel, wishes[recipient], ways, now),
            )
            for recipient, ways in found.items()
            for channel in ways
            if channel != Channel.SMS or declared.sms_template
        ],
        ignore_conflicts=True,
    )


def mark_read(notice_id: int, *, by: Actor, clock: Clock) -> Notice:
    """Note that the recipient has seen a notice; the first time counts. Raises Notice.DoesNotExist, NotAllowed."""
    with transaction.atomic():
        notice: Notice = Notice.objects.select_for_update().get(pk=notice_id)
        now = clock.now()
        demand(by, P.READ_NOTICE, notice)
        if notice.is_unread:
            notice.read_at = now
            notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, by: Actor, clock: Clock) -> int:
    """Note that the actor has seen everything in their inbox; return how many notices were new."""
    return Notice.objects.visible_to(by).unread().update(read_at=clock.now())


def try_again(notice_id: int, *, by: Actor) -> bool:
    """Give a notice that was given up another set of tries; tell whether there was one to revive."""
    demand(by, P.SEE_UNDELIVERED)
    return _revive(Notice.objects.filter(pk=notice_id))


def send_again(notice_id: int, *, ref: str, recipient: str) -> bool:
    """Do the same for the app whose matter `ref` is, which has asked its own permission."""
    return _revive(Notice.objects.filter(pk=notice_id, ref=ref, recipient=recipient))


def _revive(notices: NoticeQuerySet) -> bool:
    # It may have been taken once, and a gateway drops what it has had under the same id.
    message_id = _new_message_id(uuid.uuid4())
    return bool(
        notices.filter(status=Notice.Status.FAILED).update(
            status=Notice.Status.QUEUED,
            attempts=0,
            due_at=real_now(),
            leased_until=None,
            carrier=None,
            error="",
            message_id=message_id,
        )
    )


def _beginning(
    kind: Kind, channel: Channel, wishes: Wishes, ways: Mapping[Channel, Address], now: datetime
) -> dict[str, Any]:
    """An inbox is reached by the row itself; the rest waits for its hour or is the worker's, if it is wanted."""
    if channel == Channel.INBOX:
        return {"status": Notice.Status.SENT, "sent_at": now}
    if not is_wanted(kind, channel, wishes, ways):
        return {"status": Notice.Status.SKIPPED, "error": UNWANTED}
    plan = plan_of(kind, channel, wishes, now)
    if plan.until is None:
        return {}
    return {"status": Notice.Status.HELD, "held_until": plan.until, "in_digest": plan.in_digest}


def _spoken(address: Address, language: str) -> str:
    known = dict(settings.LANGUAGES)
    return next((code for code in (address.language, language) if code in known), settings.LANGUAGE_CODE)


def _message_id(position: int, recipient: str, channel: Channel) -> str:
    return _new_message_id(uuid.uuid5(MESSAGE_IDS, f"{position}|{recipient}|{channel.value}"))


def _new_message_id(key: uuid.UUID) -> str:
    return f"<{key.hex}@{urlsplit(settings.BASE_URL).hostname}>"
