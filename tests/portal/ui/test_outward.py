"""Links out of the site go over a page that names the other host, and nobody can use that page for a link of their own."""

from urllib.parse import parse_qs, urlsplit

import pytest
from wagtail.rich_text import expand_db_html

from portal.ui.outward import NotOurs, checked, leads_out, outward
from tests.factories.pages import full_guide, standard_page

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ELSEWHERE = "https://www.example.org/form?a=1&b=2"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("address", "out"),
    [
        (ELSEWHERE, True),
        ("http://gov.cn.example.org/", True),
        ("https://fakegov.cn/", True),
        ("https://www.gov.cn/zhengce/", False),
        ("https://gov.cn/", False),
        ("http://localhost:8000/guides/", False),
        ("/guides/", False),
        ("#who", False),
        ("tel:12345", False),
        ("mailto:a@example.org", False),
    ],
)
def test_only_hosts_that_are_neither_ours_nor_familiar_lie_outside(address, out):
    assert leads_out(address) is out


def test_the_page_names_the_host_and_leads_on_and_to_nowhere_else(client):
    page = client.get(outward(ELSEWHERE)).content.decode()

    assert "<strong>www.example.org</strong>" in page
    assert 'href="https://www.example.org/form?a=1&amp;b=2"' in page
    assert "public" in client.get(outward(ELSEWHERE))["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?to=https://evil.example", f"?to={ELSEWHERE}&signature=x"])
def test_an_address_that_this_site_has_not_signed_is_not_found(client, query):
    assert client.get(f"/leave/{query}").status_code == 404


@pytest.mark.unit
def test_a_signature_holds_for_its_own_address_only():
    signature = parse_qs(urlsplit(outward(ELSEWHERE)).query)["signature"][0]

    assert checked(ELSEWHERE, signature) == ELSEWHERE
    with pytest.raises(NotOurs):
        checked(f"{ELSEWHERE}&c=3", signature)


def test_links_in_the_editors_texts_lead_over_it_too():
    text = expand_db_html(f'<a href="{ELSEWHERE}">表格</a><a href="https://www.gov.cn/">国务院</a>')

    assert "/leave/?to=https%3A%2F%2Fwww.example.org" in text
    assert '<a href="https://www.gov.cn/">' in text


def test_no_page_of_the_editors_leads_out_of_the_site_by_itself(client):
    page = standard_page("链接", body=f'<p><a href="{ELSEWHERE}">外面</a></p>')
    guide = full_guide()
    guide.online_address = "https://apply.example.org/"
    guide.save_revision().publish()

    for address in (page.url, guide.url):
        assert 'href="https://' not in client.get(address).content.decode().partition("<main")[2].partition("</main")[0]
