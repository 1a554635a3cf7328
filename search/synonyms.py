"""The other names that queries are read with."""

from search.analysis.synonyms import Synonyms, shipped


def installed() -> Synonyms:
    """Return what is in force now."""
    return shipped()
