"""Words for days in templates."""

from typing import Any

from django import template

from portal.workdays.labels import KIND, LAYER, MARK

register = template.Library()


@register.filter
def kind_word(kind: str) -> Any:
    """Return "放假" or "上班"."""
    return KIND.get(kind, "")


@register.filter
def kind_mark(kind: str) -> Any:
    """Return the mark that stands in a cell of a month."""
    return MARK.get(kind, "")


@register.filter
def layer_word(layer: str) -> Any:
    """Return "全国" or "本地"."""
    return LAYER.get(layer, "")
