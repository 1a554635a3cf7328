"""Topics: what a page can watch, who may watch it, and which events change it.

Each app registers its topics; this storey never learns what they are about.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from portal.kernel.actors import Actor
from portal.kernel.permissions import Decision
from portal.kernel.refs import Ref

logger = logging.getLogger(__name__)

MayListen = Callable[[Actor, str], Decision]
Matches = Callable[[str, str, dict[str, Any]], Iterable[str]]


@dataclass(frozen=True)
class Topic:
    """A kind of topic; one topic is the string "kind:id".

    may_listen: asked with (actor, id) at connect and again every half minute; may query, in a
    thread of its own.
    matches: gets (event name, aggregate's reference, payload) of every event and returns the
    topic strings that it changes. It runs in the event loop: no query, no I/O. Whoever may
    listen learns the event's name and reference, so match only what they may know.
    """

    kind: str
    may_listen: MayListen
    matches: Matches


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    """Let pages watch topics of this kind. A kind is registered once."""
    if _topics.get(topic.kind, topic) is not topic:
        raise ValueError(f"the topic {topic.kind} is registered twice")
    _topics[topic.kind] = topic


def may_listen(actor: Actor, topics: Iterable[str]) -> bool:
    """Tell whether `actor` may watch every one of `topics`; an unknown kind is refused."""
    return all(_may_listen(actor, topic) for topic in topics)


def _may_listen(actor: Actor, topic: str) -> bool:
    try:
        ref = Ref.parse(topic)
        known = _topics.get(ref.kind)
        return known is not None and bool(known.may_listen(actor, ref.id))
    except (ValueError, ValidationError):  # the id is the browser's, and may not be one
        return False


def changed_by(name: str, aggregate: str, payload: dict[str, Any]) -> frozenset[str]:
    """Return the topics that an event changes. A mapping that fails is logged; the others count."""
    changed: set[str] = set()
    for topic in _topics.values():
        try:
            changed.update(topic.matches(name, aggregate, payload))
        except Exception:
            logger.exception("topic_failed", extra={"topic": topic.kind, "event": name})
    return frozenset(changed)
