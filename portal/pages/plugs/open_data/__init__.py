"""What editors publish, and the offices, as open data: a module per kind. Importing this registers them."""

from portal.pages.plugs.open_data import articles, guides, offices

__all__ = ["articles", "guides", "offices"]
