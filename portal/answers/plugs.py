"""Everything that the desk plugs into the storeys below, gathered so that one import does it."""

from portal.answers import file_access, handlers, notices, ticks, topics

__all__ = ["file_access", "handlers", "notices", "ticks", "topics"]
