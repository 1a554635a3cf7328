"""The search of the back office: pages are found by any piece of a title, and no text is an error."""

import pytest
from django.core.management import call_command
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.index import insert_or_update_object
from wagtail.search.query import And, Not, Phrase, PlainText

from tests.factories.pages import standard_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """Three pages below the home page; written into the index as the worker does."""
    titles = ("新居民居住证申领", "住房公积金提取办法", "关于 APP 的说明")
    made = {title: standard_page(title, slug=f"p{number}") for number, title in enumerate(titles)}
    for page in made.values():
        insert_or_update_object(page)
    return made


def titles(found) -> list[str]:
    return [page.title for page in found]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("居住证", "新居民居住证申领"),
        ("居住證", "新居民居住证申领"),
        ("公积金", "住房公积金提取办法"),
        ("提取 住房", "住房公积金提取办法"),
        ("app", "关于 APP 的说明"),
        ("居住证领", "新居民居住证申领"),  # as typed it stands nowhere
    ],
)
def test_a_word_in_the_middle_of_a_title_finds_the_page(pages, typed, title):
    assert titles(Page.objects.search(typed))[0] == title


@pytest.mark.parametrize("typed", ["公积金", "公积", "公", "法", "ap", "住房公积金提取办法"])
def test_what_is_being_typed_finds_the_page(pages, typed):
    assert set(titles(Page.objects.all().autocomplete(typed))) & {"住房公积金提取办法", "关于 APP 的说明"}


def test_what_a_title_does_not_say_is_not_found(pages):
    assert titles(Page.objects.search("驾驶证")) == []
    assert titles(Page.objects.all().autocomplete("金公积")) in ([], ["住房公积金提取办法"])


@pytest.mark.parametrize(
    "typed",
    ['"', '""', '居住证"', "(", "NEAR(", "*", "a AND", "'; --", "居住证*", "\x00", "：", "甲" * 10_000, "!居 & |"],
)
def test_no_text_is_an_error(pages, typed, admin_client):
    list(Page.objects.search(typed))
    list(Page.objects.all().autocomplete(typed))
    assert admin_client.get("/admin/pages/", {"q": typed}).status_code in (200, 302)
    assert admin_client.get("/admin/images/", {"q": typed}).status_code == 200


def test_queries_can_be_joined_and_turned_round(pages):
    both = And([PlainText("居住证"), Phrase("申领")])
    assert titles(Page.objects.search(both)) == ["新居民居住证申领"]
    assert titles(
        Page.objects.search(
            And(
                [PlainText("住"), Not(PlainText("居住证"))],
            )
        )
    ) in ([], ["住房公积金提取办法"])
    assert "新居民居住证申领" not in titles(Page.objects.search(Not(PlainText("居住证"))))


def test_results_are_counted_sliced_and_ordered(pages):
    found = Page.objects.search("居住证 公积金 说明", operator="or")
    assert found.count() == 3
    assert len(found[:2]) == 2
    by_title = Page.objects.order_by("title").search("居住证 公积金", operator="or", order_by_relevance=False)
    assert titles(by_title) == sorted(titles(by_title))


def test_titles_alone_can_be_asked(pages):
    assert titles(Page.objects.search("公积金", fields=["title"])) == ["住房公积金提取办法"]


def test_a_changed_title_is_found_anew_and_a_deleted_page_no_more(pages):
    page = pages["住房公积金提取办法"]
    page.title = "住房补贴"
    page.save()
    insert_or_update_object(page)
    assert titles(Page.objects.search("公积金")) == []
    assert titles(Page.objects.search("住房补贴")) == ["住房补贴"]
    page.delete()
    assert titles(Page.objects.search("住房补贴")) == []


def test_the_index_can_be_built_anew(pages):
    get_search_backend().get_index_for_model(Page).reset()
    assert titles(Page.objects.search("公积金")) == []
    call_command("update_index", verbosity=0)
    assert titles(Page.objects.search("公积金")) == ["住房公积金提取办法"]
    assert list(Image.objects.search("公积金")) == []
