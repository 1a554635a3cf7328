"""Which queries may be counted: none that could be about whoever typed it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.countable import CELLS, WIDEST, cell, countable, holds, week_of, width, written

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("居住证", "居住证"),
        ("居住證怎麼辦？", "居住证怎么办"),
        ("居住证 签注", "居住证签注"),
        ("  ＪｕＺhu  zheng! ", "juzhu zheng"),
        ("residence permit renewal", "residence permit renewal"),
        ("hr 系统", "hr 系统"),
        ("一件事", "一件事"),
        ("二〇二六年安排", "二〇二六年安排"),
        ("居住证　办理", "居住证办理"),
    ],
)
def test_what_differs_in_spelling_only_is_counted_as_the_same(typed, counted):
    assert countable(typed) == counted


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "我的电话13800138000",
        "１３８",
        "①号楼",
        "32010219900101123X",
        "一三八零零一三八零零零",
        "张三@example.org",
        "zhangsan＠example.org",
        "https://example.org/",
        "www.example.org",
        "居住证\x00",
        "居住证\n怎么办",
        "居住\u200b证",
        "我家住在湖滨路楼上邻居每天半夜装修吵得睡不着",
        "a" * (2 * WIDEST + 1),
        "居" * 5000,
        "？！",
        "",
    ],
)
def test_what_could_be_about_a_person_is_not_counted(typed):
    assert countable(typed) == ""


@given(st.text())
def test_nothing_counted_holds_a_digit_a_sign_or_a_story(typed):
    text = countable(typed)

    assert not any(one.isdigit() or not one.isprintable() or one == "@" for one in text)
    assert width(text) <= WIDEST
    assert countable(text) == text == written(text)


@pytest.mark.parametrize(
    ("text", "word", "is_held"),
    [
        ("怎么赌博赢钱", "赌博", True),
        ("怎么賭 博赢钱", "赌博", True),
        ("怎么赌博赢钱", "賭博", True),
        ("bad Word", "word", True),
        ("password", "word", False),
        ("居住word证", "word", True),
        ("居住证", "word", False),
        ("居住证", "？", False),
    ],
)
def test_a_blocked_word_is_recognized_however_it_is_spelled(text, word, is_held):
    assert holds(text, [word]) is is_held
    assert (countable(text, [word]) == "") is is_held


def test_a_week_begins_on_monday():
    assert {week_of(date(2026, 3, day)) for day in range(2, 9)} == {date(2026, 3, 2)}
    assert week_of(date(2026, 3, 1)) == date(2026, 2, 23)


def test_a_place_falls_into_one_cell_of_a_text_and_into_others_with_another_key_or_text():
    places = [f"10.0.0.{number}" for number in range(200)]
    cells = [cell(b"key", place, "居住证") for place in places]

    assert cells == [cell(b"key", place, "居住证") for place in places]
    assert set(cells) == set(range(CELLS))
    assert cells != [cell(b"another", place, "居住证") for place in places]
    assert cells != [cell(b"key", place, "积分") for place in places]
