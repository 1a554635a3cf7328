"""News, notices, policies and interpretations, as they are found."""

from collections.abc import Iterator
from typing import Any

from portal.pages.events import PageChanged
from portal.pages.models import InterpretationPage, NewsPage, NoticePage, PolicyPage
from portal.pages.models.articles import Article
from portal.pages.plugs.search.kinds import OFFICE_CHANGED, blocks, prose, register_pages


def _topics(page: Article) -> list[str]:
    return [str(topic) for topic in page.topics_read]


def _article(page: Article) -> Iterator[str]:
    yield page.summary
    yield from blocks(page.body)
    yield from (page.source, page.author)


def _notice(page: NoticePage) -> Iterator[str]:
    yield from _article(page)
    yield from (page.office.local_name, str(page.get_kind_display()), page.period_basis)
    yield from (page.how_to_object, page.phone, page.address)
    yield from blocks(page.attachments)
    yield from prose(page.outcome)


def _policy(page: PolicyPage) -> Iterator[str]:
    yield from _article(page)
    yield page.office.local_name
    yield from blocks(page.attachments)


def _interpretation(page: InterpretationPage) -> Iterator[str]:
    yield from _article(page)
    yield from (page.policy.title, page.policy.number, str(page.get_kind_display()))


def _joined(*names: str) -> Any:
    return lambda pages: pages.select_related(*names).prefetch_related("topics")


def _day(page: Article) -> Any:
    return page.date


register_pages(
    "news",
    NewsPage,
    keywords=_topics,
    body=_article,
    published=_day,
    weight=0.9,
    narrow=lambda pages: pages.prefetch_related("topics"),
)
register_pages(
    "notice",
    NoticePage,
    keywords=lambda page: [page.number, *_topics(page)],
    body=_notice,
    office=lambda page: page.office.code,
    published=_day,
    weight=0.85,
    narrow=_joined("office"),
    names={OFFICE_CHANGED: "office"},
)
register_pages(
    "policy",
    PolicyPage,
    keywords=lambda page: [page.number, *_topics(page)],
    body=_policy,
    office=lambda page: page.office.code,
    published=_day,
    weight=1.1,
    narrow=_joined("office"),
    names={OFFICE_CHANGED: "office"},
)
register_pages(
    "interpretation",
    InterpretationPage,
    keywords=_topics,
    body=_interpretation,
    office=lambda page: page.policy.office.code,
    published=_day,
    narrow=_joined("policy__office"),
    names={PageChanged.name: "policy"},
)
