"""How an address leads to a page: the short way finds what Wagtail's own finds."""

import pytest
from wagtail.models import Page, Site

from tests.factories.pages import home, standard_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(clock):
    """Three levels below the home page."""
    outer = standard_page("外", slug="outer")
    middle = standard_page("中", outer, slug="middle")
    return outer, middle, standard_page("里", middle, slug="inner")


def test_a_page_is_found_as_quickly_however_deep_it_lies(client, settings, tree, django_assert_num_queries):
    settings.KEPT_SECONDS = 60
    costs = []
    for page in (tree[0], tree[2]):
        client.get(page.url)
        with django_assert_num_queries(5):
            costs.append(client.get(page.url))

    assert [response.status_code for response in costs] == [200, 200]


def test_the_home_page_is_found_in_each_language(client, clock):
    for path, language in (("/", "zh-hans"), ("/en/", "en")):
        assert client.get(path).context["page"].specific == home(language)


def test_without_an_english_home_page_the_chinese_one_stands_in_as_wagtail_has_it(client, clock):
    home("en").unpublish()

    assert client.get("/en/").context["page"].specific == home()


@pytest.mark.parametrize("path", ["nothing/", "outer/nothing/", "outer/middle/inner/nothing/", "middle/", "inner/"])
def test_what_does_not_exist_is_not_found(client, tree, path):
    assert client.get(f"/{path}").status_code == 404


def test_a_page_that_is_not_live_is_not_found(client, tree):
    tree[2].unpublish()

    assert client.get("/outer/middle/inner/").status_code == 404
    assert client.get("/outer/middle/").status_code == 200


def test_an_address_with_capitals_for_small_letters_is_another_one(client, tree):
    assert client.get("/OUTER/").status_code == 404


def test_each_host_leads_into_its_own_tree(client, settings, tree):
    settings.KEPT_SECONDS = 60
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.create(hostname="second.example.org", root_page=Page.objects.get(pk=tree[0].pk), site_name="second")

    assert client.get("/outer/middle/").status_code == 200
    assert client.get("/middle/", headers={"host": "second.example.org"}).status_code == 200
    assert client.get("/middle/").status_code == 404
    assert client.get("/outer/middle/", headers={"host": "second.example.org"}).status_code == 404


def test_a_breadcrumb_leads_to_each_page_above(client, tree):
    assert client.get(tree[2].url).context["above"] == [("外", tree[0].url), ("中", tree[1].url)]
