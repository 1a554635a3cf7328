"""Life events, sessions and spokespersons, as they are found."""

from collections.abc import Iterator
from typing import Any

from portal.kernel.workdays import local_date
from portal.pages.models import LifeEventPage, SessionPage, SpokespersonPage
from portal.pages.models.spokespersons import speaking
from portal.pages.plugs.search.kinds import OFFICE_CHANGED, blocks, prose, register_pages


def _life_event(page: LifeEventPage) -> Iterator[str]:
    yield page.summary
    yield from prose(page.before)
    yield from blocks(page.steps)


def _session(page: SessionPage) -> Iterator[str]:
    yield from (page.summary, str(page.get_kind_display()), page.place, page.phone, page.office.local_name)
    yield from prose(page.how_to_take_part, page.record)
    for speaker in page.speakers.all():
        yield from (speaker.name, speaker.post)


def _spokesperson(page: SpokespersonPage) -> Iterator[str]:
    yield from (page.post, page.office.local_name, page.answers_for, page.hours, page.summary)


def _joined(pages: Any) -> Any:
    return pages.select_related("office").prefetch_related("speakers", "topics")


register_pages(
    "life_event",
    LifeEventPage,
    keywords=lambda page: [str(topic) for topic in page.topics.all()],
    body=_life_event,
    weight=1.15,
    narrow=lambda pages: pages.prefetch_related("topics"),
)
register_pages(
    "session",
    SessionPage,
    keywords=lambda page: [str(topic) for topic in page.topics.all()],
    body=_session,
    office=lambda page: page.office.code,
    published=lambda page: local_date(page.starts_at),
    weight=0.95,
    narrow=_joined,
    names={OFFICE_CHANGED: "office"},
)
register_pages(
    "spokesperson",
    SpokespersonPage,
    keywords=lambda page: [page.post, page.office.local_name],
    body=_spokesperson,
    office=lambda page: page.office.code,
    narrow=speaking,
    names={OFFICE_CHANGED: "appointment__office"},
)
