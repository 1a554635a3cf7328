"""Policy documents and what explains them, each on the other's page."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from portal.pages.models import PolicyPage
from tests.factories.pages import interpretation, policy
from tests.portal.pages.test_articles import structured

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def text_of(client, page):
    return client.get(page.url).content.decode()


def test_a_policy_says_who_issued_it_and_whether_it_is_in_force(client):
    text = text_of(client, policy(expires_on=date(2028, 12, 31)))

    for words in ("现行有效", "澄教〔2025〕14号", "区教育局", "2025-12-01", "2026-01-01", "2028-12-31"):
        assert words in text


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"in_force_on": date(2026, 3, 3)}, "尚未生效"),
        ({"expires_on": date(2026, 3, 2)}, "现行有效"),
        ({"expires_on": date(2026, 3, 1)}, "已失效"),
        ({"repealed_on": date(2026, 3, 2)}, "已失效"),
    ],
)
def test_its_state_is_that_of_the_clocks_day(client, fields, word):
    text = text_of(client, policy(**fields))

    assert word in text
    assert ("只供查阅" in text) is (word == "已失效")


def test_policy_and_interpretation_lead_to_each_other(client):
    rules = policy("积分入学办法", slug="rules")
    explained = interpretation("积分怎么算", of=rules, slug="explained", kind="diagram")

    assert f'href="{explained.url}">积分怎么算</a>' in text_of(client, rules)
    assert "图解" in text_of(client, rules)
    assert f'href="{rules.url}">积分入学办法</a>' in text_of(client, explained)
    assert "现行有效" in text_of(client, explained)


def test_a_document_and_the_one_it_replaces_lead_to_each_other(client):
    old = policy("试行办法", slug="old", repealed_on=date(2026, 1, 1))
    new = policy("正式办法", slug="new", replaces=old)

    assert f'href="{old.url}">试行办法</a>' in text_of(client, new)
    assert "这个文件已经被取代" in text_of(client, old)
    assert f'href="{new.url}">正式办法</a>' in text_of(client, old)


def test_neither_names_the_other_to_those_who_may_not_read_it(client):
    rules = policy("办法", slug="rules")
    explained = interpretation("内部解读", of=rules, slug="explained")
    old = policy("旧办法", slug="old")
    rules.replaces = old
    rules.save()
    for page in (explained, old):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    text = text_of(client, rules)
    assert "内部解读" not in text
    assert "旧办法" not in text

    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=rules, restriction_type=PageViewRestriction.LOGIN)
    assert "澄教〔2025〕14号" not in text_of(client, explained)


@pytest.mark.parametrize("which", ["policy", "interpretation"])
def test_a_page_costs_the_same_with_one_and_with_three_on_the_other_side(
    client, which, django_assert_num_queries, django_assert_max_num_queries
):
    rules = policy(slug="rules", replaces=policy("旧", slug="old"))
    explained = interpretation("解读", of=rules, slug="explained")
    shown = {"policy": rules, "interpretation": explained}[which]
    client.get(shown.url)
    with django_assert_max_num_queries(15) as with_one:
        client.get(shown.url)

    for number in (2, 3):
        interpretation(f"解读{number}", of=rules, slug=f"explained-{number}")
        policy(f"新{number}", slug=f"new-{number}", replaces=rules)
    with django_assert_num_queries(len(with_one)):
        client.get(shown.url)


def test_search_engines_get_the_document_as_legislation(client):
    data = structured(text_of(client, policy(expires_on=date(2028, 12, 31), repealed_on=date(2026, 2, 1))))

    assert data["@type"] == "Legislation"
    assert data["legislationIdentifier"] == "澄教〔2025〕14号"
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert data["temporalCoverage"] == "2026-01-01/2026-01-31"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"expires_on": date(2025, 12, 31)}, "expires_on"),
        ({"repealed_on": date(2025, 11, 30)}, "repealed_on"),
    ],
)
def test_dates_in_the_wrong_order_are_refused_at_the_field(fields, where):
    page = policy()
    for name, value in fields.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == [where]


def test_no_document_replaces_itself_or_expires_before_it_begins():
    page = policy()
    page.replaces = page
    with pytest.raises(ValidationError, match="不能取代自己"):
        page.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyPage.objects.filter(pk=page.pk).update(expires_on=date(2025, 1, 1))
