"""Reads about notices."""

from portal.kernel.actors import Actor
from portal.notifications.models import Notice, NoticeQuerySet


def inbox_of(actor: Actor, *, only_unread: bool = False) -> NoticeQuerySet:
    """Return the actor's inbox, newest first."""
    own = Notice.objects.visible_to(actor)
    found: NoticeQuerySet = (own.unread() if only_unread else own).order_by("-created_at", "-id")
    return found


def unread_count(actor: Actor) -> int:
    """Return how much the actor has not read; no query for visitors."""
    return Notice.objects.visible_to(actor).unread().count() if actor.is_person else 0


def undelivered() -> NoticeQuerySet:
    """Return what was given up, newest first."""
    found: NoticeQuerySet = Notice.objects.filter(status=Notice.Status.FAILED).order_by("-created_at", "-id")
    return found


def is_held_up() -> bool:
    """Tell whether messages wait for another try: the mail server or the carrier is not there now."""
    return Notice.objects.filter(status=Notice.Status.QUEUED, attempts__gt=0).exists()
