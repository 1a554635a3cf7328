"""Marks in results."""

import pytest

from search.analysis.highlighting import FRAGMENT, fragment, marked


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("居住证签注", ["居住证"], "<mark>居住证</mark>签注"),
        ("居住证签注", ["居住证", "签注"], "<mark>居住证签注</mark>"),
        ("居住登記證", ["登记证"], "居住<mark>登記證</mark>"),
        ("ＡＢＣ 卡", ["abc"], "<mark>ＡＢＣ</mark> 卡"),
        ("A residence permit", ["residence", "permit"], "A <mark>residence permit</mark>"),
        ("公共租赁住房", ["公租住房"], "公共租赁<mark>住房</mark>"),
        ("没有的", ["居住证"], "没有的"),
        ("居住证的证", ["居住证", "证"], "<mark>居住证</mark>的证"),
    ],
)
def test_what_was_looked_for_is_marked_in_the_original_spelling(text, names, shown):
    assert marked(text, names) == shown


def test_everything_is_escaped_inside_and_outside_the_marks():
    assert marked("<b>居住证</b>&", ["居住证", "<b>"]) == "<mark>&lt;b&gt;居住证</mark>&lt;/b&gt;&amp;"


def test_the_fragment_is_the_piece_that_holds_most_different_words():
    text = f"居住证。{'无关' * 60}。居住证每年签注一次，{'其他' * 60}"

    shown = fragment(text, ["居住证", "签注"])

    assert shown.startswith("…<mark>居住证</mark>每年<mark>签注</mark>一次，其他")
    assert shown.endswith("…")
    assert len(shown.replace("<mark>", "").replace("</mark>", "").strip("…")) == FRAGMENT


def test_a_text_without_any_of_the_words_shows_its_beginning():
    assert fragment("开头\n第二行", ["居住证"]) == "开头 第二行"


def test_a_fragment_in_letters_is_longer_and_cuts_no_word():
    text = "word " * 30 + "permit " + "thing " * 60

    shown = fragment(text, ["permit"])

    assert "<mark>permit</mark>" in shown
    assert set(shown.strip("… ").replace("<mark>", "").replace("</mark>", "").split()) == {"word", "permit", "thing"}


@pytest.mark.parametrize("text", ["", "一", "a"])
def test_short_texts_are_shown_whole(text):
    assert fragment(text, ["居住证"]) == text
