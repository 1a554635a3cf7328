"""Where people can be written to: e-mail addresses, WeChat and QQ."""

import re
from collections.abc import Iterator

from portal.answers.rules.personal_data.marks import Mark

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64} ?@ ?(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
# WeChat: a letter, then 5 to 19 of letters, digits, "_" and "-". QQ: 5 to 11 digits.
_ANNOUNCED = re.compile(
    r"(?:微信|微 信|wechat|vx|qq|企鹅)(?:账号|号码|号|id)?[ :是为]{0,3}"
    r"(?P<account>[a-z][-_a-z0-9]{5,19}(?![-_a-z0-9])|[1-9][0-9]{4,10}(?![0-9元年月日个]))",
    re.IGNORECASE,
)


def emails(flat: str) -> Iterator[Mark]:
    """Find e-mail addresses."""
    for match in _EMAIL.finditer(flat):
        yield Mark(match.start(), match.end(), "email")


def accounts(flat: str) -> Iterator[Mark]:
    """Find WeChat and QQ accounts after the word that announces them."""
    for match in _ANNOUNCED.finditer(flat):
        yield Mark(match.start("account"), match.end("account"), "account")
