"""News, notices, policies and interpretations as residents, feed readers and search engines meet them."""

import json
import re
from datetime import date, datetime
from html import unescape
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from portal.pages.models import NewsIndexPage
from tests.factories.pages import interpretation, news, notice, office, picture, policy, topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ("/news/", "/notices/", "/policies/", "/policies/interpretations/")


def text_of(client, path, query=None):
    response = client.get(path, query or {})
    assert response.status_code == 200, path
    return response.content.decode()


def atom(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314 — our own feed


def titles(text: str) -> list[str]:
    return re.findall(r'class="article-row__title"><a[^>]*>([^<]+)</a>', text)


def three(make):
    return [make(f"第{number}条", slug=f"number-{number}") for number in range(3)]


def an_interpretation(title, **fields):
    slug = f"of-{fields.get('slug', title)}"
    return interpretation(title, of=policy(title, slug=slug), **fields)


MAKERS = {"/news/": news, "/notices/": notice, "/policies/": policy, "/policies/interpretations/": an_interpretation}


# --- Lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*LISTS, *(f"/en{path}" for path in LISTS)])
def test_every_site_has_the_lists_in_both_languages_and_empty_ones_say_so(client, path):
    text = text_of(client, path)

    assert ("There is nothing here yet" if path.startswith("/en/") else "这里还没有内容") in text
    assert text.count("<h1") == 1
    assert 'aria-current="page">' in text


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, path, django_assert_num_queries, django_assert_max_num_queries
):
    MAKERS[path]("一条", slug="one", topics=[topic()])
    client.get(path)
    with django_assert_max_num_queries(15) as with_one:
        client.get(path)

    for number in (2, 3):
        MAKERS[path](f"第{number}条", slug=f"number-{number}", topics=[topic()])
    with django_assert_num_queries(len(with_one)):
        assert len(titles(text_of(client, path))) == 3


@pytest.mark.parametrize("path", LISTS)
def test_what_can_be_chosen_is_read_once_in_some_seconds_for_each_list_and_language(client, settings, path):
    settings.KEPT_SECONDS = 60
    MAKERS[path]("一条", slug="one", topics=[topic("water", "水务", "Water")])
    assert ">水务<" in text_of(client, path)

    MAKERS[path]("二条", slug="two", topics=[topic("roads", "道路", "Roads")])
    again, in_english = text_of(client, path), text_of(client, f"/en{path}")
    assert titles(again) == ["二条", "一条"]
    assert ">水务<" in again
    assert ">道路<" not in again
    assert "水务" not in in_english

    caches["memory"].clear()  # some seconds later
    assert ">道路<" in text_of(client, path)


@pytest.mark.parametrize("path", LISTS)
def test_a_feed_costs_the_same_with_one_entry_and_with_three(
    client, path, django_assert_num_queries, django_assert_max_num_queries
):
    MAKERS[path]("一条", slug="one", topics=[topic()])
    client.get(f"{path}feed/")
    with django_assert_max_num_queries(15) as with_one:
        client.get(f"{path}feed/")

    for number in (2, 3):
        MAKERS[path](f"第{number}条", slug=f"number-{number}", topics=[topic()])
    with django_assert_num_queries(len(with_one)):
        client.get(f"{path}feed/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["新的", "旧的"]),
        ({"topic": "care"}, ["旧的"]),
        ({"year": "2025"}, ["旧的"]),
        ({"q": "新"}, ["新的"]),
        ({"q": "新 旧"}, []),
        ({"topic": "nonsense", "year": "x"}, ["新的", "旧的"]),
    ],
)
def test_news_are_found_by_topic_year_and_words(client, query, found):
    news("旧的", date=date(2025, 6, 1), topics=[topic("care", "养老")])
    news("新的", topics=[topic()])
    text = text_of(client, "/news/", query)

    assert titles(text) == found
    assert ("没有符合条件的内容" in text) is (not found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "running"}, ["进行中"]),
        ({"state": "ended"}, ["结束了"]),
        ({"kind": "consultation"}, ["结束了"]),
        ({"office": "street"}, ["进行中"]),
        ({"q": "31号"}, ["进行中"]),
    ],
)
def test_notices_are_found_by_kind_office_and_state(client, query, found):
    notice("结束了", starts_on=date(2026, 2, 2), kind="consultation")
    notice("进行中", office=office("street", "桂塘街道"), number="澄建〔2026〕31号")

    assert titles(text_of(client, "/notices/", query)) == found


@pytest.mark.parametrize(
    ("asked", "found"), [("in_force", ["有效的"]), ("ahead", ["还没生效的"]), ("over", ["废止的"])]
)
def test_policies_are_found_by_validity_as_of_today(client, asked, found):
    policy("有效的")
    policy("还没生效的", in_force_on=date(2026, 4, 1))
    policy("废止的", repealed_on=date(2026, 3, 1))

    assert titles(text_of(client, "/policies/", {"validity": asked})) == found


def test_a_long_list_has_pages_that_keep_the_filters(client):
    for number in range(21):
        news(f"新闻{number}", slug=f"n{number}")

    assert len(titles(text_of(client, "/news/"))) == 20
    second = text_of(client, "/news/", {"page": "2", "year": "2026"})
    assert len(titles(second)) == 1
    assert "year=2026" in second


def test_a_page_that_only_some_may_read_is_in_no_list_feed_or_block(client):
    private = news("内部", slug="private")
    news("公开", slug="open")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    for path in ("/news/", "/news/feed/", "/"):
        text = text_of(client, path)
        assert "公开" in text
        assert ">内部<" not in text


@pytest.mark.parametrize("path", ["/news/", "/news/feed/"])
def test_a_private_list_has_no_feed_either(client, path):
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)

    response = client.get(path)
    assert response.status_code == 302
    assert "login" in response.url


# --- Feeds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "language", "name"), [("", "zh-hans", "新闻动态 - 议事"), ("/en", "en", "News - Yishi")]
)
def test_a_feed_is_well_formed_atom_in_its_own_language(client, settings, prefix, language, name):
    news("步道建成", summary="没有台阶 & <平缓>", topics=[topic()], language=language)
    response = client.get(f"{prefix}/news/feed/")
    feed = atom(response.content)

    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.findtext(f"{ATOM}title") == name
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "步道建成"
    # Feed readers take it for HTML: what they show is what was written.
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert unescape(entry.findtext(f"{ATOM}summary")) == "没有台阶 & <平缓>"
    assert "<" not in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href").startswith(f"{settings.BASE_URL}{prefix}/news/")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")).isoformat() == "2026-03-02T00:00:00+08:00"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo
    own = next(link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href") == f"{settings.BASE_URL}{prefix}/news/feed/"


def test_a_feed_keeps_the_lists_filters_and_the_list_leads_to_it(client):
    news("养老新闻", topics=[topic("care", "养老")])
    news("别的")
    text = text_of(client, "/news/", {"topic": "care"})
    address = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', text)[1]
    feed = atom(client.get(address.replace("&amp;", "&")).content)

    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["养老新闻"]


def test_the_same_text_in_two_languages_is_two_entries_and_a_moved_page_stays_one(client):
    page = news("步道建成", slug="path")

    def entries():
        feed = atom(client.get("/news/feed/").content)
        return [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]

    before = entries()
    page.slug = "the-path"
    page.save()
    assert entries() == before
    assert before[0].endswith("/zh-hans")


# --- Pages ----------------------------------------------------------------------------------


def full_body(image):
    return [
        {"type": "heading", "value": {"text": "怎么去", "level": "2"}},
        {"type": "paragraph", "value": "<p>乘 8 路公交。</p>"},
        {"type": "picture", "value": {"picture": {"image": image.pk, "alt_text": "清晨的湖", "decorative": False}, "caption": "北岸"}},
        {"type": "quotation", "value": {"text": "少跑一趟。", "who": "值班窗口"}},
        {"type": "box", "value": {"tone": "warning", "title": "请注意", "text": "<p>逾期不再受理。</p>"}},
        {"type": "facts", "value": {"title": "", "facts": [{"label": "时间", "text": "周二"}]}},
        {
            "type": "table",
            "value": {
                "caption": "补助标准",
                "table": {
                    "columns": [{"type": "text", "heading": "对象"}, {"type": "number", "heading": "元"}],
                    "rows": [{"values": ["八十岁以上", 120]}],
                    "caption": "",
                },
            },
        },
        {"type": "links", "value": {"title": "相关链接", "links": [{"page": None, "address": "https://example.org/", "text": "外面"}]}},
    ]  # fmt: skip


def test_an_article_shows_its_blocks(client):
    page = news(body=full_body(picture()), author="编辑部", source="区住建局", topics=[topic()])
    text = text_of(client, page.url)

    for words in (
        "<h2>怎么去</h2>", "<p>乘 8 路公交。</p>", 'alt="清晨的湖"', "北岸", "少跑一趟。", "值班窗口", "请注意", "周二",
        "补助标准", 'class="is-numeric"', "120", ">外面</a>", "来源：区住建局", "作者：编辑部", "?topic=residence",
    ):  # fmt: skip
        assert words in text


def test_a_picture_comes_in_modern_formats_with_its_size_and_is_loaded_when_it_is_reached(client):
    image = picture()
    text = text_of(client, news(body=full_body(image)).url)

    assert 'type="image/avif"' in text
    assert 'type="image/webp"' in text
    (img,) = re.findall(r"<img[^>]*>", text)
    for attribute in ('width="', 'height="', 'loading="lazy"', "sizes="):
        assert attribute in img

    first = text_of(client, news("在先", slug="first", body=full_body(image)[2:]).url)
    assert 'loading="lazy"' not in first


def test_an_article_costs_the_same_with_one_picture_and_with_three(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    one = news(slug="one", body=full_body(picture()), topics=[topic()])
    client.get(one.url)
    with django_assert_max_num_queries(15) as with_one:
        client.get(one.url)
    as_many = len(with_one)

    body = full_body(picture()) + 2 * [full_body(picture())[2]]
    three_pictures = news(slug="three", body=body, topics=[topic(), topic("care", "养老")])
    client.get(three_pictures.url)
    with django_assert_num_queries(as_many):
        client.get(three_pictures.url)


def test_related_pages_are_named_when_everybody_may_read_them(client):
    shown, private = news("看得到", slug="shown"), news("看不到", slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    links = [{"page": page.pk, "address": "", "text": ""} for page in (shown, private)]
    page = news(
        related=[{"type": "page", "value": shown.pk}, {"type": "page", "value": private.pk}],
        body=[{"type": "links", "value": {"title": "另见", "links": links}}],
    )
    text = text_of(client, page.url)

    assert text.count(">看得到</a>") == 2
    assert "看不到" not in text


# --- What search engines and inspectors read ------------------------------------------------


def tags(text: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="([A-Z]\w+)" content="([^"]*)">', text))


def test_an_article_has_the_tags_of_site_column_and_article(client, settings):
    settings.SITE_IDENTITY = settings.SITE_IDENTITY | {"site_code": "3302000001", "owner": "区政府办公室"}
    page = news(
        "步道建成",
        slug="path",
        summary="没有台阶。",
        author="编辑部",
        source="区住建局",
        topics=[topic()],
        body=full_body(picture()),
    )
    found = tags(text_of(client, page.url))

    assert found.pop("Image").startswith(f"{settings.BASE_URL}/media/images/")
    assert found == {
        "SiteName": "议事",
        "SiteDomain": "localhost",
        "SiteIDCode": "3302000001",
        "ColumnName": "新闻动态",
        "ColumnDescription": "本地政府的新闻：做了什么、正在做什么。",
        "ColumnKeywords": "新闻动态,信息发布",
        "ColumnType": "信息发布",
        "ArticleTitle": "步道建成",
        "PubDate": "2026-03-02",
        "ContentSource": "区住建局",
        "Keywords": "户籍与居住",
        "Author": "编辑部",
        "Description": "没有台阶。",
        "Url": f"{settings.BASE_URL}/news/path/",
    }


def test_the_tag_of_publication_says_the_minute_where_it_is_known(client):
    page = news(first_published_at=datetime.fromisoformat("2026-03-02T01:30:00+00:00"))

    assert tags(text_of(client, page.url))["PubDate"] == "2026-03-02 09:30"


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/", "首页", None),
        ("/news/", "新闻动态", "信息发布"),
        ("/policies/interpretations/", "政策解读", "解读回应"),
        ("/guides/", "办事指南", "办事服务"),
        ("/life-events/", "一件事", "办事服务"),
        ("/sessions/", "访谈接访", "互动交流"),
        ("/about/", "关于本站", None),
        ("/answers/", "问答公开", "互动交流"),
        ("/performance/", "办理情况", "互动交流"),
        ("/en/notices/", "Public notices", "Information"),
    ],
)
def test_every_public_page_names_its_column(client, path, name, kind):
    found = tags(text_of(client, path))

    assert found["SiteName"]
    assert found["SiteDomain"] == "localhost"
    assert found["ColumnName"] == name
    assert found.get("ColumnType") == kind
    assert ("ArticleTitle" in found) is (path == "/about/")


def structured(text: str) -> dict:
    return json.loads(re.search(r'<script[^>]*id="structured-data"[^>]*>(.*?)</script>', text, re.S)[1])


def test_search_engines_get_news_as_data(client):
    page = news("步道建成", source="区住建局", body=full_body(picture()))
    data = structured(text_of(client, page.url))

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "步道建成"
    assert data["publisher"]["name"] == "区住建局"
    assert data["datePublished"] == "2026-03-02"
    assert data["image"][0].endswith(".jpg")


def test_the_home_page_shows_open_notices_nearest_end_first_and_the_newest_news(client):
    notice("结束了", starts_on=date(2026, 2, 2))
    notice("晚些结束", period_length=9)
    notice("先结束", period_length=3)
    news("新闻一")
    text = text_of(client, "/")

    assert titles(text) == ["先结束", "晚些结束", "新闻一"]
    assert "还剩 3 个工作日" in text
    assert "新闻一" not in text_of(client, "/en/")
