"""Tells of pages and topics that were published, changed, taken down or deleted, in the transaction in which it happens.

Wagtail publishes in many ways: at once, by a workflow, at an hour that was set, with a page above. All of them save the
page, so saving tells (ADR 23).
"""

from collections.abc import Iterable
from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME

from portal.journal.publishing import publish, publish_batch
from portal.kernel import clock as clocks
from portal.kernel.actors import system
from portal.pages.events import PageChanged, TopicChanged

PAGE, TOPIC = "portal.pages.page", "portal.pages.topic"
BY = system("pages")
# What saving a draft writes of the page itself: nothing that readers see.
OF_DRAFTS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "locked", "locked_at"}
    | {"locked_by", "go_live_at", "approved_go_live_at", "live_revision", COMMENTS_RELATION_NAME}
)


def is_of_drafts(update_fields: Iterable[str] | None) -> bool:
    """Tell whether only what belongs to a draft is written."""
    return update_fields is not None and OF_DRAFTS.issuperset(update_fields)


def tell(pages: Iterable[Any]) -> None:
    """Publish that pages have changed. Raises RuntimeError outside a transaction."""
    batch = [(f"{PAGE}:{page.pk}", [PageChanged(page=page.pk, kind=page.cached_content_type.model)]) for page in pages]
    publish_batch(batch, by=BY, at=clocks.installed().now())


def tell_of_topic(topic: Any) -> None:
    """Publish that a topic has changed. Raises RuntimeError outside a transaction."""
    publish(TopicChanged(), about=f"{TOPIC}:{topic.pk}", by=BY, at=clocks.installed().now())
