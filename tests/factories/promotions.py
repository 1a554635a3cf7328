"""What editors recommend, for tests."""

from typing import Any

from search.models import PromotedResult, Promotion


def promotion(said: str, *targets: str | tuple[str, str], **fields: Any) -> Promotion:
    """Return a saved promotion. targets: ids of documents, or (title, address)."""
    made = Promotion(said=said, **fields)
    for target in targets:
        told = {"entry_id": target} if isinstance(target, str) else {"title": target[0], "address": target[1]}
        made.results.add(PromotedResult(**told))
    made.save()
    return made
