"""Who runs this site: names, ways to reach them, and the identifiers that a government site must show.

Source of the list: 国办发〔2017〕47号 with its annex on page design. Where the values come from is left open here:
``portal.pages`` installs a source, so that mails and pages of every storey say the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新渝"

# How the identifiers look; a blank one is allowed until the site is public.
FORMATS = {
    "site_code": (
        re.compile(r"[0-9A-Z]{10}|bm[0-9]{8}"),
        "党政机关网站标识码: ten digits or capital letters; of a ministry, bm and eight digits",
    ),
    "icp": (
        re.compile(rf"[{_PROVINCES}]ICP备[0-9]{{8,10}}号(-[0-9]{{1,3}})?"),
        "ICP 备案号, such as 浙ICP备12345678号-1",
    ),
    "police": (
        re.compile(rf"[{_PROVINCES}]公网安备\s?[0-9]{{14}}号"),
        "公安备案号, such as 浙公网安备33010002000001号",
    ),
    "badge_address": (
        re.compile(r"https?://bszs\.conac\.cn/\S+"),
        "the address that the badge of public bodies leads to",
    ),
    "mistakes_address": (re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?"), "an address that begins with https://"),
    "hotline": (re.compile(r"[0-9][0-9-]{2,14}"), "a telephone number"),
    "phone": (re.compile(r"\+?[0-9][0-9 -]{4,18}"), "a telephone number"),
    "email": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "an e-mail address"),
}
LEGALLY_REQUIRED = ("site_code", "icp", "police", "owner", "operator", "phone")
ENGLISH = "_en"


@dataclass(frozen=True)
class Identity:
    """A key with ``_en`` is the English twin of the key without.

    badge: the address of the picture that public bodies get from the register of their names, badge_address:
    where it leads to. mistakes_address: where the national platform takes in what is wrong on this site.
    """

    name: str = ""
    name_en: str = ""
    place: str = ""
    place_en: str = ""
    owner: str = ""
    owner_en: str = ""
    operator: str = ""
    operator_en: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    badge: str = ""
    badge_address: str = ""
    ipv6: bool = False
    phone: str = ""
    hotline: str = ""
    email: str = ""
    mistakes_address: str = ""
    address: str = ""
    address_en: str = ""

    def localized(self, key: str, language: str) -> str:
        """Return a name in a language; in Chinese where there is no English. language: a code such as ``en``."""
        english = getattr(self, f"{key}{ENGLISH}", "") if language.startswith("en") else ""
        return str(english or getattr(self, key))

    def malformed(self) -> Iterator[tuple[str, str]]:
        """Yield the key of each malformed identifier and how it should look."""
        for key, (pattern, description) in FORMATS.items():
            value = getattr(self, key)
            if value and not pattern.fullmatch(value):
                yield key, description

    def missing(self) -> list[str]:
        """Return the keys that a public government site must have and that are blank."""
        return [key for key in LEGALLY_REQUIRED if not getattr(self, key)]

    def with_entered(self, entered: Mapping[str, Any]) -> "Identity":
        """Return this identity with what has been entered in its place; what is blank stays as it was.

        An English name of before does not stand beside a new Chinese one: it may be somebody else's.
        """
        given = {key: value for key, value in entered.items() if value}
        outdated = {f"{key}{ENGLISH}" for key in given} & {field.name for field in fields(self)} - set(given)
        return replace(self, **(dict.fromkeys(outdated, "") | given))

    @property
    def police_number(self) -> str:
        """The digits of the police record, which its public address needs."""
        return re.sub(r"\D", "", self.police)


class Source(Protocol):
    """Whoever knows the identity."""

    def current(self) -> Identity:
        """Return it as it is now; may ask the database."""
        ...

    def known(self) -> Identity:
        """Return it as this process has heard of it last; asks nobody."""
        ...


class Unnamed:
    """The source until another is installed: a site of which nothing is known."""

    def current(self) -> Identity:
        """Return a blank identity."""
        return Identity()

    known = current


_installed: Source = Unnamed()


def install(source: Source) -> None:
    """Make `source` the one of this process. Called once, when Django starts."""
    global _installed
    _installed = source


def installed() -> Source:
    """Return the source of this process."""
    return _installed
