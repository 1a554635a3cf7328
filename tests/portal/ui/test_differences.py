"""The comparison of two texts loses nothing and points at what changed."""

from hypothesis import given
from hypothesis import strategies as st

from portal.ui.differences import COME, GONE, SAME, Line, Part, difference

texts = st.text(alphabet="甲乙丙ab1 ，\n", max_size=60)


def test_changed_line_shows_old_then_new():
    assert difference("住在幸福路 12 号", "住在幸福路") == [
        Line(GONE, (Part(SAME, "住在幸福路"), Part(GONE, " 12 号"))),
        Line(COME, (Part(SAME, "住在幸福路"),)),
    ]


def test_number_is_one_word():
    gone, come = difference("电话 13800138000", "电话 13900139000")

    assert gone.parts[-1] == Part(GONE, "13800138000")
    assert come.parts[-1] == Part(COME, "13900139000")


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_comparison(old, new):
    lines = difference(old, new)

    assert _text(lines, SAME, GONE) == old.splitlines()
    assert _text(lines, SAME, COME) == new.splitlines()


@given(texts)
def test_equal_texts_have_no_difference(text):
    assert all(line.kind == SAME for line in difference(text, text))


def _text(lines, *kinds):
    return ["".join(part.text for part in line.parts) for line in lines if line.kind in kinds]
