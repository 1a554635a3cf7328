"""What many look for and find is suggested after the titles, while somebody types."""

from datetime import timedelta

import pytest

from search.completion import MOST, keys
from search.counting import Outcome
from search.models import BlockedWord, PopularQuery
from search.popular import renew
from tests.factories.pages import guide, office
from tests.factories.searches import FEW, TODAY, searched

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(client, clock, background):
    """Type, after the clock process and the worker have done theirs; return {what is suggested: where it leads}."""

    def suggested(typed, path="/search/suggestions/"):
        background()
        found = client.get(path, {"q": typed}).json()["suggestions"]
        return {one["text"]: (one["kind"], one["href"]) for one in found}

    return suggested


@pytest.mark.parametrize("typed", ["狗证", "狗", "狗證", "gouz", "GZ", "办理"])
def test_what_many_look_for_is_suggested_by_words_pinyin_and_first_letters(suggested, typed):
    searched("狗证办理")

    assert suggested(typed) == {"狗证办理": ("大家在搜", "/search/?q=%E7%8B%97%E8%AF%81%E5%8A%9E%E7%90%86")}


def test_it_leads_to_results_in_the_language_of_the_page(suggested):
    searched("residence permit", language="en")

    assert suggested("residence per", "/en/search/suggestions/") == {
        "residence permit": ("Popular search", "/en/search/?q=residence+permit")
    }
    assert suggested("residence") == {}


def test_titles_come_first_and_leave_room_for_three(suggested):
    for number in range(MOST + 2):
        guide(f"居住证第{chr(0x4E00 + number)}种", slug=f"g-{number}", office=office("police"))
    for number in range(5):
        searched(f"居住证问题{chr(0x4E00 + number)}", times=20 - number)

    found = list(suggested("居住证"))

    assert len(found) == MOST
    assert found[-3:] == [f"居住证问题{chr(0x4E00 + number)}" for number in range(3)]
    assert all(text.endswith("种") for text in found[:-3])


def test_what_is_a_title_or_was_typed_already_is_not_suggested_again(suggested):
    guide("居住证签注")
    searched("居住证签注")
    searched("居住证")

    assert list(suggested("居住證")) == ["居住证签注"]


@pytest.mark.parametrize(
    ("times", "outcome", "days_ago"),
    [(FEW, Outcome.FOUND, 0), (10, Outcome.IN_VAIN, 0), (10, Outcome.FOUND, 30)],
)
def test_what_few_look_for_what_is_not_found_and_what_was_long_ago_is_not_suggested(
    suggested, times, outcome, days_ago
):
    searched("狗证办理", times=times, outcome=outcome, day=TODAY - timedelta(days=days_ago))

    assert suggested("狗证") == {}


def test_what_is_found_nearly_always_is(suggested):
    searched("狗证办理", times=90)
    searched("狗证办理", times=9, day=TODAY - timedelta(days=1), outcome=Outcome.IN_VAIN)

    assert list(suggested("狗证")) == ["狗证办理"]


def test_a_blocked_word_is_gone_at_once(suggested):
    searched("狗证办理")
    assert suggested("狗证") != {}

    BlockedWord.objects.create(word="狗")

    assert suggested("狗证") == {}


def test_it_is_taken_anew_once_a_day(clock):
    searched("狗证办理")
    assert renew(clock) == 1
    searched("猫证办理")
    assert renew(clock) == 0

    clock.move(days=1)

    assert renew(clock) == 2
    assert set(PopularQuery.objects.values_list("words", flat=True)) == {"狗证办理", "猫证办理"}


def test_it_costs_the_same_with_one_and_with_three(
    client, clock, background, suggested, django_assert_num_queries, django_assert_max_num_queries
):
    guide("居住证签注")
    searched("居住证补领")
    suggested("居住证")
    with django_assert_max_num_queries(6) as with_one:
        client.get("/search/suggestions/", {"q": "居住证"})

    for number in (1, 2):
        guide(f"居住证办理{number}", slug=f"g-{number}", office=office("police"))
        searched(f"居住证问题{chr(0x4E00 + number)}")
    clock.move(days=1)
    background()
    with django_assert_num_queries(len(with_one)):
        assert len(client.get("/search/suggestions/", {"q": "居住证"}).json()["suggestions"]) == 6


@pytest.mark.parametrize("typed", ["hr系统", "hr 系", "系统", "xitong", "xt"])
def test_a_title_of_several_words_is_found_while_one_types_on(typed):
    begin = "".join(typed.split()).encode("utf-16-be").hex()

    assert any(key.startswith(begin) for key in keys("HR 系统"))
