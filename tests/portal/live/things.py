"""Events and topics of the tests' own."""

from django.db import transaction

from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.events import Event
from portal.kernel.permissions import ALLOWED, Decision
from portal.live import topics
from tests.factories.accounts import LONG_AGO


class ThingChanged(Event):
    """Something of the tests' own changed."""

    name = "tests.thing_changed"


class ThingHidden(Event):
    """Changed without a topic."""

    name = "tests.thing_hidden"


def change(thing="1", event=ThingChanged):
    """Let something happen to a thing; return the position."""
    with transaction.atomic():
        return publish(event(), about=f"tests.thing:{thing}", by=system("tests"), at=LONG_AGO)[0].position


def register(insiders):
    """Register two kinds of topic: things for everybody, secrets for `insiders` (ids of people)."""

    def of_thing(kind):
        def matches(name, aggregate, payload):
            return [f"{kind}:{aggregate.partition(':')[2]}"] if name == ThingChanged.name else []

        return matches

    topics.register(topics.Topic("thing", lambda actor, thing: ALLOWED, of_thing("thing")))
    topics.register(topics.Topic("secret", lambda actor, thing: Decision(actor.id in insiders), of_thing("secret")))
