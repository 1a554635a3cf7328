"""Who runs this site: names and the legal identifiers of the footer, from the settings.

Source of the list: 国办发〔2017〕47号 with its annex on page design.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新渝"

# How the identifiers look; a blank one is allowed until the site is public.
FORMATS = {
    "site_code": (re.compile(r"[0-9A-Z]{10}"), "党政机关网站标识码: ten digits or capital letters"),
    "icp": (re.compile(rf"[{_PROVINCES}]ICP备\d{{8,10}}号(-\d{{1,3}})?"), "ICP 备案号, such as 浙ICP备12345678号-1"),
    "police": (re.compile(rf"[{_PROVINCES}]公网安备\s?\d{{14}}号"), "公安备案号, such as 浙公网安备33010002000001号"),
    "hotline": (re.compile(r"[0-9][0-9-]{2,14}"), "a telephone number"),
    "phone": (re.compile(r"\+?[0-9][0-9 -]{4,18}"), "a telephone number"),
    "email": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "an e-mail address"),
}
LEGALLY_REQUIRED = ("site_code", "icp", "police", "owner", "operator", "phone")


@dataclass(frozen=True)
class Identity:
    """What the settings' SITE_IDENTITY says. A key with ``_en`` is its English twin."""

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
    phone: str = ""
    hotline: str = ""
    email: str = ""
    address: str = ""
    address_en: str = ""

    def localized(self, key: str) -> str:
        """Return a name in the present language; in Chinese where there is no English."""
        english = getattr(self, f"{key}_en", "") if (get_language() or "").startswith("en") else ""
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

    @property
    def police_number(self) -> str:
        """The digits of the police record, which its public address needs."""
        return re.sub(r"\D", "", self.police)


def identity() -> Identity:
    """Return the site's identity. Raises TypeError for a key that is not known."""
    return Identity(**settings.SITE_IDENTITY)
