"""How text becomes tokens."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import tokens
from search.analysis.folding import fold
from search.analysis.pinyin import sound, sound_of, syllables, written
from search.analysis.stopwords import stopwords
from search.analysis.synonyms import Synonyms, shipped

ANY_TEXT = st.text(max_size=200)
HAN_TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)


@given(ANY_TEXT)
def test_folding_keeps_the_length_and_is_done_after_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("居住證", "居住证"),
        ("社會保險費補繳", "社会保险费补缴"),
        ("衞生署", "卫生署"),
        ("ＡＢＣ１２３（甲）", "abc123(甲)"),
        ("WiFi", "wifi"),
        ("怎麼辦", "怎么办"),
        ("乾淨", "干净"),
        ("么", "么"),
    ],
)
def test_spellings_become_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY_TEXT)
def test_any_text_can_be_cut_and_no_token_holds_a_space(text: str) -> None:
    for cut in (tokens.pairs, tokens.characters, tokens.skips, tokens.sounds, tokens.first_letters):
        assert all(token and len(token) <= tokens.LONGEST_WORD for token in cut(text).split(" ") if cut(text))


@given(HAN_TEXT, HAN_TEXT)
def test_what_stands_in_a_text_gives_only_tokens_of_the_text(before: str, part: str) -> None:
    whole = before + part
    if len(part) > 1:
        assert set(tokens.pairs(part).split()) <= set(tokens.pairs(whole).split())
    assert set(tokens.characters(part).split()) <= set(tokens.characters(whole).split())


def test_pairs_are_of_neighbours_and_never_across_punctuation() -> None:
    assert tokens.pairs("居住证，办理APP v2") == "居住 住证 办理 app v2"
    assert tokens.pairs("证") == "证"
    assert tokens.skips("居住证") == "居证"


def test_titles_are_read_by_words_and_bodies_by_characters() -> None:
    assert written("yin") + written("han") in tokens.sounds("银行", by_words=True).split()
    assert tokens.first_letters("办理居住证 2026") == "b l j z z"


@pytest.mark.parametrize(("one", "other"), [("证", "正"), ("租", "主"), ("灵", "宁"), ("省", "身"), ("机", "积")])
def test_what_many_do_not_tell_apart_sounds_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_sounds_know_no_tones() -> None:
    assert sound("zhèng") == "zen"
    assert sound("lǜ") == sound("lv") == "lv"


@pytest.mark.parametrize(
    ("letters", "cut"),
    [
        ("juzhuzheng", (("ju", "zu", "zen"), "")),
        ("gongjijin", (("gong", "ji", "jin"), "")),
        ("fangan", (("fan", "an"), "")),
        ("gonjijin", (("gong", "ji", "jin"), "")),
        ("zonkao", (("zhong", "kao"), "")),
        ("shenfenzh", (("sen", "fen"), "zh")),
        ("jzz", None),
        ("hello", None),
    ],
)
def test_letters_are_cut_into_syllables(letters: str, cut: object) -> None:
    expected = cut if cut is None else (tuple(map(sound, cut[0])), cut[1])  # type: ignore[index]
    assert syllables(letters) == expected


@given(st.text(string.ascii_lowercase, min_size=1, max_size=30))
def test_any_letters_can_be_tried_as_pinyin(letters: str) -> None:
    found = syllables(letters)
    assert found is None or found[0]


SMALL = Synonyms.of(
    [["居住证", "暂住证"], ["公租房", "公共租赁住房"]], [(["娃上学"], ["入学报名"]), (["便宜房"], ["公租房"])]
)


def test_members_of_a_group_find_each_other_and_what_is_meant_is_not_found_backwards() -> None:
    assert SMALL.said["暂住证"] == ("居住证",)
    assert SMALL.said["娃上学"] == ("入学报名",)
    assert "入学报名" not in SMALL.said
    assert SMALL.said["便宜房"] == ("公租房", "公共租赁住房")


def test_names_are_known_by_sound_by_letters_and_but_for_one_character() -> None:
    assert SMALL.by_sound[tuple(map(sound_of, "居住正"))] == "居住证"
    assert SMALL.by_letters["gzf"] == ("公租房",)
    assert SMALL.near("公共租凭住房") == SMALL.near("公共租住房") == SMALL.near("公共租赁的住房") == "公共租赁住房"
    assert SMALL.near("高龄津贴") == ""


def test_a_word_that_is_only_like_a_name_is_no_slip_of_it() -> None:
    names = Synonyms.of([["出租登记", "房东备案"]])
    assert names.near("出组登记") == names.near("出登租记") == "出租登记"
    # One character less and another one more: a word of its own.
    assert names.near("租赁登记") == ""


def test_an_editor_s_groups_add_to_those_that_are_shipped() -> None:
    both = SMALL | Synonyms.of([["居住证", "绿卡"]])
    assert both.said["居住证"] in (("暂住证", "绿卡"), ("绿卡", "暂住证"))


def test_the_shipped_names_are_folded_and_tell_something() -> None:
    for term, others in shipped().said.items():
        assert fold(term) == term
        assert len(term) > 1
        assert others
        assert term not in others
    assert len(stopwords()) > 100
