"""Components: templates that declare their props, checked when a page that uses them is compiled.

A component is ``portal/ui/templates/portal/ui/components/<name>.html``. Its first lines are
``{% prop %}`` tags, the one place that says what it accepts; the tags `component` and `wrap`,
the README's table and the style guide all read them there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import Context, Engine, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Node
from django.utils.html import conditional_escape
from django.utils.translation import get_language

FOLDER = "portal/ui/components"
SLOT = "slot"
REQUIRED = object()

Presenter = Callable[[dict[str, Any], HttpRequest | None], dict[str, Any]]

_presenters: dict[str, Presenter] = {}


@dataclass(frozen=True)
class Prop:
    """One thing a component accepts. default: REQUIRED when it must be given; choices: () = anything."""

    name: str
    help: str = ""
    default: Any = REQUIRED
    choices: tuple[str, ...] = ()

    @property
    def is_required(self) -> bool:
        """Tell whether the component cannot do without it."""
        return self.default is REQUIRED

    def check(self, component: str, value: Any) -> None:
        """Raise ValueError when `value` is none of the choices."""
        if self.choices and str(value) not in self.choices:
            raise ValueError(
                f"component {component!r}: {self.name}={value!r} is none of {', '.join(map(repr, self.choices))}"
            )


# Small components of which a page holds dozens. They show their short text props and nothing else,
# so each is rendered once per language and combination of props.
REPEATED = frozenset({"icon", "tag"})


class PropNode(Node):
    """A ``{% prop %}`` line: a declaration, so it shows nothing."""

    child_nodelists = ()

    def __init__(self, prop: Prop) -> None:
        self.prop = prop

    def render(self, context: Context) -> str:
        """Return nothing."""
        return ""


@dataclass(frozen=True)
class Component:
    """A component's template and what it accepts."""

    name: str
    template: Template
    props: dict[str, Prop]

    def check_names(self, given: Iterable[str]) -> None:
        """Raise TemplateSyntaxError unless exactly known props and all required ones are given."""
        given = set(given)
        unknown = sorted(given - set(self.props))
        missing = sorted(prop.name for prop in self.props.values() if prop.is_required and prop.name not in given)
        if not unknown and not missing:
            return
        faults = [f"does not know {', '.join(unknown)}"] if unknown else []
        faults += [f"needs {', '.join(missing)}"] if missing else []
        raise TemplateSyntaxError(f"component {self.name!r} {' and '.join(faults)}. {self.accepted()}")

    def accepted(self) -> str:
        """Say in a sentence what the component accepts."""
        required = [prop.name for prop in self.props.values() if prop.is_required]
        optional = [prop.name for prop in self.props.values() if not prop.is_required]
        return (
            f"It accepts: {', '.join(required) or 'nothing'} (required); {', '.join(optional) or 'nothing'} (optional)."
        )

    def render(self, context: Context, given: dict[str, Any]) -> str:
        """Render with `given` props; None means not given. The page's own variables stay outside."""
        values = {}
        for name, prop in self.props.items():
            value = given.get(name)
            if value is None:
                # A required prop without a value shows nothing, as a variable without one does.
                value = "" if prop.is_required else prop.default
            else:
                prop.check(self.name, value)
            values[name] = value
        if self.name in REPEATED:
            return _rendered(self.name, get_language(), tuple(conditional_escape(value) for value in values.values()))
        return self.fill(context, values)

    def fill(self, context: Context, values: dict[str, Any]) -> str:
        """Render with the checked value of every prop."""
        request = context.get("request")
        if self.name in _presenters:
            values |= _presenters[self.name](values, request)
        return self.template.render(context.new({"request": request, **values}))


def present(name: str) -> Callable[[Presenter], Presenter]:
    """Register the function that works out a component's further variables from its props."""

    def register(presenter: Presenter) -> Presenter:
        _presenters[name] = presenter
        return presenter

    return register


def component(name: str) -> Component:
    """Load the component called `name`. Raises TemplateSyntaxError, naming near ones, when there is none."""
    try:
        template = Engine.get_default().get_template(f"{FOLDER}/{name}.html")
    except TemplateDoesNotExist:
        names = component_names()
        near = get_close_matches(name, names) or names
        raise TemplateSyntaxError(f"no component is called {name!r}; there is {', '.join(near)}") from None
    props = [node.prop for node in template.nodelist if isinstance(node, PropNode)]
    return Component(name, template, {prop.name: prop for prop in props})


@lru_cache(maxsize=1024)
def _rendered(name: str, language: str | None, values: tuple[str, ...]) -> str:
    used = component(name)
    return used.fill(Context(), dict(zip(used.props, values, strict=True)))


def component_names() -> list[str]:
    """Name every component, in alphabetical order."""
    folder = Path(__file__).parent / "templates" / FOLDER
    return sorted(path.stem for path in folder.glob("*.html"))
