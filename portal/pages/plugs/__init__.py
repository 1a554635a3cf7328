"""Everything that the editors' pages plug into the storeys below, gathered so that one import does it."""

from portal.pages.plugs import (
    handlers,
    home_blocks,
    information_block,
    menu,
    open_data,
    profile_handlers,
    review_notices,
    ticks,
)

__all__ = [
    "handlers",
    "home_blocks",
    "information_block",
    "menu",
    "open_data",
    "profile_handlers",
    "review_notices",
    "ticks",
]
