"""A saved version as it is kept: what in it may not be published, read without making a page of it."""

from collections.abc import Mapping
from typing import Any

from portal.pages.rules.content_checks import DEMANDS, vague_phrases
from portal.pages.wording.words import plain


def is_vague(content: Mapping[str, Any]) -> bool:
    """Tell whether a version (`Revision.content`) leaves open what applicants must bring or meet."""
    for place in DEMANDS:
        accessor, _dot, column = place.rpartition(".")
        rows = content.get(accessor) or [] if accessor else [content]
        if any(vague_phrases(plain(str(row.get(column) or ""))) for row in rows):
            return True
    return False
