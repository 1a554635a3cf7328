"""The same page in the other language: Chinese stands at ``/``, English at ``/en/``."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

# Codes as HTML writes them; Django's are lower case.
HTML_CODES = {"zh-hans": "zh-Hans", "en": "en"}
NAMES = {"zh-hans": "中文", "en": "English"}


@dataclass(frozen=True)
class LanguageLink:
    """A language a page can be read in. code: as HTML writes it; href: path with query; url: absolute.

    is_written: the page there is in that language, and no other text stands in for it.
    """

    code: str
    name: str
    href: str
    url: str
    is_current: bool
    is_written: bool = True


class LanguageOfAddress(LocaleMiddleware):
    """Django's language middleware without ``Vary: Accept-Language``.

    The address alone decides on the language, so a cache need not keep a copy per browser setting.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Say which language was answered in."""
        response.headers.setdefault("Content-Language", html_code())
        return response


def html_code() -> str:
    """Return the present language as HTML writes it."""
    return HTML_CODES.get(get_language() or "", "zh-Hans")


def language_links(request: HttpRequest) -> Iterator[LanguageLink]:
    """Yield the page's address in each language.

    A view whose page has other addresses in other languages, or none, sets
    ``request.language_paths = {"en": "/en/guides/"}``. A page that was not found leads home. Languages in which
    another one's text stands in are named in ``request.unwritten_languages``.
    """
    query = request.META.get("QUERY_STRING", "")
    own = getattr(request, "language_paths", None)
    unwritten = getattr(request, "unwritten_languages", ())
    for code in NAMES:
        path = own.get(code, home(code)) if own is not None else _same_page(request, code)
        href = f"{path}?{query}" if query and (own is None or code in own) else path
        url, is_current = settings.BASE_URL + path, code == get_language()
        yield LanguageLink(HTML_CODES[code], NAMES[code], href, url, is_current, code not in unwritten)


def home(code: str) -> str:
    """Return the path of the home page in a language."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def _same_page(request: HttpRequest, code: str) -> str:
    if getattr(request, "resolver_match", None) is None:
        return home(code)
    path = request.path
    for known in NAMES:
        prefix = home(known)
        if prefix != "/" and path.startswith(prefix):
            path = "/" + path.removeprefix(prefix)
    return home(code) + path.removeprefix("/")
