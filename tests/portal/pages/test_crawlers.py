"""What search engines are told."""

import re

import pytest
from wagtail.models import PageViewRestriction

from portal.pages.models import StandardPage, Topic
from tests.factories.accounts import OfficeFactory
from tests.factories.pages import standard_page

pytestmark = pytest.mark.django_db

# What stands on every site and is no plain text.
LISTS = (
    "/", "/guides/", "/centres/", "/life-events/", "/spokespersons/", "/sessions/",
    "/news/", "/notices/", "/policies/", "/policies/interpretations/",
)  # fmt: skip


def addresses(client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return re.findall(r"<loc>([^<]+)</loc>", response.content.decode())


def test_the_sitemap_lists_every_page_in_both_languages_at_the_sites_own_address(client, settings):
    settings.BASE_URL = "https://ask.example.gov.cn"

    parts = [part.rpartition("/")[2] for part in addresses(client, "/sitemap.xml")]
    assert parts == ["sitemap-pages.xml", "sitemap-offices.xml", "sitemap-topics.xml"]
    chinese = ("/about/", "/accessibility/", *LISTS)
    assert sorted(addresses(client, "/sitemap-pages.xml")) == sorted(
        f"https://ask.example.gov.cn{language}{path}" for language in ("", "/en") for path in chinese
    )


def test_drafts_and_private_pages_are_not_listed(client):
    standard_page("草稿", slug="draft", live=False)
    private = standard_page("内部", slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    standard_page("公开", slug="public")

    found = " ".join(addresses(client, "/sitemap-pages.xml"))
    assert "/public/" in found
    assert "/draft/" not in found
    assert "/private/" not in found


def test_a_type_that_only_leads_on_is_left_out(client, monkeypatch):
    monkeypatch.setattr(StandardPage, "in_sitemap", False, raising=False)

    found = [address.rpartition("8000")[2] for address in addresses(client, "/sitemap-pages.xml")]
    assert {"/", "/guides/", "/en/centres/"} <= set(found)
    assert {"/about/", "/en/about/", "/accessibility/"}.isdisjoint(found)


def test_offices_and_topics_are_listed_in_both_languages(client, settings):
    OfficeFactory(code="schools")
    OfficeFactory(code="closed", is_active=False)
    Topic.objects.create(slug="residence", name="户籍与居住")

    for section, path in (("offices", "/offices/schools/"), ("topics", "/topics/residence/")):
        found = addresses(client, f"/sitemap-{section}.xml")
        assert sorted(found) == [f"{settings.BASE_URL}{language}{path}" for language in ("/en", "")]


def test_more_pages_cost_no_more_queries(client, django_assert_num_queries, django_assert_max_num_queries):
    client.get("/sitemap-pages.xml")
    with django_assert_max_num_queries(10) as before:
        client.get("/sitemap-pages.xml")

    for number in range(3):
        standard_page(f"{number}", slug=f"page-{number}")
    with django_assert_num_queries(len(before)):
        client.get("/sitemap-pages.xml")


def test_robots_are_kept_out_of_the_back_office(client, settings):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /admin/", "Disallow: /accounts/", "Disallow: /en/accounts/"} <= set(lines)
    assert lines[-1] == f"Sitemap: {settings.BASE_URL}/sitemap.xml"
