"""Template tags of the public face: components, and moments as a government page writes them.

``{% component "tag" text=_("已答复") tone="success" %}``            without content
``{% wrap "notice" tone="warning" %} … {% endwrap %}``              content becomes the prop ``slot``
Either ends in ``as name`` to keep the result for another prop.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.kernel.clock import SHANGHAI
from portal.ui import outward as links
from portal.ui.components import REQUIRED, SLOT, Component, Prop, PropNode, component
from portal.ui.staff_banners import banners as staff_banners_of

register = template.Library()


@register.tag("prop")
def prop_tag(parser: Parser, token: Token) -> PropNode:
    """Declare a prop: ``{% prop "kind" default="primary" choices="primary danger" help="…" %}``."""
    _tag, name, *bits = token.split_contents()
    options = {key: value.resolve(Context()) for key, value in _keywords(bits, parser, "prop").items()}
    unknown = set(options) - {"default", "choices", "help"}
    if unknown:
        raise TemplateSyntaxError(f"prop {name} does not know {', '.join(sorted(unknown))}")
    choices = tuple(str(options.get("choices", "")).split())
    return PropNode(Prop(name.strip("\"'"), options.get("help", ""), options.get("default", REQUIRED), choices))


class ComponentNode(Node):
    """A component used in a page. nodelist: the content between wrap and endwrap, or None."""

    child_nodelists = ("nodelist",)

    def __init__(
        self,
        used: Component,
        given: dict[str, FilterExpression],
        nodelist: NodeList | None = None,
        target: str | None = None,
    ) -> None:
        self.used = used
        self.given = given
        self.nodelist = nodelist
        self.target = target

    def render(self, context: Context) -> str:
        """Resolve the props, render, and show the result or keep it under the name after ``as``."""
        given: dict[str, Any] = {
            name: value.resolve(context, ignore_failures=True) for name, value in self.given.items()
        }
        if self.nodelist is not None:
            given[SLOT] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered, so escaped
        html = self.used.render(context, given)
        if self.target is None:
            return html
        context[self.target] = html
        return ""


@register.tag("component")
def component_tag(parser: Parser, token: Token) -> ComponentNode:
    """Use a component without content."""
    used, given, target = _use(parser, token)
    used.check_names(given)
    _check_literals(used, given)
    return ComponentNode(used, given, None, target)


@register.tag("wrap")
def wrap_tag(parser: Parser, token: Token) -> ComponentNode:
    """Use a component around content."""
    used, given, target = _use(parser, token)
    nodelist = parser.parse(("endwrap",))
    parser.delete_first_token()
    used.check_names([*given, SLOT])
    _check_literals(used, given)
    return ComponentNode(used, given, nodelist, target)


@register.filter
def stamp(at: datetime | None) -> SafeString | str:
    """Write an instant as ``2026-03-05 14:30``, Shanghai time, in a ``<time>``; nothing for None."""
    if at is None or at == "":
        return ""
    local = at.astimezone(SHANGHAI)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), local.strftime("%Y-%m-%d %H:%M")
    )


@register.filter
def day(at: date | datetime | None) -> SafeString | str:
    """Write a date, or an instant's date in Shanghai, as ``2026-03-05`` in a ``<time>``; nothing for None."""
    if at is None or at == "":
        return ""
    local = at.astimezone(SHANGHAI).date() if isinstance(at, datetime) else at
    return format_html('<time datetime="{0}">{0}</time>', local.isoformat())


def _use(parser: Parser, token: Token) -> tuple[Component, dict[str, FilterExpression], str | None]:
    tag, *bits = token.split_contents()
    target = None
    if len(bits) >= 2 and bits[-2] == "as":
        *bits, _as, target = bits
    # The name is a literal, so that the props can be checked before any page is shown.
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{tag} begins with the name of a component in quotes")
    return component(bits[0].strip("\"'")), _keywords(bits[1:], parser, tag), target


def _keywords(bits: list[str], parser: Parser, tag: str) -> dict[str, FilterExpression]:
    given = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"{tag} takes name=value pairs only, not {bits[0]!r}")
    return given


def _check_literals(used: Component, given: dict[str, FilterExpression]) -> None:
    for name, value in given.items():
        # A filter expression whose var is no Variable is a literal without arguments.
        if isinstance(value.var, str) and not value.filters:
            try:
                used.props[name].check(used.name, value.var)
            except ValueError as error:
                raise TemplateSyntaxError(str(error)) from None


@register.filter
def outward(address: str) -> str:
    """Return where a link to `address` leads; out of the site only over the page that says so."""
    return links.outward(address)


@register.inclusion_tag("portal/ui/parts/staff-banners.html", takes_context=True)
def staff_banners(context: Context) -> dict[str, Any]:
    """Show what must be seen on every page of the back office."""
    request = context.get("request")
    return {"banners": staff_banners_of(request) if request else []}
