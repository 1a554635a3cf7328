"""The editors' page types, a module per kind."""

from portal.pages.models.home import HomePage
from portal.pages.models.standard import StandardPage

__all__ = ["HomePage", "StandardPage"]
