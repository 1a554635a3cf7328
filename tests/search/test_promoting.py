"""What editors recommend stands above what was found: marked, once, and only for those who may read it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from portal.pages.editing.promotions import TitleFilter
from search.engines import embedded
from search.engines.base import EngineAway
from search.indexing import note
from search.models import Entry, PromotedResult, Promotion, Synonym
from tests.factories.pages import guide, news, office
from tests.factories.promotions import promotion
from tests.factories.searches import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LINE = re.compile(r'<h2 class="found-line__title"><a href="([^"]+)">(.*?)</a>(.*?)</h2>', re.S)


def lines(html: str) -> list[str]:
    """Return the titles in order, with a star before those that are marked as recommended."""
    return [
        ("*" if re.search("推荐|Recommended", mark) else "") + unescape(re.sub("</?mark>", "", title))
        for _href, title, mark in LINE.findall(html)
    ]


@pytest.fixture
def three():
    """Three documents about residence permits."""
    police = office("police", name="公安分局")
    return [
        guide(f"居住证{what}", slug=f"p-{number}", office=police)
        for number, what in enumerate(("办理", "签注", "补领"))
    ]


def test_what_is_recommended_stands_first_is_marked_and_is_not_there_again(look, three):
    before = lines(look("居住证"))
    last = next(page for page in three if page.title == before[-1])

    promotion("居住证", f"guide:{last.pk}")

    html = look("居住证")
    assert lines(html) == [f"*{last.title}", *before[:-1]]
    assert "找到 3 条" in html


@pytest.mark.parametrize("typed", ["暂住证", "居住證怎么办", "jzz", "居主证"])
def test_one_entry_serves_every_name_and_spelling(look, three, typed):
    promotion("积分入学、居住证", f"guide:{three[2].pk}")

    assert lines(look(typed))[0] == "*居住证补领"


def test_a_name_that_an_editor_adds_is_served_at_once(look, three):
    promotion("居住证", f"guide:{three[2].pk}")
    assert "*居住证补领" not in lines(look("小绿本"))

    Synonym.objects.create(said="小绿本", means="居住证")

    assert lines(look("小绿本"))[0] == "*居住证补领"


def test_other_queries_are_left_alone(look, three):
    promotion("居住证", f"guide:{three[2].pk}")

    assert "*居住证补领" not in lines(look("居住证签注"))


def test_any_kind_of_document_and_any_address_can_be_recommended(look, three):
    news("居住证新规", slug="rules")
    police = f"office:{office('police').pk}"
    note([police])
    one = promotion("居住证", police, ("省政务服务网", "https://www.example.org/permit"), ("首页", "/"))

    html = look("居住证")

    assert lines(html)[:3] == ["*公安分局", "*省政务服务网", "*首页"]
    links = {unescape(title): href for href, title, _mark in LINE.findall(html)}
    assert links["首页"] == "/"
    # Another host: over our page that says so.
    assert links["省政务服务网"].startswith("/leave/?to=https%3A%2F%2Fwww.example.org%2Fpermit")
    assert one.results.count() == 3


def test_no_more_than_three_are_shown_of_several_entries(look, three):
    for number in range(3):
        promotion("居住证", ("甲", f"/a{number}/"), ("乙", f"/b{number}/"))

    assert [line for line in lines(look("居住证")) if line.startswith("*")] == ["*甲", "*乙", "*甲"]


def test_what_may_not_be_read_is_not_recommended(look, three):
    promotion("居住证", f"guide:{three[0].pk}", f"guide:{three[1].pk}", "guide:99999")
    PageViewRestriction.objects.create(page=three[0], restriction_type="login")
    three[1].unpublish()

    assert lines(look("居住证")) == ["居住证补领"]


def test_a_document_that_comes_back_is_recommended_again(look, three):
    promotion("居住证", f"guide:{three[1].pk}")
    three[1].unpublish()
    assert "*居住证签注" not in lines(look("居住证"))

    three[1].save_revision().publish()

    assert lines(look("居住证"))[0] == "*居住证签注"


@pytest.mark.parametrize(
    ("since", "until", "is_shown"),
    [(0, 0, True), (None, 0, True), (0, None, True), (1, None, False), (None, -1, False), (-3, 3, True)],
)
def test_it_is_shown_on_its_days_only(look, three, since, until, is_shown):
    def day(offset):
        return None if offset is None else TODAY + timedelta(days=offset)

    promotion("居住证", f"guide:{three[2].pk}", since=day(since), until=day(until))

    assert ("*居住证补领" in lines(look("居住证"))) is is_shown


def test_it_stands_on_the_first_page_only_and_not_on_a_later_one_either(look):
    pages = [news(f"积分入学第{number}期", slug=f"n-{number}") for number in range(17)]
    before = lines(look("积分入学")) + lines(look("积分入学", page=2))
    last = next(page for page in pages if page.title == before[-1])

    promotion("积分入学", f"news:{last.pk}")

    first, second = lines(look("积分入学")), lines(look("积分入学", page=2))
    assert first == [f"*{last.title}", *before[:15]]
    assert second == before[15:-1]


@pytest.mark.parametrize("narrowed", [{"kind": "guide"}, {"sort": "newest"}])
def test_whoever_narrows_or_sorts_wants_no_recommendation(look, three, narrowed):
    promotion("居住证", f"guide:{three[2].pk}")

    assert "*" not in "".join(lines(look("居住证", **narrowed)))
    assert len(lines(look("居住证", **narrowed))) == 3


def test_what_is_recommended_where_nothing_is_found_is_not_in_vain(look):
    promotion("葡萄皮", ("垃圾分类查询", "https://www.example.gov.cn/waste"))

    html = look("葡萄皮怎么分")

    assert lines(look("葡萄皮")) == ["*垃圾分类查询"]
    assert "没有找到" not in look("葡萄皮")
    assert "没有找到" in html


def test_each_language_has_its_own(look, three):
    promotion("juzhuzheng", f"guide:{three[2].pk}")
    promotion("juzhuzheng", ("Residence permits", "/en/guides/"), language="en")

    english = look("juzhuzheng", "/en/search/")

    assert lines(english)[0] == "*Residence permits"
    assert "*居住证补领" not in lines(english)
    assert lines(look("juzhuzheng"))[0] == "*居住证补领"


def test_it_is_there_while_the_engine_is_away(look, three, monkeypatch):
    promotion("居住证", f"guide:{three[2].pk}")
    look("居住证")

    def away(self, asked):
        raise EngineAway

    monkeypatch.setattr(embedded.EmbeddedEngine, "ask", away)

    assert lines(look("居住证")).count("*居住证补领") == 1
    assert "居住证补领" not in lines(look("居住证"))


def test_words_of_editors_are_escaped(look):
    promotion("葡萄皮", ("<script>alert(1)</script>葡萄皮", "/waste/"))

    assert "<script>alert" not in look("葡萄皮")


def test_it_costs_the_same_with_one_and_with_three(
    look, client, three, django_assert_num_queries, django_assert_max_num_queries
):
    promotion("居住证", f"guide:{three[0].pk}")
    look("居住证")
    with django_assert_max_num_queries(20) as with_one:
        client.get("/search/", {"q": "居住证"})

    promotion("暂住证", f"guide:{three[1].pk}", f"guide:{three[2].pk}")
    promotion("积分入学", f"guide:{three[1].pk}")
    with django_assert_num_queries(len(with_one)):
        assert lines(client.get("/search/", {"q": "居住证"}).content.decode()) == [
            "*居住证办理",
            "*居住证签注",
            "*居住证补领",
        ]


# --- What editors may enter -----------------------------------------------------------------


def test_the_days_must_be_in_order_and_the_words_words():
    with pytest.raises(ValidationError) as refused:
        Promotion(said="居住证、？", since=TODAY, until=TODAY - timedelta(days=1)).full_clean()
    assert list(refused.value.message_dict) == ["said"]

    with pytest.raises(ValidationError) as refused:
        Promotion(said="居住证", since=TODAY, until=TODAY - timedelta(days=1)).full_clean()
    assert list(refused.value.message_dict) == ["until"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "address"),
        ({"entry_id": "guide:1", "address": "/x/", "title": "甲"}, "address"),
        ({"address": "/x/"}, "title"),
        ({"address": "javascript:alert(1)", "title": "甲"}, "address"),
        ({"address": "www.example.org", "title": "甲"}, "address"),
        ({"address": "https://example.org/a b", "title": "甲"}, "address"),
    ],
)
def test_a_line_leads_to_one_place(fields, wrong):
    with pytest.raises(ValidationError) as refused:
        PromotedResult(**fields).full_clean(exclude=["promotion", "entry"])

    assert wrong in refused.value.message_dict


def test_an_office_is_chosen_by_its_title_or_other_names(background):
    guide("居住证签注", office=office("police", name="公安分局"))
    note([f"office:{office('police').pk}"])
    background()

    def found(typed):
        form = TitleFilter({"q": typed})
        assert form.is_valid()
        return [str(one) for one in form.filter(Entry.objects.order_by("title"))]

    assert found("公安") == ["公安分局"]
    assert found("居住證 签注") == ["居住证签注"]
    assert found("%") == []
