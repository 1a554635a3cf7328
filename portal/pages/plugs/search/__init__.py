"""What the search finds of the editors' pages and of the offices: a module per sort. Importing this registers them."""

from portal.pages.plugs.search import articles, guides, lives, places, ways

__all__ = ["articles", "guides", "lives", "places", "ways"]
