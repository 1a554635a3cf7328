"""How many rows several lists have, in one statement and without counting any to its end."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.db.models import IntegerField, QuerySet, Subquery

from portal.accounts.models import User
from portal.kernel.actors import Actor

# Beyond that a tab says "99+": nobody plans the day by the exact number.
COUNTED_TO = 100

K = TypeVar("K", bound=Hashable)


class _Rows(Subquery):
    """The number of rows of a subquery."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # a list that can hold nothing is not asked for


def counted(actor: Actor, lists: Mapping[K, QuerySet[Any]]) -> dict[K, int]:
    """Return the number of rows of each list, COUNTED_TO where there are as many or more. One statement, for a person."""
    if not lists or not actor.is_person:
        return {}
    # The actor's own row is the one to hang the figures on: SELECT without FROM is nothing Django writes.
    figures = [_Rows(found.order_by()[:COUNTED_TO].values("pk")) for found in lists.values()]
    row = User.objects.filter(pk=actor.id).values_list(*figures).first()
    return dict(zip(lists, row, strict=True)) if row else {}
