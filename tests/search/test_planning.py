"""What is asked for a query that was read."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.pinyin import written
from search.analysis.synonyms import Synonyms
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term
from search.planning import any_character, loose_plan, plan
from search.reading import MOST_CHARACTERS, read

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


def nodes(node: Node | None) -> list[Node]:
    """Return a plan and everything in it."""
    match node:
        case Boost(inner, _):
            return [node, *nodes(inner)]
        case Best(inside, _) | Sum(inside, _):
            return [node, *(one for each in inside for one in nodes(each))]
        case Bonus(inner, bonus):
            return [node, *nodes(inner), *(one for each in bonus for one in nodes(each))]
    return [node] if node else []


def test_two_characters_that_sound_like_a_name_are_looked_for_by_all_its_names() -> None:
    names = Synonyms.of([["低保", "最低生活保障"]])
    assert {("title_pairs", "低保"), ("title_pairs", "最低"), ("title_pairs", "底保")} <= terms(
        plan(read("底保", names))
    )
    assert ("title_pairs", "最低") in terms(plan(read("dibao", names)))


def test_first_letters_of_a_name_are_all_its_names() -> None:
    assert ("title_pairs", "租赁") in terms(plan(read("gzf", NAMES)))


def test_a_wrong_character_between_two_right_ones_still_finds_a_title() -> None:
    nothing = Synonyms.of([])
    # 居 and 证 stand with one between them in 居住证, and beside each other where one was typed too many.
    assert {("title_skips", "居证"), ("title_pairs", "居证")} <= terms(plan(read("居往证", nothing)))
    assert ("title_skips", "居证") not in terms(plan(read("居住证", NAMES)))


def test_another_name_must_stand_as_it_is_in_a_body_and_may_be_turned_around_in_a_title() -> None:
    names = Synonyms.of([["地皮费", "土地征收"]])
    asked = plan(read("地皮费", names))
    assert Phrase("body_pairs", ("土地", "地征", "征收")) in nodes(asked)
    assert Term("body_pairs", "征收") not in nodes(asked)
    assert Term("title_pairs", "征收") in nodes(asked)


def test_letters_are_tried_as_pinyin_as_first_letters_and_as_a_word() -> None:
    asked = terms(plan(read("juzhuzheng", NAMES)))
    assert {
        ("title_sounds", written("ju") + written("zu")),
        ("title_pairs", "juzhuzheng"),
        ("title_letters", "j"),
    } <= asked
    assert ("title_pairs", "暂住") in asked
    assert ("title_pairs", "公租") in terms(plan(read("gzf", NAMES)))


def test_pinyin_typed_among_characters_is_looked_for_with_them_by_its_sound() -> None:
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
