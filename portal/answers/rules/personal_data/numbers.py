"""Numbers that belong to one person: identity, bank card, mobile, landline.

A run of digits is judged by what its issuer says of it, so that order, file and meter numbers
of the same length pass. A word that announces it ("身份证") counts for a mistyped digit.
"""

import re
from collections.abc import Iterator
from datetime import date

from portal.answers.rules.personal_data.marks import Mark, follows

_IDENTITY_18 = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][ -]?){17}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_15 = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][ -]?){14}[0-9](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][ -]?){14,18}[0-9](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.-])(?:\(?(?:\+|00)?(?:\(\+?)?86\)?[ .-]?)?"
    r"1[ .-]?[3-9](?:[ .-]?[0-9]){9}(?![0-9A-Za-z])"
)
_TELEPHONE = re.compile(
    r"(?<![0-9A-Za-z])(?:\(0(?:10|2[0-9]|[3-9][0-9]{2})\)|0(?:10|2[0-9]|[3-9][0-9]{2}))"
    r"[ -]{0,2}[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9A-Za-z])"
)
_SPOKEN = str.maketrans("〇○零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789")

_IDENTITY_CUES = ("身份证", "身份号", "证件号")
_CARD_CUES = ("卡号", "银行卡", "账号", "工资卡", "这张卡")

# GB 11643-1999: factors of the first seventeen digits, and the check digit for each remainder by 11.
_FACTORS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# GB/T 2260: the first digit is the region, 1 (north) to 6 (north-west); 71, 81, 82, 83 came later.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# Numbers that banks in China issue: UnionPay, Visa, Mastercard, JCB, American Express.
_ISSUER = re.compile(r"62|4|5[1-5]|35|3[47]")


def identity_numbers(flat: str) -> Iterator[Mark]:
    """Find 18 digits whose date and check digit are right (or that are announced), and the old 15."""
    for match in _IDENTITY_18.finditer(flat):
        number = _bare(match[0])
        announced = follows(flat, match.start(), _IDENTITY_CUES, 10)
        if announced or (_of_a_person(number[:2], number[6:14]) and _check_digit(number) == number[-1].upper()):
            yield Mark(match.start(), match.end(), "identity_number")
    for match in _IDENTITY_15.finditer(flat):
        number = _bare(match[0])
        if _of_a_person(number[:2], f"19{number[6:12]}"):  # given out until 1999
            yield Mark(match.start(), match.end(), "identity_number")


def _of_a_person(province: str, born: str) -> bool:
    try:
        date.fromisoformat(f"{born[:4]}-{born[4:6]}-{born[6:]}")
    except ValueError:
        return False
    return bool(_PROVINCE.match(province)) and "1900" <= born[:4] <= "2099"


def _check_digit(number: str) -> str:
    return _CHECK_DIGITS[sum(int(digit) * factor for digit, factor in zip(number, _FACTORS, strict=False)) % 11]


def bank_cards(flat: str) -> Iterator[Mark]:
    """Find 15 to 19 digits that satisfy ISO/IEC 7812 (Luhn) or are announced as a card's."""
    for match in _CARD.finditer(flat):
        number = _bare(match[0])
        announced = follows(flat, match.start(), _CARD_CUES, 6)
        if announced or (_ISSUER.match(number) and _luhn(number)):
            yield Mark(match.start(), match.end(), "bank_card")


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mobiles(flat: str) -> Iterator[Mark]:
    """Find mainland mobile numbers, in digits or written out ("一三八…")."""
    for match in _MOBILE.finditer(flat.translate(_SPOKEN)):
        yield Mark(match.start(), match.end(), "mobile")


def telephones(flat: str) -> Iterator[Mark]:
    """Find landlines with their area code."""
    for match in _TELEPHONE.finditer(flat):
        yield Mark(match.start(), match.end(), "telephone")


def _bare(written: str) -> str:
    return written.replace(" ", "").replace("-", "")
