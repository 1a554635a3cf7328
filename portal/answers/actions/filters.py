"""Keeping one's own views of the queue. Not events: they are nobody's promise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction

from portal.accounts.models import User
from portal.answers.models import SavedFilter
from portal.answers.permissions import P
from portal.answers.queries.filters import filters_of
from portal.answers.reasons import FILTER_NAME_TAKEN, TOO_MANY_FILTERS
from portal.kernel.actors import Actor
from portal.kernel.permissions import NotAllowed, demand

# Our number: as many as fit above the queue without a search of their own.
MOST = 12


def keep_filter(name: str, chosen: Mapping[str, str], *, is_default: bool, by: Actor) -> SavedFilter:
    """Keep a view under a name; one of the same name is replaced. Raises NotAllowed."""
    with _own(by):
        mine = filters_of(by)
        saved = mine.filter(name=name).first()
        if saved is None:
            if mine.count() >= MOST:
                raise NotAllowed(TOO_MANY_FILTERS)
            saved = SavedFilter(person_id=by.id, name=name)
        saved.chosen = dict(chosen)
        return _save(saved, is_default)


def change_filter(filter_id: int, *, name: str, is_default: bool, by: Actor) -> SavedFilter:
    """Give a view another name, or let the queue open with it or not. Raises NotAllowed, SavedFilter.DoesNotExist."""
    with _own(by):
        mine = filters_of(by)
        saved = mine.get(pk=filter_id)
        if mine.filter(name=name).exclude(pk=filter_id).exists():
            raise NotAllowed(FILTER_NAME_TAKEN)
        saved.name = name
        return _save(saved, is_default)


def remove_filter(filter_id: int, *, by: Actor) -> None:
    """Forget a view; one that is gone already is no error."""
    demand(by, P.SEE_DESK)
    filters_of(by).filter(pk=filter_id).delete()


def _save(saved: SavedFilter, is_default: bool) -> SavedFilter:
    if is_default:
        SavedFilter.objects.filter(person=saved.person_id, is_default=True).exclude(pk=saved.pk).update(
            is_default=False
        )
    saved.is_default = is_default
    saved.save()
    return saved


@contextmanager
def _own(by: Actor) -> Iterator[None]:
    """One change at a time of a person's filters: their row is the lock."""
    demand(by, P.SEE_DESK)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.id)
        yield
