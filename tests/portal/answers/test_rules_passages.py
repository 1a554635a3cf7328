"""Variables in braces: known ones are filled in, unknown ones found, those left over seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules.passages import VARIABLES, filled, unfilled, unknown

pytestmark = pytest.mark.unit

VALUES = {"编号": "Q260302-7K2M9Q", "称呼": "", "单位": "教育局"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("没有变量的话", []),
        ("{编号} 由{单位}答复，{待填}", []),
        ("｛编号｝ 和 { 单位 }", []),
        ("{编 号}", ["{编 号}"]),
        ("{问题编号} {电话} {问题编号}", ["{问题编号}", "{电话}"]),
        ("{}", ["{}"]),
        ("{编号", ["{编号"]),
        ("编号}", ["}"]),
        ("{{编号}}", ["{", "}"]),
        ("{编号\n}", ["{编号", "}"]),
    ],
)
def test_what_is_no_variable_is_found(text, wrong):
    assert unknown(text) == wrong


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{单位}：{编号}", "教育局：Q260302-7K2M9Q"),
        ("｛ 单位 ｝", "教育局"),
        ("{称呼}您好", "{称呼}您好"),  # nobody knows it
        ("{待填}、{别的}", "{待填}、{别的}"),
    ],
)
def test_known_values_are_put_in_and_the_others_stay_to_be_seen(text, result):
    assert filled(text, VALUES) == result


def test_a_value_is_put_in_as_it_is_and_not_read_for_variables():
    assert filled("{标题}", {"标题": "{单位} \\1 是什么", "单位": "教育局"}) == "{单位} \\1 是什么"


def test_what_is_left_is_named_once_and_other_braces_are_the_writers_own():
    assert unfilled("{称呼}您好，｛待填｝，{称呼}。集合 {1, 2}。") == ["{称呼}", "{待填}"]


@given(st.text(alphabet="{}｛｝ 编号单位x\n", max_size=30))
def test_a_passage_that_may_be_kept_is_whole_once_everything_is_known(text):
    done = filled(text, dict.fromkeys(VARIABLES, "好"))

    assert unfilled(done) == []
    if not unknown(text):
        assert not set("{}｛｝") & set(done)
