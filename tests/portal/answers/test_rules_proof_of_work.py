import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules.proof_of_work import solve, solves

pytestmark = pytest.mark.unit


def leading_zero_bits(salt, nonce):
    digest = hashlib.sha256(f"{salt}:{nonce}".encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()


@given(st.text("0123456789abcdef", min_size=4, max_size=32), st.integers(0, 10**9), st.integers(0, 24))
def test_a_nonce_solves_as_many_bits_as_its_hash_begins_with_zeros(salt, nonce, difficulty):
    assert solves(salt, str(nonce), difficulty) == (leading_zero_bits(salt, nonce) >= difficulty)


def test_a_solution_is_found_and_belongs_to_its_salt():
    nonce = solve("salt", 10)

    assert solves("salt", nonce, 10)
    assert not all(solves(f"other{n}", nonce, 10) for n in range(20))


@pytest.mark.parametrize("nonce", ["", "-1", "1.0", "0x1", "１２", "1" * 21, " 1", "nan"])
def test_what_is_no_plain_number_solves_nothing(nonce):
    assert not solves("salt", nonce, 0)
