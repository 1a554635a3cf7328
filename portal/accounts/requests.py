"""What a request looks like behind our middleware; for annotations in views."""

from django.http import HttpRequest

from portal.kernel.actors import Actor


class Request(HttpRequest):
    """A request with its actor (see `middleware.ActorMiddleware`)."""

    actor: Actor
