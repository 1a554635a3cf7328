"""A person's own views of the queue, with how much waits in each."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from portal.answers.models import SavedFilter
from portal.answers.queries.counting import counted
from portal.answers.queries.queue import QueueFilter, queue
from portal.answers.queries.visibility import desk_of
from portal.kernel.actors import Actor
from portal.kernel.workdays import WorkCalendar


def filters_of(actor: Actor) -> QuerySet[SavedFilter]:
    """Return the actor's own filters, oldest first."""
    return SavedFilter.objects.filter(person=UUID(actor.id)) if actor.is_person else SavedFilter.objects.none()


def default_of(actor: Actor) -> dict[str, str]:
    """Return what the queue opens with: the actor's default filter, nothing where there is none."""
    return dict(filters_of(actor).filter(is_default=True).values_list("chosen", flat=True).first() or {})


def waiting_in(filters: Iterable[SavedFilter], actor: Actor, now: datetime, days: WorkCalendar) -> dict[int, int]:
    """Return how many questions each filter finds, by its id, in one statement.

    One that looks for words in titles is not counted: no index helps it, and it is asked for when it is opened.
    """
    desk = desk_of(actor)
    lists = {
        saved.pk: queue(actor, QueueFilter.of(saved.chosen, now, days), now, desk=desk)
        for saved in filters
        if "text" not in saved.chosen
    }
    return counted(actor, lists)
