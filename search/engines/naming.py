"""Names of indexes: a fingerprint of what is in them and a number, such as ``3f2a9c41-7``."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from search import analysis


@dataclass(frozen=True)
class Names:
    """Which indexes there are. current: is asked; building: is written to as well; before: kept for going back."""

    current: str = ""
    building: str = ""
    before: str = ""

    @property
    def written_to(self) -> list[str]:
        """The names of those that get every change."""
        return [name for name in (self.current, self.building) if name]


def fingerprint(shape: object) -> str:
    """Return a short name for a shape (anything of JSON) together with the version of the analysis."""
    text = json.dumps([analysis.VERSION, shape], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def fits(name: str, print_: str) -> bool:
    """Tell whether an index was made with this fingerprint."""
    return name.rpartition("-")[0].endswith(print_)


def next_name(print_: str, taken: Iterable[str]) -> str:
    """Return a name that none of the `taken` ones has, by counting on."""
    numbers = [int(number) for name in taken if (number := name.rpartition("-")[2]).isdigit()]
    return f"{print_}-{max(numbers, default=0) + 1}"
