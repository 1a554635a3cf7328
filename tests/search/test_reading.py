"""How a query is read."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.pinyin import written
from search.analysis.synonyms import Synonyms
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term
from search.reading import MOST_CHARACTERS, any_character, loose_plan, plan, read

NAMES = Synonyms.of([["居住证", "暂住证"], ["公租房", "公共租赁住房"]])


def terms(node: Node | None) -> set[tuple[str, str]]:
    """Return every (field, token) that a plan asks for."""
    match node:
        case Term(name, token):
            return {(name, token)}
        case Phrase(name, tokens):
            return {(name, token) for token in tokens}
        case Boost(inner, _):
            return terms(inner)
        case Best(nodes, _) | Sum(nodes, _):
            return set().union(*map(terms, nodes))
        case Bonus(inner, bonus):
            return terms(inner).union(*map(terms, bonus))
    return set()


def test_a_question_is_cut_into_names_and_words_that_tell_little() -> None:
    concepts = read("请问暂住证怎么办理", NAMES).concepts
    assert [concept.text for concept in concepts] == ["请问", "暂住证", "怎么办理"]
    assert [concept.tells_much for concept in concepts] == [False, True, False]
    assert concepts[1].others == ("居住证",)


def test_a_slip_of_the_same_sound_and_a_wrong_character_still_find_the_name() -> None:
    assert read("居住正", NAMES).concepts[0].guessed == "居住证"
    assert read("公共租凭住房", NAMES).concepts[0].guessed == "公共租赁住房"


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert read("暫住證", NAMES) == read("暂住证", NAMES)


def test_letters_are_tried_as_pinyin_as_first_letters_and_as_a_word() -> None:
    asked = terms(plan(read("juzhuzheng", NAMES)))
    assert {
        ("title_sounds", written("ju") + written("zu")),
        ("title_pairs", "juzhuzheng"),
        ("title_letters", "j"),
    } <= asked
    assert ("title_pairs", "暂住") in asked
    assert ("title_pairs", "公租") in terms(plan(read("gzf", NAMES)))


def test_pinyin_typed_with_spaces_or_among_characters_is_one_word() -> None:
    assert read("ju zhu zheng", NAMES).concepts[0].letters == "juzhuzheng"
    assert ("title_sounds", written("zu") + written("zen")) in terms(plan(read("居住zheng", NAMES)))


def test_a_query_without_a_word_has_no_plan() -> None:
    for text in ("", "  ", "!?？", "\x00", '"*('):
        assert plan(read(text, NAMES)) is None
        assert any_character(read(text, NAMES)) is None


def test_a_query_of_nothing_but_little_words_is_asked_all_the_same() -> None:
    assert ("title_pairs", "流程") in terms(plan(read("流程", NAMES)))


def test_names_are_asked_for_and_what_stands_around_them_is_not() -> None:
    asked = plan(read("居住证 蓝色封面", NAMES))
    assert isinstance(asked, Bonus)
    assert ("body_pairs", "蓝色") not in terms(asked.node)
    assert ("body_pairs", "蓝色") in terms(asked)


@given(st.text(max_size=400))
def test_any_text_can_be_read_and_planned(text: str) -> None:
    reading = read(text, NAMES)
    assert len(reading.text) <= MOST_CHARACTERS
    for asked in (plan(reading), loose_plan(reading)):
        for name, token in terms(asked):
            assert name
            assert token
            assert " " not in token
