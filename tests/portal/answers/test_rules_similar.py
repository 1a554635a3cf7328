"""What is about the same thing: rare words count, common ones do not, place and topic help."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules.similar import ALIKE, Matter, ranked

pytestmark = pytest.mark.unit


def matter(id_, title, text="", *, topic="t", place=""):
    return Matter(id_, title, text, topic, place)


LAMP = matter("asked", "桂塘路路灯坏了", "桂塘路三号楼门口的路灯坏了三天，晚上很黑，请问什么时候修？")
OTHERS = [
    matter("school", "请问孩子上小学要什么材料", "请问孩子明年上小学，什么时候报名，要带什么材料？"),
    matter("permit", "请问居住证怎么办", "请问居住证什么时候可以办，要什么材料？"),
    matter("noise", "请问夜间施工怎么投诉", "请问工地晚上施工很吵，什么时候能停？"),
]


def found(asked, others):
    return [id_ for id_, _score in ranked(asked, others)]


def test_the_same_matter_in_other_words_is_found_and_the_others_are_not():
    twin = matter("twin", "路灯不亮", "我家门口桂塘路的路灯好几天不亮了，能修一下吗？")

    assert found(LAMP, [*OTHERS, twin]) == ["twin"]


def test_words_that_everybody_uses_say_nothing():
    asked = matter("asked", "请问什么时候可以办", "请问什么时候可以办，要什么材料？")

    assert found(asked, OTHERS)[0] == "permit"
    assert found(LAMP, OTHERS) == []


def test_where_everybody_asks_the_same_they_are_still_alike():
    twins = [matter(str(number), "路灯不亮", "我家门口桂塘路的路灯好几天不亮了，能修一下吗？") for number in range(5)]

    assert found(LAMP, twins) == ["0", "1", "2", "3", "4"]


def test_the_more_alike_comes_first_and_of_equals_the_one_that_was_named_first():
    same, close = matter("same", LAMP.title, LAMP.text), matter("close", "桂塘路路灯不亮")
    again = matter("again", LAMP.title, LAMP.text)

    assert found(LAMP, [close, *OTHERS, same, again]) == ["same", "again", "close"]


def test_the_same_place_makes_it_likelier():
    here = matter("here", "路灯太暗", "这条路的灯太暗", place="桂塘 路")
    there = matter("there", "路灯太暗", "这条路的灯太暗", place="东河路")
    asked = matter("asked", "路灯坏了", "这条路的灯坏了", place="桂塘路")

    scores = dict(ranked(asked, [here, there, *OTHERS]))
    assert scores["here"] > scores.get("there", ALIKE)


def test_two_without_a_place_do_not_share_one():
    asked, other = matter("asked", "甲乙丙丁", topic="a"), matter("other", "戊己庚辛", topic="b")

    assert ranked(asked, [other]) == []


def test_latin_words_and_numbers_are_compared_whole():
    asked = matter("asked", "Bus 27", topic="a")
    bus, no = matter("bus", "When does bus 27 run", topic="b"), matter("no", "Busy at 2 or 7", topic="b")

    assert found(asked, [bus, no]) == ["bus"]


@pytest.mark.parametrize("title", ["", "？", "灯"])
def test_too_little_to_compare_is_like_nothing(title):
    assert found(matter("asked", title, topic="a"), OTHERS) == []
    assert found(LAMP, [matter("empty", title, topic="a")]) == []


@given(
    st.lists(st.text(alphabet="路灯坏了修学校证 ", max_size=12), max_size=8),
    st.text(alphabet="路灯坏了修学校证", max_size=12),
)
def test_nothing_is_more_alike_than_the_same_words(titles, asked_title):
    asked = matter("asked", asked_title, topic="a")
    others = [matter(str(number), title, topic="b") for number, title in enumerate(titles)]
    scores = ranked(asked, [*others, matter("same", asked_title, topic="b")])

    assert all(ALIKE <= score <= 1.0001 for _id, score in scores)
    if "same" in dict(scores):
        assert dict(scores)["same"] == max(score for _id, score in scores)
