"""Reads about notices, and about what people have chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Min

from portal.kernel.actors import Actor
from portal.notifications.addresses import Channel
from portal.notifications.models import Notice, NoticeQuerySet, Preference
from portal.notifications.rules.timing import Wishes


def inbox_of(actor: Actor, *, only_unread: bool = False) -> NoticeQuerySet:
    """Return the actor's inbox, newest first."""
    own = Notice.objects.visible_to(actor)
    found: NoticeQuerySet = (own.unread() if only_unread else own).order_by("-created_at", "-id")
    return found


def unread_count(actor: Actor) -> int:
    """Return how much the actor has not read; no query for visitors."""
    return Notice.objects.visible_to(actor).unread().count() if actor.is_person else 0


def messages_about(ref: str, recipient: str) -> NoticeQuerySet:
    """Return the e-mails and text messages that told `recipient` of a matter, oldest first."""
    about = Notice.objects.filter(ref=ref, recipient=recipient).exclude(channel=Channel.INBOX)
    found: NoticeQuerySet = about.order_by("created_at", "pk")
    return found


def undelivered() -> NoticeQuerySet:
    """Return what was given up, newest first."""
    found: NoticeQuerySet = Notice.objects.filter(status=Notice.Status.FAILED).order_by("-created_at", "-id")
    return found


def is_held_up() -> bool:
    """Tell whether messages wait for another try: the mail server or the carrier is not there now."""
    return Notice.objects.filter(status=Notice.Status.QUEUED, attempts__gt=0).exists()


def held() -> dict[str, Any]:
    """Return how many messages wait for their hour (`count`), and when the next is due (`next_at`)."""
    return Notice.objects.filter(status=Notice.Status.HELD, carrier=None).aggregate(
        count=Count("pk"), next_at=Min("held_until")
    )


def wishes_of(recipients: Iterable[str]) -> Mapping[str, Wishes]:
    """Return what each recipient has chosen, the defaults for who has chosen nothing. One query."""
    recipients = list(recipients)
    chosen = {row.recipient: row.wishes for row in Preference.objects.filter(recipient__in=recipients)}
    return {recipient: chosen.get(recipient) or Wishes() for recipient in recipients}
