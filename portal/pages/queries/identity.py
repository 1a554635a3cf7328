"""Who runs the site now: what has been entered in the back office, over what the environment says.

It stands on every page, so the row is kept in this process for seconds, and longer for when the database is away.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import Error

from portal.kernel.identity import Identity, install
from portal.pages.models import SiteIdentity
from portal.ui.identity import from_environment
from portal.ui.keeping import MEMORY

logger = logging.getLogger(__name__)

FRESH, LAST = "pages.identity", "pages.identity:last"
# Twice as high as the footer shows it, for screens that are twice as fine.
BADGE = "max-400x120"


class EnteredIdentity:
    """The source that `portal.kernel.identity` asks."""

    def current(self) -> Identity:
        """Return it as it is, at most `KEPT_SECONDS` late; as it was last when the database is away."""
        kept = caches[MEMORY].get(FRESH)
        if kept is None:
            try:
                kept = _entered()
            except Error:
                logger.warning("identity_unavailable")
                return self.known()
            caches[MEMORY].set(FRESH, kept, settings.KEPT_SECONDS)
            caches[MEMORY].set(LAST, kept, None)
        return from_environment().with_entered(kept)

    def known(self) -> Identity:
        """Return what was read last, without asking the database."""
        return from_environment().with_entered(caches[MEMORY].get(LAST, {}))


def forget() -> None:
    """Let this process read the row anew: it was changed."""
    caches[MEMORY].delete(FRESH)


def _entered() -> dict[str, Any]:
    row = SiteIdentity.objects.select_related("badge").first()
    if row is None:
        return {}
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names} | {"badge": _address(row.badge)}


def _address(badge: Any) -> str:
    if badge is None:
        return ""
    try:
        return str(badge.get_rendition(BADGE).url)
    except OSError:
        # The file is gone or cannot be read; the link is shown in words.
        logger.warning("badge_unreadable", extra={"image": badge.pk})
        return ""


install(EnteredIdentity())
