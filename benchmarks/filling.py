"""Copies of one row by the hundred thousand, made inside the database: what a city has after ten years.

The first row of each kind comes from the real actions; a copy differs in the columns that are named.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def multiply(row: Model, count: int, *, start: int = 0, **columns: str) -> None:
    """Insert `count` copies of `row`, numbered `i` from `start` on. columns: SQL over `i`, by attribute."""
    fields = {field.attname: field.column for field in row._meta.concrete_fields}
    assert set(columns) <= set(fields), set(columns) - set(fields)
    values = [columns.get(name, f'one."{column}"') for name, column in fields.items()]
    names = ", ".join(f'"{column}"' for column in fields.values())
    table, key = row._meta.db_table, row._meta.pk
    # The tables' own names only, and SQL written beside the call: nobody's input.
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) '  # noqa: S608
            "WITH RECURSIVE series(i) AS (SELECT CAST(%s AS bigint) UNION ALL SELECT i + 1 FROM series WHERE i < %s) "
            f'SELECT {", ".join(values)} FROM series CROSS JOIN "{table}" AS one WHERE one."{key.column}" = %s',
            [start, start + count - 1, key.get_db_prep_value(row.pk, connection)],
        )


def analyze() -> None:
    """Let the database look at what was filled in, as its own housekeeping would by and by."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# --- SQL over i, in the words of either database ----------------------------------------------


def made_id(text: str) -> str:
    """Return a UUID made of an SQL text, as scattered as a drawn one and the same each time."""
    digest = f"MD5(CAST({text} AS text))"
    return f"CAST({digest} AS uuid)" if connection.vendor == "postgresql" else digest


def constant(value: Any) -> str:
    """Return a literal: a number, a truth, a UUID, a word of our own."""
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE") if connection.vendor == "postgresql" else str(int(value))
    if isinstance(value, int):
        return str(value)
    text = str(value)
    assert not set(text) & {"'", "%"}
    if connection.vendor == "postgresql":
        return f"'{text}'"
    return f"'{text.replace('-', '')}'" if _is_uuid(value) else f"'{text}'"


def later(column: str, seconds: str) -> str:
    """Return an instant so many seconds after one of the first row's; seconds: SQL, may be negative."""
    if connection.vendor == "postgresql":
        return f"one.{column} + ({seconds}) * interval '1 second'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', one.{column}, ({seconds}) || ' seconds')"


def month_of(column: str, seconds: str) -> str:
    """Return the first day of the month of `later(column, seconds)`."""
    if connection.vendor == "postgresql":
        return f"CAST(date_trunc('month', {later(column, seconds)}) AS date)"
    return f"strftime('%%Y-%%m-01', one.{column}, ({seconds}) || ' seconds')"


def one_of(values: Sequence[Any], number: str) -> str:
    """Return the value at `number` modulo their count, written out: for a handful."""
    cases = " ".join(f"WHEN {index} THEN {constant(value)}" for index, value in enumerate(values))
    return f"CASE ({number}) %% {len(values)} {cases} END"


def _is_uuid(value: Any) -> bool:
    return type(value).__name__ == "UUID"
