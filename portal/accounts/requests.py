"""What a request looks like behind our middleware, and what a view can say about itself to it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from portal.kernel.actors import Actor

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """A request with its actor (see `middleware.ActorMiddleware`)."""

    actor: Actor


def without_session(view: View) -> View:
    """Mark a view that does the same for everybody, signed in or not: nobody is held up before it."""
    view.without_session = True  # type: ignore[attr-defined]
    return view


def is_without_session(view: object) -> bool:
    """Tell whether a view was marked so; `functools.wraps` hands the mark on to decorators."""
    return getattr(view, "without_session", False)
