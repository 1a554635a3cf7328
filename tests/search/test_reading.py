"""How a query is read."""

from search.analysis.synonyms import Synonyms
from search.reading import read

NAMES = Synonyms.of([["居住证", "暂住证"], ["公租房", "公共租赁住房"]])


def test_a_question_is_cut_into_names_and_words_that_tell_little() -> None:
    concepts = read("请问暂住证怎么办理", NAMES).concepts
    assert [concept.text for concept in concepts] == ["请问", "暂住证", "怎么办理"]
    assert [concept.tells_much for concept in concepts] == [False, True, False]
    assert concepts[1].others == ("居住证",)


def test_a_slip_of_the_same_sound_and_a_wrong_character_still_find_the_name() -> None:
    assert read("居住正", NAMES).concepts[0].guessed == "居住证"
    assert read("公共租凭住房", NAMES).concepts[0].guessed == "公共租赁住房"


def test_names_are_cut_so_that_they_take_in_most_of_the_question() -> None:
    names = Synonyms.of(
        [["送外卖的", "骑手"], ["电瓶车", "电动自行车"], ["车牌", "号牌"], ["老旧小区改造", "旧改"], ["老旧", "陈旧"]]
    )
    # 送外卖电 is 送外卖的 but for a character: that would take the beginning of what is really there.
    assert "电瓶车" in [concept.text for concept in read("送外卖电瓶车没车牌", names).concepts]
    assert [concept.guessed for concept in read("老旧小曲改造", names).concepts] == ["老旧小区改造"]


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert read("暫住證", NAMES) == read("暂住证", NAMES)


def test_pinyin_typed_with_spaces_is_one_word() -> None:
    assert read("ju zhu zheng", NAMES).concepts[0].letters == "juzhuzheng"
