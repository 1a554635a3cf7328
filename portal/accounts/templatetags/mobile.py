"""Mobile numbers as people write them."""

from django import template

from portal.accounts.phones import display

register = template.Library()


@register.filter
def mobile(phone: str) -> str:
    """Write a stored number as ``138 0013 8000``."""
    return display(phone or "")
