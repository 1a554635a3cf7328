"""The map of service centres, where the operator has named a host for its pictures (docs/how-to/map.md)."""

from dataclasses import dataclass

from django.conf import settings

from portal.pages.rules import tiles


@dataclass(frozen=True)
class TileMap:
    """Where a map's pictures come from. pictures, labels: templates; labels: a layer of its own, or empty."""

    pictures: str
    labels: str
    attribution: str
    attribution_url: str
    max_zoom: int

    @property
    def _addresses(self) -> list[str]:
        return [address for address in (self.pictures, self.labels) if address]

    @property
    def hosts(self) -> list[str]:
        """Whom a reader's browser asks, each once."""
        return list(dict.fromkeys(tiles.host(address) for address in self._addresses))

    @property
    def origins(self) -> list[str]:
        """The same as a content security policy names them."""
        return list(dict.fromkeys(tiles.origin(address) for address in self._addresses))


def tile_map() -> TileMap | None:
    """Return what the settings say, None where there shall be no map."""
    if not settings.MAP_TILE_URL:
        return None
    return TileMap(
        pictures=settings.MAP_TILE_URL,
        labels=settings.MAP_LABELS_URL,
        attribution=settings.MAP_ATTRIBUTION,
        attribution_url=settings.MAP_ATTRIBUTION_URL,
        max_zoom=settings.MAP_MAX_ZOOM,
    )
