"""The marker of personal data: how often it is right, and that no text can keep it busy."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.labels import MARK
from portal.answers.rules.personal_data import marks
from tests.portal.answers.personal_data.measure import KINDS, load, measure

pytestmark = pytest.mark.unit

LEAST_PRECISION = LEAST_RECALL = 0.9
LONGEST = 10_000
MOST_SECONDS = 0.1
# What the patterns are made of: digits, separators, cues, surnames, units, plates, addresses.
MORSELS = [
    "1",
    "3",
    "8",
    "0",
    "一",
    "三",
    "八",
    "〇",
    "１",
    "-",
    ".",
    "·",
    "@",
    "a",
    "A",
    "z",
    "+",
    "(",
    ")",
    "（",
    "我叫",
    "姓名：",
    "王",
    "欧阳",
    "老师",
    "敬上",
    "号",
    "弄",
    "幢",
    "单元",
    "室",
    "路",
    "村",
    "组",
    "住",
    "京",
    "浙F",
    "警",
    "微信",
    "QQ",
    "，",
    "。",
    "\n",
]


@pytest.fixture(scope="module")
def scores():
    return measure(load("held_out"))


def test_the_sets_are_large_half_of_them_hold_nothing_and_none_is_in_both():
    tuning, held_out = load("tuning"), load("held_out")
    both = [*tuning, *held_out]

    assert len(both) >= 400
    assert sum(not sentence.marks for sentence in both) >= len(both) / 2
    assert not {sentence.text for sentence in tuning} & {sentence.text for sentence in held_out}


@pytest.mark.parametrize("kind", KINDS)
def test_the_marker_is_right_on_sentences_that_no_rule_was_written_against(scores, kind):
    assert scores[kind].labelled >= 4
    assert scores[kind].precision >= LEAST_PRECISION
    assert scores[kind].recall >= LEAST_RECALL


def test_every_kind_has_a_label_for_the_editor():
    assert set(KINDS) == set(MARK)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("110105194912310021", None),  # the check digit of the standard's own example is X
        ("11010519491231002X", "identity_number"),
        ("身份证110105194912310021", "identity_number"),  # mistyped, but announced
        ("6228480402564890018", "bank_card"),
        ("6228480402564890019", None),
    ],
)
def test_a_number_must_satisfy_its_check_digit_unless_it_is_announced(text, kind):
    assert [mark.kind for mark in marks(text)] == ([kind] if kind else [])


def test_marks_point_into_the_text_as_it_was_typed():
    text = "电话１３８－１２３４－５６７８，谢谢"

    assert [text[mark.start : mark.end] for mark in marks(text)] == ["１３８－１２３４－５６７８"]


@given(st.lists(st.sampled_from(MORSELS), max_size=200).map("".join))
def test_marks_are_in_order_and_do_not_overlap(text):
    found = marks(text)

    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert all(one.end <= next_one.start for one, next_one in pairwise(found))


@given(st.lists(st.sampled_from(MORSELS), min_size=1, max_size=6).map("".join))
def test_no_text_of_ten_thousand_characters_takes_a_tenth_of_a_second(morsel):
    text = (morsel * LONGEST)[:LONGEST]

    assert min(_seconds(text) for _try in range(3)) < MOST_SECONDS


def _seconds(text: str) -> float:
    began = time.process_time()
    marks(text)
    return time.process_time() - began
