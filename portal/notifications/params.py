"""What a notice may say besides its fixed words: each kind names its params and what each of them is.

There is no type for a text, so a name, a contact or a sentence of somebody's cannot get into a
message: it is refused when the notice is made, not hoped for when it is written.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.kernel.clock import SHANGHAI

# Long runs of digits could be a telephone or identity number, which a public number never is.
PUBLIC_NUMBER = re.compile(r"(?!.*\d{11})[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class ImproperParam(ValueError):
    """Raised when a notice would carry something that its kind does not allow."""


class Param:
    """One type of value. Values are JSON; `show_all` makes words of them in the present language."""

    def allows(self, value: Any) -> bool:
        """Tell whether `value` is of this type."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return `value` as people read it."""
        return str(value)

    def show_all(self, values: Collection[Any]) -> Mapping[Any, str]:
        """Return all values as people read them; a type that must query does it once for all."""
        return {value: self.show(value) for value in values}


class Code(Param):
    """A public number or code: letters, digits, dots, dashes; at most 40, no eleven digits in a row."""

    def allows(self, value: Any) -> bool:
        """Tell whether it looks like a public number."""
        return isinstance(value, str) and bool(PUBLIC_NUMBER.fullmatch(value))


class Count(Param):
    """A small whole number: of hours, days, pieces."""

    def allows(self, value: Any) -> bool:
        """Tell whether it is small enough not to be a number that names somebody."""
        return type(value) is int and abs(value) < 1_000_000


class Day(Param):
    """A date: "2026-03-05"."""

    def allows(self, value: Any) -> bool:
        """Tell whether it is an ISO date."""
        return _parses(date.fromisoformat, value)


class Instant(Param):
    """An instant, ISO 8601 with offset; shown to the minute, Shanghai time."""

    def allows(self, value: Any) -> bool:
        """Tell whether it is an instant with offset."""
        return _parses(datetime.fromisoformat, value) and datetime.fromisoformat(value).tzinfo is not None

    def show(self, value: Any) -> str:
        """Write it as the rest of the site does."""
        return f"{_local(value):%Y-%m-%d %H:%M}"


class Deadline(Instant):
    """An exclusive end. At midnight it is shown as the day before, which is the last one: nobody counts an instant."""

    def show(self, value: Any) -> str:
        """Write the last day, or the minute where the end lies within a day."""
        end = _local(value)
        if (end.hour, end.minute, end.second) == (0, 0, 0):
            return f"{end.date() - timedelta(days=1):%Y-%m-%d}"
        return super().show(value)


class OfficeName(Param):
    """The id of an office, shown as its name."""

    def allows(self, value: Any) -> bool:
        """Tell whether it is a UUID as we write it."""
        return _parses(UUID, value) and str(UUID(value)) == value

    def show_all(self, values: Collection[Any]) -> Mapping[Any, str]:
        """Look the names up at once."""
        names = {str(office.pk): office.local_name for office in Office.objects.filter(pk__in=values)}
        return {value: names.get(value) or str(_("有关单位")) for value in values}


@dataclass(frozen=True, eq=False)
class Choice(Param):
    """A code of a closed list, such as the reason of a refusal, shown as its label."""

    labels: Mapping[str, str | Promise]

    def allows(self, value: Any) -> bool:
        """Tell whether it is in the list."""
        return isinstance(value, str) and value in self.labels

    def show(self, value: Any) -> str:
        """Return the label."""
        return str(self.labels[value])


CODE, COUNT, DAY, INSTANT, DEADLINE, OFFICE = Code(), Count(), Day(), Instant(), Deadline(), OfficeName()


def plain(value: Any) -> Any:
    """Return `value` as JSON holds it."""
    if isinstance(value, date):  # an instant is a date too
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _parses(parse: Any, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _local(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(SHANGHAI)
