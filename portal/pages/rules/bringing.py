"""What to bring for several services at once: a paper that three counters want to see is named once.

Our rule: an original is shown and taken home again, so as many are needed as one counter wants
most; a copy stays there, so copies add up.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Needed:
    """A material of one service. is_certain: everybody needs it, whatever their case."""

    name: str
    service: str
    originals: int
    copies: int
    is_certain: bool = True


@dataclass(frozen=True)
class Bring:
    """A material to bring. services: for which, in order; is_certain: at least one of them wants it of everybody."""

    name: str
    services: tuple[str, ...]
    originals: int
    copies: int
    is_certain: bool

    @property
    def is_shared(self) -> bool:
        """Tell whether more than one service needs it."""
        return len(self.services) > 1


def bring_once(needed: Iterable[Needed]) -> list[Bring]:
    """Return each material once, in order of first need, those of several services in front.

    A service that names one twice, for people of two sorts, wants it once.
    """
    by_name: dict[str, dict[str, Needed]] = {}
    for one in needed:
        of_services = by_name.setdefault(same(one.name), {})
        before = of_services.get(one.service)
        of_services[one.service] = _either(before, one) if before else one
    found = [_together(list(of_services.values())) for of_services in by_name.values()]
    return sorted(found, key=lambda bring: not bring.is_shared)


def same(name: str) -> str:
    """Return what two names have in common that differ only in width, case or spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _either(one: Needed, other: Needed) -> Needed:
    return Needed(
        one.name,
        one.service,
        max(one.originals, other.originals),
        max(one.copies, other.copies),
        one.is_certain or other.is_certain,
    )


def _together(needed: list[Needed]) -> Bring:
    return Bring(
        needed[0].name,
        tuple(one.service for one in needed),
        max(one.originals for one in needed),
        sum(one.copies for one in needed),
        any(one.is_certain for one in needed),
    )
