"""How a person wants pages shown: one cookie, a closed list of values, set on the server.

The cookie reads ``size.contrast.theme``, such as ``elder.high.light``. Anything else counts as no
cookie, so a proxy may put its value into the cache key without being flooded with made-up ones.
"""

from dataclasses import dataclass, fields
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "display"
ONE_YEAR = 365 * 24 * 3600  # seconds

CHOICES = {
    "size": ("standard", "large", "elder"),
    "contrast": ("normal", "high"),
    "theme": ("light", "dark", "auto"),
}


@dataclass(frozen=True)
class Display:
    """The three modes of a page, each one of CHOICES; the first of each is the default."""

    size: str = "standard"
    contrast: str = "normal"
    theme: str = "light"

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) not in CHOICES[field.name]:
                raise ValueError(f"{field.name} is one of {', '.join(CHOICES[field.name])}")

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the cookie; a value that is not on the list counts as none."""
        parts = request.COOKIES.get(COOKIE, "").split(".")
        try:
            return cls(*parts) if len(parts) == len(CHOICES) else cls()
        except ValueError:
            return cls()

    @property
    def is_elder(self) -> bool:
        """Tell whether the page is in elder mode."""
        return self.size == "elder"

    @property
    def is_default(self) -> bool:
        """Tell whether nothing was chosen."""
        return self == Display()

    def __str__(self) -> str:
        return f"{self.size}.{self.contrast}.{self.theme}"

    def keep(self, response: HttpResponse) -> None:
        """Set the cookie for a year; the default is kept by having none, so that pages stay cacheable."""
        if self.is_default:
            response.delete_cookie(COOKIE, samesite="Lax")
            return
        response.set_cookie(
            COOKIE,
            str(self),
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
