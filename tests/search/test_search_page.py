"""The page of results as residents meet it."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from wagtail.models import PageViewRestriction

from search.asking import LONGEST
from search.engines import embedded
from search.engines.base import EngineAway
from tests.factories.pages import full_guide, guide, news, notice, office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TITLE = re.compile(r'class="found-line__title"><a href="([^"]+)">(.*?)</a>')


def titles(text: str) -> list[str]:
    return [unescape(re.sub("</?mark>", "", title)) for _href, title in TITLE.findall(text)]


def link(text: str, label: str) -> dict[str, list[str]]:
    """Return the query of the link that begins with `label`."""
    href = re.search(rf'<a href="([^"]+)"[^>]*>{label}', text).group(1)
    return parse_qs(urlsplit(unescape(href)).query)


# --- Finding --------------------------------------------------------------------------------


def test_results_lead_to_their_pages_and_mark_what_was_looked_for(look):
    page = guide("居住证签注", summary="每年签注一次。")

    text = look("居住证 签注")

    assert f'<a href="{page.get_url()}"><mark>居住证签注</mark></a>' in text
    assert "每年<mark>签注</mark>一次" in text
    assert "公安分局" in text
    assert "找到 1 条" in text


@pytest.mark.parametrize("typed", ["暂住证签注", "juzhuzheng", "居住證簽註", "居主证签注", "JZZ"])
def test_it_understands_old_names_pinyin_traditional_characters_and_slips(look, typed):
    guide("居住证签注")
    guide("户口迁入", slug="move-in", office=office("police"))

    assert titles(look(typed))[0] == "居住证签注"


def test_a_slip_is_answered_with_what_was_perhaps_meant(look):
    guide("居住证签注")

    text = look("居主证怎么办")

    assert "您要找的是不是" in text
    assert link(text, "居住证怎么办") == {"q": ["居住证怎么办"]}
    assert "您要找的是不是" not in look("居住证怎么办")
    # Of a sentence only a piece was understood: nobody means the rest of it.
    assert "您要找的是不是" not in look("小猫咪居主证")
    # Words that are right are no slips of others.
    assert "您要找的是不是" not in look("交通事故")
    assert "您要找的是不是" not in look("楼下广场舞太吵")


def test_words_of_readers_and_of_editors_are_escaped(look):
    guide("居住证 <b>签注</b>", slug="bold")

    text = look("居住证<script>alert(1)</script>")

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;" in text


@pytest.mark.parametrize(
    "typed",
    ["", " ", "？！", "*:* OR", '"', "'", "居" * 5000, "a" * 5000, "🙂", "\x00\x07", "title:x^9 AND (", "的", "()"],
)
@pytest.mark.parametrize("path", ["/search/", "/en/search/"])
def test_no_query_breaks_the_page(look, path, typed):
    guide()

    text = look(typed, path, page="99999999", sort="x", kind="\x00", year="soon")

    assert text.count("<h1") == 1
    assert "居" * (LONGEST + 1) not in text


def test_the_page_without_a_query_says_how_to_ask_and_finds_nothing(look):
    guide()

    text = look()

    assert "平时怎么说就怎么写" in text
    assert titles(text) == []


# --- Narrowing, order, pages ----------------------------------------------------------------


def test_facets_count_and_combine(look):
    guide("积分入学", office=office("schools"))
    news("积分入学开始报名", date=date(2026, 1, 5))
    notice("积分入学公示", date=date(2025, 3, 2))

    every = look("积分入学")
    assert link(every, "新闻 ") == {"q": ["积分入学"], "kind": ["news"]}
    assert link(every, "2025 ") == {"q": ["积分入学"], "year": ["2025"]}

    one = look("积分入学", kind="news")
    assert titles(one) == ["积分入学开始报名"]
    assert link(one, "公示公告 ") == {"q": ["积分入学"], "kind": ["news", "notice"]}
    assert link(one, "新闻 ") == {"q": ["积分入学"]}

    assert sorted(titles(look("积分入学", kind=["news", "notice"]))) == ["积分入学公示", "积分入学开始报名"]
    assert titles(look("积分入学", kind=["news", "notice"], year="2025")) == ["积分入学公示"]
    assert titles(look("积分入学", office="schools", kind="guide")) == ["积分入学"]


def test_newest_first_is_an_order_of_its_own(look):
    news("积分入学报名", slug="old", date=date(2025, 1, 5))
    news("关于积分入学的其他事项", slug="new", date=date(2026, 1, 5))

    assert titles(look("积分入学报名"))[0] == "积分入学报名"
    assert titles(look("积分入学报名", sort="newest"))[0] == "关于积分入学的其他事项"


def test_results_are_paged_and_each_page_keeps_the_query(look):
    for number in range(17):
        news(f"积分入学第{number}期", slug=f"n-{number}")

    first, second = look("积分入学"), look("积分入学", page=2)

    assert len(titles(first)) == 15
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))
    assert link(first, "下一页") == {"q": ["积分入学"], "page": ["2"]}


# --- Nothing, or little ---------------------------------------------------------------------


def test_where_nothing_is_found_the_page_leads_on(look):
    guide()

    text = look("吃葡萄不吐葡萄皮")

    assert "没有找到" in text
    ask = next(href for href in re.findall(r'href="([^"]+)"', text) if "title=" in href)
    assert parse_qs(urlsplit(unescape(ask)).query) == {"title": ["吃葡萄不吐葡萄皮"]}
    assert "12345" in text


def test_the_words_go_along_into_the_question_that_is_asked(client):
    begin = client.get("/ask/", {"title": "葡萄皮 怎么分类"}).content.decode()
    assert 'name="title" value="葡萄皮 怎么分类"' in begin

    to = client.post("/ask/start/", {"title": "葡萄皮 怎么分类"}).url
    question = client.get(to.replace("topic", "question")).content.decode()

    assert 'value="葡萄皮 怎么分类"' in question
    assert "y-field--error" not in question


def test_where_only_part_of_the_words_is_met_the_page_says_so(look):
    guide("居住证签注")

    text = look("居住证签注 葡萄酒进口 报关")

    assert titles(text) == ["居住证签注"]
    assert "只符合一部分的结果" in text
    assert "还可以这样" in text


def test_what_meets_all_stands_apart_from_what_meets_a_part(look):
    guide("犬只登记", slug="dogs", office=office("police"))
    guide("结婚登记", slug="marriage", office=office("civil"))

    text = look("犬只登记")

    whole, _, part = text.partition("只符合一部分的结果")
    assert "结婚" in part
    assert "犬只" in whole
    assert "结婚" not in whole.partition("found-lines")[2]
    assert "还可以这样" not in text


def test_a_choice_brings_as_many_as_stand_beside_it(look):
    for number in range(6):
        guide(f"居住证签注{number}", slug=f"permit-{number}", office=office("police"))
    guide("户口迁入", slug="move-in", office=office("civil"))

    text = look("居住证签注")
    assert "只符合一部分的结果" not in text

    narrowed = look("居住证签注", office="civil")
    assert titles(narrowed) == []


def test_what_has_been_kept_from_readers_since_is_not_named(look):
    page = guide("居住证签注")
    assert titles(look("居住证签注")) == ["居住证签注"]

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert "签注</" not in look("居住证签注")


# --- The engine is away ---------------------------------------------------------------------


def test_while_the_engine_is_away_titles_are_found_and_the_page_says_so(look, monkeypatch):
    guide("居住证签注")
    look("居住证")

    def away(self, asked):
        raise EngineAway

    monkeypatch.setattr(embedded.EmbeddedEngine, "ask", away)

    text = look("暂住证")
    assert titles(text) == ["居住证签注"]
    assert "搜索现在不完整" in text
    assert "没有找到" in look("葡萄")


# --- English --------------------------------------------------------------------------------


def test_english_pages_are_found_in_english_surroundings(look):
    news("步道建成")
    news("A walkway is open", language="en", slug="walkway")

    assert titles(look("walkway", "/en/search/")) == ["A walkway is open"]
    assert titles(look("walkway", "/search/")) == []


def test_what_is_not_there_in_english_is_shown_in_chinese_and_the_page_says_so(look):
    guide("居住证签注")

    text = look("juzhuzheng", "/en/search/")

    assert titles(text) == ["居住证签注"]
    assert "these pages are in Chinese" in text
    assert '<li class="found-line" lang="zh-Hans">' in text


# --- The answer as a whole ------------------------------------------------------------------


def test_results_cost_the_same_with_one_and_with_three(
    look, client, background, django_assert_num_queries, django_assert_max_num_queries
):
    guide("积分入学一", office=office("schools"))
    look("积分入学")
    # Some are asked once in a few seconds outside of tests, and five count the search.
    with django_assert_max_num_queries(18) as with_one:
        client.get("/search/", {"q": "积分入学"})

    for number in (2, 3):
        guide(f"积分入学第{number}", slug=f"guide-{number}", office=office("schools"))
    background()
    with django_assert_num_queries(len(with_one)):
        assert len(titles(client.get("/search/", {"q": "积分入学"}).content.decode())) == 3


def test_crawlers_keep_out_and_the_anonymous_share_the_page(client):
    response = client.get("/search/", {"q": "居住证"})

    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_the_home_page_and_every_header_lead_here(client):
    text = client.get("/").content.decode()

    assert '<form class="y-search y-search--large" method="get" action="/search/"' in text
    assert '<a href="/search/">搜索</a>' in text


# --- Suggestions ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["jzz", "居住", "juzhu", "居住證", "签注", "qz", "JuZhuZheng"])
def test_titles_are_suggested_by_words_pinyin_and_first_letters(client, background, typed):
    page = guide("居住证签注")
    background()

    found = client.get("/search/suggestions/", {"q": typed}).json()["suggestions"]

    assert found == [{"text": "居住证签注", "kind": "办事指南", "href": page.get_url()}]


@pytest.mark.parametrize("typed", ["", "j", "？", "没有的", "\x00", "居" * 3000])
def test_nothing_is_suggested_where_nothing_begins_so(client, background, typed):
    guide("居住证签注")
    background()

    assert client.get("/search/suggestions/", {"q": typed}).json() == {"suggestions": [], "status": ""}


def test_what_may_no_longer_be_read_is_not_suggested(client, background):
    page = full_guide()
    background()
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert client.get("/search/suggestions/", {"q": "子女"}).json()["suggestions"] == []
