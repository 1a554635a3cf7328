"""Personal data at rest."""

import pytest
from cryptography.fernet import Fernet

from portal.kernel.vault import Unreadable, Vault

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_sealed_text_opens_again_and_does_not_show():
    vault = Vault([NEW], "index")
    sealed = vault.seal("+8613800138000")

    assert vault.open(sealed) == "+8613800138000"
    assert "+8613800138000" not in sealed
    assert sealed != vault.seal("+8613800138000")


def test_nothing_stays_nothing():
    vault = Vault([NEW], "index")

    assert vault.seal("") == ""
    assert vault.open("") == ""


def test_keys_rotate_the_first_seals_and_every_one_opens():
    sealed_before = Vault([OLD], "index").seal("contact")
    rotated = Vault([NEW, OLD], "index")

    assert rotated.open(sealed_before) == "contact"
    assert Vault([NEW], "index").open(rotated.seal("contact")) == "contact"


def test_without_the_key_nothing_opens():
    with pytest.raises(Unreadable):
        Vault([NEW], "index").open(Vault([OLD], "index").seal("contact"))
    with pytest.raises(Unreadable):
        Vault([NEW], "index").open("tampered")


def test_equal_texts_have_one_index_under_one_key():
    vault = Vault([NEW], "index")

    assert vault.blind_index("+8613800138000") == Vault([OLD], "index").blind_index("+8613800138000")
    assert vault.blind_index("+8613800138000") != Vault([NEW], "another").blind_index("+8613800138000")
    assert vault.blind_index("+8613800138000") != vault.blind_index("+8613800138001")
