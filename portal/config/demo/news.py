"""The demo's news, notices, policies and interpretations, in both languages and in every state there is."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from portal.accounts.models import Office
from portal.config.demo.accounts import read
from portal.config.demo.article_text import Block, blocks
from portal.config.demo.pictures import picture
from portal.kernel.workdays import local_date, start_of
from portal.pages.models import (
    InterpretationIndexPage,
    InterpretationPage,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    Topic,
)

LANGUAGES = {"zh-hans": "", "en": "_en"}  # language → how its keys end
PUBLISHED = timedelta(hours=9, minutes=30)  # after midnight
# What a document of the demo holds: a form to fill in, opened by every spreadsheet.
FORM = "\ufeff姓名 Name,\r\n地址 Address,\r\n意见 Comment,\r\n理由 Reason,\r\n"


def make_news(now: datetime) -> None:
    """Make all of it; the offices and topics must be there. now: aware; days are counted from its local date."""
    told = read("news")
    press = Press(now)
    for data in told["news"]:
        press.publish(NewsPage, NewsIndexPage, data)
    for data in told["notice"]:
        press.publish(NoticePage, NoticeIndexPage, data)
    # A document that another one replaces comes before it.
    for data in sorted(told["policy"], key=lambda policy: "replaces" in policy):
        press.publish(PolicyPage, PolicyIndexPage, data)
    for data in told["interpretation"]:
        press.publish(InterpretationPage, InterpretationIndexPage, data)


class Press:
    """Publishes pages, and keeps what several of them share."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = local_date(now)
        self.offices = {office.code: office for office in Office.objects.all()}
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.policies: dict[tuple[str, str], PolicyPage] = {}
        self.parents: dict[tuple[type[Page], str], Page] = {}
        self.pictures: dict[str, int] = {}
        self.documents: dict[str, int] = {}

    def publish(self, kind: Any, index: Any, data: dict[str, Any]) -> None:
        """Make one page in Chinese and its English twin."""
        day = self.today - timedelta(days=data.get("ago", max(0, data.get("starts_ago", 0))))
        at = min(start_of(day) + PUBLISHED, self.now)
        key = uuid4()
        for language, ending in LANGUAGES.items():
            page = kind(
                locale=self.locales[language],
                translation_key=key,
                slug=data["slug"],
                title=data[f"title{ending}"],
                summary=data[f"summary{ending}"],
                source=data.get(f"source{ending}", ""),
                date=day,
                first_published_at=at,
                last_published_at=at,
                body=list(blocks(data[f"body{ending}"], self.picture)),
                **self.fields_of(kind, data, ending, language, day.year),
            )
            page.topics = [self.topics[slug] for slug in data["topics"] if slug in self.topics]
            self.parent(index, language).add_child(instance=page)
            if kind is PolicyPage:
                self.policies[data["slug"], language] = page

    def fields_of(self, kind: Any, data: dict[str, Any], ending: str, language: str, year: int) -> dict[str, Any]:
        """Return the fields that only one type of page has."""
        if kind is InterpretationPage:
            return {"kind": data["kind"], "policy": self.policies[data["policy"], language]}
        if kind is NewsPage:
            return {}
        issued = {"office": self.offices[data["office"]], "number": data["number"].format(year=year)}
        if kind is NoticePage:
            return issued | {
                "kind": data["kind"],
                "starts_on": self.day(data, "starts"),
                "period_length": data.get("length"),
                "period_unit": data.get("unit", "working_day"),
                "period_basis": data.get(f"basis{ending}", ""),
                "how_to_object": data[f"how{ending}"],
                "phone": data["phone"],
                "address": data[f"address{ending}"],
                "outcome": data.get(f"outcome{ending}", ""),
                "outcome_on": self.day(data, "outcome"),
                "attachments": self.attachments(data, ending),
            }
        return issued | {
            "issued_on": self.day(data, "issued"),
            "in_force_on": self.day(data, "in_force"),
            "expires_on": self.day(data, "expires"),
            "repealed_on": self.day(data, "repealed"),
            "replaces": self.policies.get((data.get("replaces", ""), language)),
            "attachments": self.attachments(data, ending),
        }

    def day(self, data: dict[str, Any], name: str) -> date | None:
        """Return the day that `name`_ago names, None for none."""
        ago = data.get(f"{name}_ago")
        return None if ago is None else self.today - timedelta(days=ago)

    def parent(self, index: Any, language: str) -> Page:
        """Return the list that a page belongs to; the one copy counts its children."""
        if (index, language) not in self.parents:
            self.parents[index, language] = index.objects.get(locale=self.locales[language])
        return self.parents[index, language]

    def attachments(self, data: dict[str, Any], ending: str) -> list[Block]:
        """Return the document of a notice or policy, if it has one."""
        if "document" not in data:
            return []
        title = data[f"document{ending}"]
        value = {"document": self.document(data["document"]), "title": title, "note": ""}
        return [{"type": "document", "value": value}]

    def picture(self, name: str) -> int:
        """Return the id of a picture, drawn when it is first wanted."""
        if name not in self.pictures:
            drawn = ImageFile(BytesIO(picture(name)), name=f"{name}.png")
            self.pictures[name] = get_image_model().objects.create(title=name, file=drawn).pk
        return self.pictures[name]

    def document(self, title: str) -> int:
        """Return the id of a document, made when it is first wanted."""
        if title not in self.documents:
            form = ContentFile(FORM.encode(), name=f"form-{len(self.documents) + 1}.csv")
            self.documents[title] = get_document_model().objects.create(title=title, file=form).pk
        return self.documents[title]
