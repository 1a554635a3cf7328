"""Editors' pages for tests."""

import json
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.models import Page

from portal.accounts.models import Office
from portal.kernel.clock import SHANGHAI
from portal.pages.models import (
    CentreHours,
    CentreIndexPage,
    CentrePage,
    GuideAnswer,
    GuideBasis,
    GuideEntitlement,
    GuideIndexPage,
    GuideMaterial,
    GuidePage,
    GuidePlace,
    GuideQuestion,
    GuideStep,
    HomePage,
    InterpretationIndexPage,
    InterpretationPage,
    LifeEventIndexPage,
    LifeEventPage,
    NewsIndexPage,
    NewsPage,
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    SessionIndexPage,
    SessionPage,
    SessionSpeaker,
    SpokespersonIndexPage,
    SpokespersonPage,
    StandardPage,
    Topic,
)
from tests.factories.accounts import LONG_AGO, AppointmentFactory, OfficeFactory


def home(language: str = "zh-hans") -> HomePage:
    """Return the home page that the migrations made."""
    return HomePage.objects.get(locale__language_code=language)


def standard_page(title: str, parent: Page | None = None, **fields: Any) -> StandardPage:
    """Return a new live page below `parent`, the Chinese home page if none is given."""
    parent = parent or home()
    page = StandardPage(title=title, slug=fields.pop("slug", f"page-{title}"), locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def centre(title: str = "政务服务中心", **fields: Any) -> CentrePage:
    """Return a live centre, open on working days, 9 to 12 and 13:30 to 17."""
    index = CentreIndexPage.objects.get(locale=home().locale)
    page = CentrePage(
        title=title,
        slug=fields.pop("slug", f"centre-{title}"),
        locale=index.locale,
        **{"address": "湖滨路 1 号", "phone": "0599-1234567"} | fields,
    )
    for opens, closes in ((time(9), time(12)), (time(13, 30), time(17))):
        page.hours.add(CentreHours(day="working", opens=opens, closes=closes, locale=index.locale))
    return index.add_child(instance=page)


def guide(title: str = "居住证办理", *, rows: Any = (), **fields: Any) -> GuidePage:
    """Return a live guide. rows: unsaved rows of any kind, in order."""
    index = GuideIndexPage.objects.get(locale=home().locale)
    topic = Topic.objects.get_or_create(slug="residence", defaults={"name": "户籍与居住", "name_en": "Residence"})[0]
    told = {
        "topic": topic,
        "office": fields.pop("office", None) or OfficeFactory(code="police", name="公安分局"),
        "conditions": "<p>在本地居住满半年。</p>",
        "channels": ["counter", "online"],
        "enquiries": "0599-1111111",
        "complaints": "12345",
        "verified_on": date(2026, 3, 2),
        "promised_limit": 10,
        "statutory_limit": 15,
    }
    page = GuidePage(title=title, slug=fields.pop("slug", f"guide-{title}"), locale=index.locale, **told | fields)
    places = {related.related_model: related.get_accessor_name() for related in GuidePage._meta.related_objects}
    for row in rows:
        row.locale = index.locale
        getattr(page, places[type(row)]).add(row)
    return index.add_child(instance=page)


def full_guide() -> GuidePage:
    """A guide with a row of each kind: permit holders apply, a dormant permit has to be endorsed first."""
    return guide(
        "子女入学",
        plain_name="新居民孩子上学",
        summary="新居民的孩子怎样上公办学校。",
        online_address="https://example.org/apply",
        online_depth="accept",
        rows=[
            GuideQuestion(key="has-house", text="在本地有自购住房吗？"),
            GuideEntitlement(outcome="yes", kinds=["registered"]),
            GuideEntitlement(outcome="limited", kinds=["permit"], explanation="按积分安排。"),
            GuideEntitlement(outcome="no", kinds=["permit_dormant"], explanation="请先到派出所补办签注。"),
            GuideMaterial(name="户口簿", source="government", issuer="公安机关"),
            GuideMaterial(name="居住证", kinds=["permit"], copies=1),
            GuideMaterial(name="房产证", has="has-house", need="conditional"),
            GuideMaterial(name="出生证明", age_to=6),
            GuideStep(name="申请", text="网上填报", duration="当场"),
            GuideBasis(law="居住证暂行条例", number="国务院令第 663 号", article="第十二条"),
            GuideAnswer(question="可以代办吗？", answer="可以，带委托书。"),
            GuidePlace(centre=centre(), counter="5 号窗口"),
        ],
    )


def life_event(title: str = "孩子出生", *, steps: Any = (), language: str = "zh-hans", **fields: Any) -> LifeEventPage:
    """Return a live life event. steps: what differs from a plain step, of each; `guides` are pages."""
    index = LifeEventIndexPage.objects.get(locale=home(language).locale)
    blocks = [
        {"type": "step", "id": f"{number:08x}-0000-4000-8000-000000000000", "value": _step(**told)}
        for number, told in enumerate(steps, start=1)
    ]
    page = LifeEventPage(
        title=title,
        slug=fields.pop("slug", f"event-{title}"),
        locale=index.locale,
        steps=json.dumps(blocks),
        **{"first_published_at": LONG_AGO, "last_published_at": LONG_AGO} | fields,
    )
    return index.add_child(instance=page)


def _step(title: str = "第一步", guides: Any = (), **told: Any) -> dict[str, Any]:
    plain = {"relation": "then", "applies": "", "text": ""}
    return plain | told | {"title": title, "guides": [page.pk for page in guides]}


def profile(title: str = "王明", *, office: Office | None = None, **fields: Any) -> SpokespersonPage:
    """Return a live profile of a new spokesperson of `office`."""
    index = SpokespersonIndexPage.objects.get(locale=home().locale)
    appointment = fields.pop("appointment", None)
    if appointment is None:
        appointment = AppointmentFactory(office=office or OfficeFactory())
    page = SpokespersonPage(
        title=title,
        slug=fields.pop("slug", f"profile-{title}"),
        locale=index.locale,
        appointment=appointment,
        **{"answers_for": "报名和学区。", "agreed_on": date(2026, 2, 1)} | fields,
    )
    return index.add_child(instance=page)


def session(title: str = "谈报名", *, days: int = 3, speakers: Any = (), **fields: Any) -> SessionPage:
    """Return a live session of an hour, so many days after Monday 2026-03-02, 10:00. speakers: profiles."""
    index = SessionIndexPage.objects.get(locale=home().locale)
    starts_at = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI) + timedelta(days=days)
    told = {
        "office": fields.pop("office", None) or OfficeFactory(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "how_to_take_part": "<p>网上提问。</p>",
        "first_published_at": LONG_AGO,
        "last_published_at": LONG_AGO,
    }
    page = SessionPage(title=title, slug=fields.pop("slug", f"session-{title}"), locale=index.locale, **told | fields)
    for person in speakers:
        page.speakers.add(SessionSpeaker(person=person, locale=index.locale))
    return index.add_child(instance=page)


def topic(slug: str = "residence", name: str = "户籍与居住", name_en: str = "Residence") -> Topic:
    """Return the topic, made when it is first wanted."""
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en})[0]


def office(code: str = "schools", name: str = "区教育局") -> Office:
    """Return the office, made when it is first wanted."""
    return Office.objects.filter(code=code).first() or OfficeFactory(code=code, name=name)


def news(title: str = "步道建成", **fields: Any) -> NewsPage:
    """Return a live piece of news of the clock's day."""
    return _article(NewsPage, NewsIndexPage, title, fields)


def notice(title: str = "加装电梯公示", **fields: Any) -> NoticePage:
    """Return a live notice, open for seven working days from the clock's day on."""
    period = {"starts_on": date(2026, 3, 2), "period_length": 7}
    return _article(NoticePage, NoticeIndexPage, title, {"office": office()} | period | fields)


def policy(title: str = "积分入学办法", **fields: Any) -> PolicyPage:
    """Return a live policy document, in force since New Year."""
    told = {"office": office(), "number": "澄教〔2025〕14号"}
    dates = {"issued_on": date(2025, 12, 1), "in_force_on": date(2026, 1, 1)}
    return _article(PolicyPage, PolicyIndexPage, title, told | dates | fields)


def interpretation(title: str = "积分怎么算", *, of: PolicyPage, **fields: Any) -> InterpretationPage:
    """Return a live interpretation of a policy."""
    return _article(InterpretationPage, InterpretationIndexPage, title, {"policy": of} | fields)


def _article(kind: Any, index_kind: Any, title: str, fields: dict[str, Any]) -> Any:
    index = index_kind.objects.get(locale=home(fields.pop("language", "zh-hans")).locale)
    topics = fields.pop("topics", [])
    told = {"date": date(2026, 3, 2), "slug": f"article-{title}"}
    page = kind(title=title, locale=index.locale, **told | fields)
    page.topics = topics
    return index.add_child(instance=page)


def picture(title: str = "湖") -> Any:
    """Return an image of the library."""
    kept = BytesIO()
    Drawing.new("RGB", (1200, 675), "#9fc3e4").save(kept, "PNG")
    return get_image_model().objects.create(title=title, file=ImageFile(BytesIO(kept.getvalue()), name="lake.png"))
