"""Finding a question by what was typed above the queue: its number, or words of its title."""

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan
from django.db.models.sql.compiler import SQLCompiler

from portal.answers.models import Question

NUMBER = re.compile(r"[A-Z]\d{6}-[A-Z0-9]+")


def number_or_title(typed: str) -> Q:
    """Return the condition that a question has this number, or a title that holds these words; capitals or not."""
    if NUMBER.fullmatch(typed.upper()):
        return Q(number=typed.upper())
    # Not LIKE: of that PostgreSQL believes that it finds next to nothing, and plans accordingly.
    place = StrIndex(Upper("title"), Upper(Value(typed)))
    return Q(GreaterThan(place, 0)) & Q(_HasPairs(Value(typed)))


class _HasPairs(Func):
    """Whether every two neighbouring characters of a text are neighbours in the title, too: what an index can tell.

    Only PostgreSQL has that index, on a column of its own that no model names. SQLite compares the
    titles one by one: where it is used there are few enough.
    """

    template = f'"{Question._meta.db_table}"."title_pairs" @> answers_pairs(%(expressions)s)'
    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Leave it to the comparison."""
        return "1 = 1", []
