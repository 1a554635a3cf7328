"""The other names that queries are read with: those that are shipped, and those that editors have added."""

from functools import lru_cache

from portal.ui.keeping import kept
from search.analysis.synonyms import Synonyms, shipped
from search.models import Synonym

Names = tuple[str, ...]


def installed() -> Synonyms:
    """Return what is in force: what an editor adds counts within seconds, and no index is made anew."""
    return _together(kept("search:synonyms", _added))


def _added() -> tuple[tuple[Names, Names], ...]:
    return tuple(row.names for row in Synonym.objects.order_by("pk"))


@lru_cache(2)
def _together(added: tuple[tuple[Names, Names], ...]) -> Synonyms:
    """Return both together; what is worked out of them is worked out once for each edition of the list."""
    if not added:
        return shipped()
    groups = [said for said, means in added if not means]
    return shipped() | Synonyms.of(groups, [pair for pair in added if pair[1]])
