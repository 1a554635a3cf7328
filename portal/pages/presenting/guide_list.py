"""Guides as their list shows them: by topic, read as plain rows, for a whole guide has seventy fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from portal.accounts.models import Office
from portal.pages.models.topics import Topic

# What `sections` reads of a guide.
SHOWN = (
    *("title", "slug", "summary", "office__name", "office__name_en"),
    *("topic__slug", "topic__name", "topic__name_en"),
)


@dataclass(frozen=True)
class GuideCard:
    """A guide in the list."""

    title: str
    href: str
    summary: str
    office: str


@dataclass(frozen=True)
class Section:
    """The guides about one topic."""

    slug: str
    name: str
    cards: list[GuideCard]


def sections(guides: Iterable[dict[str, Any]], address: str) -> list[Section]:
    """Return guides, read with SHOWN in the order of their topics, topic by topic. address: of the list they stand below."""
    found = []
    for (slug, name, name_en), rows in groupby(guides, lambda row: tuple(row[key] for key in SHOWN[-3:])):
        cards = [
            GuideCard(
                title=row["title"],
                href=f"{address}{row['slug']}/",
                summary=row["summary"],
                office=Office(name=row["office__name"], name_en=row["office__name_en"]).local_name,
            )
            for row in rows
        ]
        found.append(Section(slug, str(Topic(name=name, name_en=name_en)), cards))
    return found
