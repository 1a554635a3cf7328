"""The words that editors keep from being suggested and counted."""

from portal.ui.keeping import kept
from search.models import BlockedWord


def blocked() -> tuple[str, ...]:
    """Return them; what an editor adds counts within seconds."""
    return kept("search:blocked", lambda: tuple(BlockedWord.objects.values_list("word", flat=True)))
