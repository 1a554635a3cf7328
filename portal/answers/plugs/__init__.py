"""Everything that the desk plugs into the storeys below, gathered so that one import does it."""

from portal.answers.plugs import (
    banner,
    file_access,
    following,
    handlers,
    home_block,
    jobs,
    keeping,
    leaving,
    menu,
    notice_kinds,
    notices,
    open_data,
    page_sections,
    search,
    ticks,
    topics,
)

__all__ = [
    "banner",
    "file_access",
    "following",
    "handlers",
    "home_block",
    "jobs",
    "keeping",
    "leaving",
    "menu",
    "notice_kinds",
    "notices",
    "open_data",
    "page_sections",
    "search",
    "ticks",
    "topics",
]
