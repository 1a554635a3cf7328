"""What happens to the editors' pages and must be told of. Ids and dates only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReviewDue(Event):
    """A page has to be verified again by `due`; its editor is to hear of it, once per date."""

    name: ClassVar[str] = "pages.review_due"
    page: int
    due: date


@dataclass(frozen=True, kw_only=True)
class TopicChanged(Event):
    """A topic has another name, perhaps. About the topic."""

    name: ClassVar[str] = "pages.topic_changed"


@dataclass(frozen=True, kw_only=True)
class PageChanged(Event):
    """What may be read of a page has changed: it was published, changed, taken down or deleted. kind: the type's name."""

    name: ClassVar[str] = "pages.page_changed"
    page: int
    kind: str
