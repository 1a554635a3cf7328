"""What is done with notices: made, read, tried once more."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from portal.journal.realtime import real_now
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.notifications.addresses import Address, Channel, addresses
from portal.notifications.kinds import kind_of
from portal.notifications.models import Notice
from portal.notifications.permissions import P

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
    Raises UnknownKind, ImproperParam, UnknownRecipient.
    """
    declared = kind_of(kind)
    kept = declared.checked(params)
    now = real_now()
    Notice.objects.bulk_create(
        [
            Notice(
                position=position,
                recipient=recipient,
                channel=address.channel,
                kind=kind,
                ref=ref,
                params=kept,
                language=_spoken(address, language),
                message_id=_message_id(position, recipient, address.channel),
                due_at=now,
                created_at=at,
                **_state(address.channel, now),
            )
            for recipient, ways in addresses(recipients).items()
            for address in ways.values()
            if address.channel != Channel.SMS or declared.sms_template
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
    revived = Notice.objects.filter(pk=notice_id, status=Notice.Status.FAILED).update(
        status=Notice.Status.QUEUED, attempts=0, due_at=real_now(), leased_until=None, error=""
    )
    return bool(revived)


def _state(channel: Channel, now: datetime) -> dict[str, Any]:
    """An inbox is reached by the row itself; the rest is the worker's."""
    return {"status": Notice.Status.SENT, "sent_at": now} if channel == Channel.INBOX else {}


def _spoken(address: Address, language: str) -> str:
    known = dict(settings.LANGUAGES)
    return next((code for code in (address.language, language) if code in known), settings.LANGUAGE_CODE)


def _message_id(position: int, recipient: str, channel: Channel) -> str:
    key = uuid.uuid5(MESSAGE_IDS, f"{position}|{recipient}|{channel.value}")
    return f"<{key.hex}@{urlsplit(settings.BASE_URL).hostname}>"
