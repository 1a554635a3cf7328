"""What an object is found by: the tokens of its search fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search.analysis.tokens import pairs_to_the_end


@dataclass(frozen=True)
class Texts:
    """Tokens parted by spaces, in the columns of modelsearch's table."""

    title: str
    autocomplete: str
    body: str


def texts(found: Model) -> Texts:
    """Return the tokens of an object that has search fields."""
    parts: dict[str, list[str]] = {"title": [], "autocomplete": [], "body": []}
    for field in found.get_search_fields():  # type: ignore[attr-defined]  # of modelsearch's Indexed
        for column, text in _values(found, field):
            parts[column].append(pairs_to_the_end(text))
    return Texts(**{column: " ".join(filter(None, values)) for column, values in parts.items()})


def _values(found: Any, field: Any) -> Iterator[tuple[str, str]]:
    """Yield (column, text) of a field and of the fields of what it leads to."""
    if isinstance(field, AutocompleteField):
        yield "autocomplete", _plain(field.get_value(found))
    elif isinstance(field, SearchField):
        yield "title" if field.field_name == "title" else "body", _plain(field.get_value(found))
    elif isinstance(field, RelatedFields):
        related = field.get_value(found)
        if related is None:
            return
        for one in related.all() if isinstance(related, Manager) else [related() if callable(related) else related]:
            for inner in field.fields:
                yield from _values(one, inner)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_plain, value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(map(_plain, value))
    return "" if value is None else str(value)
