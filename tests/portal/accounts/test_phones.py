import pytest
from django.core.exceptions import ValidationError

from portal.accounts import phones


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "１３８００１３８０００",
    ],
)
def test_what_people_type_becomes_one_number(typed):
    assert phones.normalize(typed) == "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "1380013800",
        "138001380000",
        "0574-87654321",  # a landline cannot get a code
        "+1 415 555 2671",
        "+852 5123 4567",
        "13800138000 ext 5",
        "1380013800a",
        "1" * 5000,
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(phones.NotAMobileNumber):
        phones.normalize(typed)


def test_the_refusal_says_what_to_do():
    with pytest.raises(ValidationError) as refused:
        phones.MobileField().clean("12345")

    assert refused.value.messages == ["请输入 11 位的中国大陆手机号，例如 138 0013 8000。"]


def test_numbers_are_shown_in_groups_and_masked_in_the_middle():
    assert phones.display("+8613800138000") == "138 0013 8000"
    assert phones.mask("+8613800138000") == "138 **** 8000"
    assert phones.display("") == phones.mask("") == ""
