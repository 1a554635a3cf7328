"""Pages that show places on a map, where there is one."""

from collections.abc import Callable
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
        response: HttpResponse = self._letting_in(super().serve)(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the page to its editor with the same policy."""
        return self._letting_in(super().serve_preview)(request, mode_name)  # type: ignore[misc]

    def _letting_in(self, show: Callable[..., Any]) -> Callable[..., Any]:
        return csp_update({"img-src": self.map.origins})(show) if self.map else show
