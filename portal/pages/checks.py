"""System checks: what the settings say about the map can be kept to."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from portal.pages.rules import tiles

ADDRESSES = ("MAP_TILE_URL", "MAP_LABELS_URL")
# Beyond the least a town does not fill the screen; closer than the greatest no host has pictures.
ZOOMS = range(10, 23)


@register(Tags.compatibility)
def map_can_be_drawn(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a map that would stay grey, put its pins aside or not say whose it is."""
    if not settings.MAP_TILE_URL:
        left = [name for name in ("MAP_LABELS_URL", "MAP_ATTRIBUTION") if getattr(settings, name)]
        return [Error(f"{name} is set, but MAP_TILE_URL is blank.", id="portal_pages.E001") for name in left]
    errors: list[CheckMessage] = [
        Error(f"{name}: {fault}", id="portal_pages.E002")
        for name in ADDRESSES
        if getattr(settings, name)
        for fault in tiles.faults(getattr(settings, name))
    ]
    if not settings.MAP_ATTRIBUTION:
        hint = "For 天地图 with the number of its approval (审图号), which must stand on every public map."
        errors.append(Error("MAP_ATTRIBUTION is blank.", hint=hint, id="portal_pages.E003"))
    if settings.MAP_ATTRIBUTION_URL and not settings.MAP_ATTRIBUTION_URL.startswith("https://"):
        errors.append(Error("MAP_ATTRIBUTION_URL must begin with https://.", id="portal_pages.E004"))
    if settings.MAP_MAX_ZOOM not in ZOOMS:
        reach = f"{ZOOMS.start} to {ZOOMS.stop - 1}"
        errors.append(Error(f"MAP_MAX_ZOOM must be {reach}.", id="portal_pages.E005"))
    return errors
