"""References, tracking codes, commitments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.refs import ALPHABET, CODE_LENGTH, Ref, clean_code, commit, hash_code, new_code


def test_a_reference_reads_back():
    assert Ref.parse("portal.answers.question:0190") == Ref("portal.answers.question", "0190")
    assert str(Ref("projects.tender", "42")) == "projects.tender:42"


@pytest.mark.parametrize("text", ["", "question", ":42", "question:"])
def test_half_a_reference_is_none(text):
    with pytest.raises(ValueError, match="not a reference"):
        Ref.parse(text)


def test_a_code_has_ninety_random_bits_in_letters_that_survive_the_telephone():
    code = new_code()

    assert len(clean_code(code)) == CODE_LENGTH
    assert set(clean_code(code)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed", ["7k2m9q-4d8txa-1zr5bc", " 7K2M9Q 4D8TXA 1ZR5BC ", "7K2M9Q4D8TXAIZR5BC", "7k2m9q-4d8txa-lzr5bc"]
)
def test_what_people_do_to_a_code_does_not_matter(typed):
    assert hash_code(typed) == hash_code("7K2M9Q-4D8TXA-1ZR5BC")


@given(st.text(max_size=40))
def test_any_input_has_a_clean_form_that_stays(typed):
    assert clean_code(clean_code(typed)) == clean_code(typed)


def test_a_commitment_binds_to_text_and_key():
    one, other = b"1" * 32, b"2" * 32

    assert commit(one, "王秀英") == commit(one, "王秀英")
    assert commit(one, "王秀英") != commit(other, "王秀英")
    assert commit(one, "王秀英") != commit(one, "王秀英 ")
    assert "王" not in commit(one, "王秀英")
