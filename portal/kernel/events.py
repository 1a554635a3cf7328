"""The base of every domain event: a frozen set of ids, codes, instants and commitments."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.

    name: stable, dotted, past tense (``answers.question_accepted``); handlers subscribe to it.
    occurred_at: when it happened, if that is not the moment it was recorded: a breach happens
    at its due instant, however late somebody notices.
    Fields never hold text, names or contacts, nor plain hashes of them: see `refs.commit`.
    """

    name: ClassVar[str]
    occurred_at: datetime | None = None

    def payload(self) -> dict[str, Any]:
        """Return the fields as JSON-ready values, instants as ISO 8601 with offset."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self) if field.name != "occurred_at"}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
