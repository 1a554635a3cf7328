"""A person's own views of the queue, with how much waits in each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from portal.answers.models import SavedFilter
from portal.answers.queries.list_counts import counted
from portal.answers.queries.queue import QueueFilter, Reach, queue
from portal.kernel.actors import Actor
from portal.kernel.workdays import WorkCalendar


def filters_of(actor: Actor) -> QuerySet[SavedFilter]:
    """Return the actor's own filters, oldest first."""
    return SavedFilter.objects.filter(person=UUID(actor.id)) if actor.is_person else SavedFilter.objects.none()


def default_of(actor: Actor) -> dict[str, str]:
    """Return what the queue opens with: the actor's default filter, nothing where there is none."""
    return dict(filters_of(actor).filter(is_default=True).values_list("chosen", flat=True).first() or {})


def counted_views(
    actor: Actor, views: Mapping[Any, Mapping[str, str]], reach: Reach, now: datetime, days: WorkCalendar
) -> dict[Any, int]:
    """Return how many questions each view of the queue finds, by its key. One statement, however many views.

    One that looks for words in titles is not counted: common words are compared row by row.
    """
    lists = {
        key: queue(actor, QueueFilter.of(chosen, now, days), now, reach)
        for key, chosen in views.items()
        if "text" not in chosen
    }
    return counted(actor, lists)
