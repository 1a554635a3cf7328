"""What nearly every question says and hardly tells one from another: asked with little weight, never left out."""

from functools import cache
from pathlib import Path

from search.analysis.folding import fold

LITTLE = 0.12  # of the weight of any other word
SHIPPED = Path(__file__).with_name("stopwords.txt")


@cache
def stopwords() -> frozenset[str]:
    """Return the words that tell little, folded."""
    return frozenset(fold(SHIPPED.read_text("utf-8")).split())
