"""What is looked for is counted, and nobody is known by it."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from search import counting
from search.countable import PEOPLE
from search.counting import Outcome, count, forget
from search.engines.base import EngineAway
from search.models import BlockedWord, QueryCount, QueryText
from tests.factories.pages import guide
from tests.factories.searches import FEW, TODAY, searched

pytestmark = pytest.mark.django_db

NEXT_MONDAY = TODAY + timedelta(days=7)


@pytest.fixture
def look(client, clock, background):
    """Search on the page."""
    background()

    def look(text, path="/search/", place="10.0.0.1", method="get", **sent):
        response = getattr(client, method)(path, {"q": text, **sent}, REMOTE_ADDR=place)
        assert response.status_code == 200
        return response

    return look


def ask(words: str, place: str = "10.0.0.1", day=TODAY) -> None:
    count(words, "zh-Hans", Outcome.FOUND, place, day)


def counted() -> dict[str, tuple[int, int, int]]:
    rows = QueryCount.objects.values_list("query__words", "searches", "in_vain", "loosely")
    return {words: tuple(numbers) for words, *numbers in rows}


# --- What is counted ------------------------------------------------------------------------


def test_a_search_is_counted_by_day_words_language_and_outcome(look, background):
    guide("居住证签注")
    background()

    look("居住證签注 葡萄酒进口 报关")
    look("葡萄皮")
    look("葡萄皮 ？")
    look("juzhuzheng", "/en/search/")

    assert counted() == {
        "居住证签注葡萄酒进口报关": (1, 0, 1),
        "葡萄皮": (2, 2, 0),
        "juzhuzheng": (1, 0, 1),
    }
    assert set(QueryCount.objects.values_list("day", flat=True)) == {TODAY}
    assert set(QueryText.objects.values_list("words", "language")) == {
        ("居住证签注葡萄酒进口报关", "zh-Hans"),
        ("葡萄皮", "zh-Hans"),
        ("juzhuzheng", "en"),
    }


@pytest.mark.parametrize(
    "sent", [{"page": "2"}, {"kind": "guide"}, {"office": "police"}, {"year": "2026"}, {"sort": "newest"}]
)
def test_reading_on_narrowing_and_sorting_is_no_other_search(look, sent):
    look("居住证", **sent)

    assert counted() == {}


def test_nor_is_looking_whether_the_page_is_there(look):
    look("居住证", method="head")

    assert counted() == {}


@pytest.mark.parametrize("typed", ["13800138000", "居住证\x00", "", "？", "zhang@example.org"])
def test_what_may_not_be_kept_is_not(look, typed):
    look(typed)

    assert not QueryText.objects.exists()


def test_while_the_engine_is_away_nothing_is_counted_in_vain(look, monkeypatch):
    def away(*args, **kwargs):
        raise EngineAway

    monkeypatch.setattr("search.results.search", away)

    look("居住证")

    assert counted() == {}


def test_where_counting_fails_the_search_does_not(look, monkeypatch, caplog):
    def fails(*args):
        raise DatabaseError("居住证")

    monkeypatch.setattr(counting, "count", fails)

    assert "没有找到" in look("居住证").content.decode()
    assert "居住证" not in caplog.text


def test_counting_costs_the_same_however_often_and_much(django_assert_num_queries):
    ask("居住证")
    with django_assert_num_queries(6):  # two open and close the transaction
        ask("居住证")
    searched("积分", times=50)

    with django_assert_num_queries(5):
        ask("积分")


def test_whoever_types_at_random_does_not_fill_the_disk(monkeypatch):
    monkeypatch.setattr(counting, "MOST_TEXTS", 2)
    for text in ("一", "二", "三", "二"):
        ask(text)

    assert counted() == {"一": (1, 0, 0), "二": (2, 0, 0)}


# --- Who is known by it: nobody -------------------------------------------------------------


def test_one_person_is_one_however_often_he_asks(look):
    for _time in range(3 * PEOPLE):
        look("张三丰")

    assert counted() == {"张三丰": (3 * PEOPLE, 3 * PEOPLE, 0)}
    assert QueryText.objects.get().people == 1
    assert not QueryText.known().exists()


def test_several_people_are_several_and_are_counted_no_further_than_needed():
    for number in range(200):
        ask("居住证", f"10.0.0.{number}")

    assert QueryText.known().get().people == PEOPLE


def test_never_more_people_than_asked():
    for number in range(FEW):
        ask("居住证", f"10.0.0.{number}")

    assert 1 <= QueryText.objects.get().people <= FEW


def test_another_week_begins_anew_and_its_places_cannot_be_compared():
    ask("居住证")
    key = caches["default"].get(f"search:week:{TODAY}")
    for day in range(7, 14):
        ask("居住证", day=TODAY + timedelta(days=day))

    assert list(QueryText.objects.order_by("week").values_list("week", "people")) == [(TODAY, 1), (NEXT_MONDAY, 1)]
    assert caches["default"].get(f"search:week:{NEXT_MONDAY}") not in (None, key)


def test_nothing_of_an_address_is_stored(look):
    look("居住证", place="203.0.113.77")

    stored = [str(row) for model in (QueryText, QueryCount) for row in model.objects.values()]
    assert "203.0.113" not in "".join(stored)


# --- Forgetting -----------------------------------------------------------------------------


def test_what_few_have_looked_for_is_forgotten_when_its_week_is_over(clock):
    ask("丰三张")  # draws the key of the week
    searched("居住证")
    searched("张三丰", times=FEW)
    clock.move(days=6)
    assert forget(clock) == 0

    clock.move(days=1)

    assert forget(clock) == 2
    assert list(counted()) == ["居住证"]
    assert QueryText.objects.get().cells == 0
    assert caches["default"].get(f"search:week:{TODAY}") is None
    assert forget(clock) == 0


def test_counts_go_when_they_are_as_old_as_the_settings_say(clock, settings):
    settings.SEARCH_COUNTS_KEPT_DAYS = 30
    searched("居住证")
    clock.move(days=36)
    assert forget(clock) == 0

    clock.move(days=2)

    assert forget(clock) == 1
    assert counted() == {}


def test_the_clock_process_does_it(clock, background):
    searched("张三丰", times=1)
    clock.move(days=7)
    background()

    assert not QueryText.objects.exists()


# --- Blocked words --------------------------------------------------------------------------


def test_what_holds_a_blocked_word_is_not_counted_and_what_was_is_thrown_away(look):
    searched("网上赌博")
    searched("居住证")

    BlockedWord.objects.create(word="賭博")
    look("怎么赌 博赢钱")

    assert list(counted()) == ["居住证"]


def test_a_search_for_a_blocked_word_finds_what_there_is(look, background):
    guide("举报网络赌博")
    background()
    BlockedWord.objects.create(word="赌博")

    assert "举报网络<mark>赌博</mark>" in look("赌博").content.decode()


def test_a_blocked_word_is_neither_suggested_nor_asked_about(client, look, background):
    guide("居住证签注")
    background()
    assert "您要找的是不是" in look("居主证怎么办").content.decode()

    BlockedWord.objects.create(word="居住证")

    assert "您要找的是不是" not in look("居主证怎么办").content.decode()
    assert client.get("/search/suggestions/", {"q": "签注"}).json()["suggestions"] == []
    assert client.get("/search/suggestions/", {"q": "qz"}).json()["suggestions"] == []


@pytest.mark.parametrize("word", ["？", " "])
def test_what_is_no_word_is_refused(word):
    with pytest.raises(ValidationError):
        BlockedWord(word=word).full_clean()
