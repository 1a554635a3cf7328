"""What editors recommend for a query; kept in memory for seconds, as the other names are."""

from dataclasses import dataclass

from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui.keeping import kept
from search.alike import Meanings, are_alike, meanings
from search.models import Promotion
from search.models.promotions import MOST_RESULTS
from search.reading import Reading, read
from search.synonyms import installed


@dataclass(frozen=True)
class Target:
    """A document's id, or an address with its title."""

    entry: str
    title: str
    address: str


@dataclass(frozen=True)
class _Kept:
    language: str
    queries: tuple[Meanings, ...]
    targets: tuple[Target, ...]


def recommended(reading: Reading, language: str) -> list[Target]:
    """Return what is recommended today for a query on pages of a language, each once."""
    asked = meanings(reading)
    found = {
        target: None
        for one in kept("search:promotions", _all)
        if one.language == language and any(are_alike(asked, query) for query in one.queries)
        for target in one.targets
    }
    return list(found)[:MOST_RESULTS]


def _all() -> tuple[_Kept, ...]:
    names = installed()
    today = local_date(clocks.installed().now())
    return tuple(
        _Kept(
            one.language,
            tuple(meanings(read(query, names)) for query in one.queries),
            tuple(Target(row.entry_id or "", row.title, row.address) for row in one.results.all()),
        )
        for one in Promotion.on(today).prefetch_related("results")
    )
