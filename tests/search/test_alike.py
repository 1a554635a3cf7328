"""Which queries ask for the same, however they are put."""

import pytest

from search.alike import are_alike, meanings
from search.analysis.synonyms import shipped
from search.reading import read

pytestmark = pytest.mark.unit


def asks(text: str):
    return meanings(read(text, shipped()))


@pytest.mark.parametrize(
    "other",
    ["居住证", "居住證", "居住证怎么办", "暂住证", "居主证", "juzhuzheng", "JZZ", " 居住证？"],
)
def test_spellings_other_names_slips_and_small_words_make_no_difference(other):
    assert are_alike(asks("居住证"), asks(other))
    assert are_alike(asks(other), asks("居住证"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("居住证", "居住证签注"),
        ("居住证", "居住证 积分入学"),
        ("居住证", "身份证"),
        ("居住证", ""),
        ("怎么办", "怎么办"),
        ("", ""),
        ("residence permit", "residence"),
    ],
)
def test_more_less_and_other_things_are_not_the_same(one, other):
    assert not are_alike(asks(one), asks(other))


def test_the_order_does_not_count():
    assert are_alike(asks("积分入学 居住证"), asks("居住证 积分入学"))
    assert are_alike(asks("residence permit"), asks("permit residence"))
