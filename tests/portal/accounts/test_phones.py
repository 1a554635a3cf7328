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


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("13800138000", "+8613800138000", "138 0013 8000"),
        ("0574-87654321", "+8657487654321", "0574 8765 4321"),
        ("010 65120000", "+861065120000", "010 6512 0000"),
        ("0599 6610011", "+865996610011", "0599 661 0011"),
    ],
)
def test_somebody_can_be_called_at_a_mobile_and_at_a_landline_with_its_area_code(typed, number, shown):
    assert phones.callable_number(typed) == number
    assert phones.display(number) == shown


@pytest.mark.parametrize("typed", ["", "87654321", "12345", "400-800-8888", "+1 415 555 2671", "9" * 26])
def test_nobody_can_be_called_at_anything_else(typed):
    with pytest.raises(phones.NotCallable):
        phones.callable_number(typed)


def test_the_refusal_says_what_to_do():
    with pytest.raises(ValidationError) as refused:
        phones.MobileField().clean("12345")

    assert refused.value.messages == ["请输入 11 位的中国大陆手机号，例如 138 0013 8000。"]


def test_numbers_are_shown_in_groups():
    assert phones.display("+8613800138000") == "138 0013 8000"
    assert phones.display("") == ""
