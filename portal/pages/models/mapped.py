"""Pages that show places on a map, where there is one."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse

from portal.pages.presenting.maps import TileMap, tile_map


class OnMap:
    """Mixin of page types: their pages, and no others, may show pictures from the map's host."""

    @property
    def has_place(self) -> bool:
        """Tell whether there can be something to see on a map."""
        return True

    @property
    def map(self) -> TileMap | None:
        """The map of this page, None where it has none."""
        return tile_map() if self.has_place else None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, with a policy that lets its map in."""
        show = super().serve  # type: ignore[misc]
        if self.map:
            show = csp_update({"img-src": self.map.origins})(show)
        response: HttpResponse = show(request, *args, **kwargs)
        return response
