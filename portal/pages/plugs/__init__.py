"""Everything that the editors' pages plug into the storeys below, gathered so that one import does it."""

from portal.pages.plugs import (
    handlers,
    home_blocks,
    menu,
    open_data,
    review_notices,
    search,
    ticks,
)

__all__ = [
    "handlers",
    "home_blocks",
    "menu",
    "open_data",
    "review_notices",
    "search",
    "ticks",
]
