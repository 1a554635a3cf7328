"""What the base template shows around a page. Everything is worked out when it is first asked for."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from portal.kernel.identity import Identity, installed
from portal.ui import banners, navigation
from portal.ui.columns import Column, column_of
from portal.ui.display import Display
from portal.ui.languages import LanguageLink, html_code, language_links


class Shell:
    """The frame of a page: modes, names, menus, languages. Never a token, a nonce or a message.

    asks: whether the database may be asked who runs the site.
    """

    def __init__(self, request: HttpRequest, *, asks: bool = True) -> None:
        self._request = request
        self._asks = asks

    @cached_property
    def display(self) -> Display:
        """The modes this page is shown in."""
        return Display.of(self._request)

    @cached_property
    def lang(self) -> str:
        """The language of the page, as HTML writes it."""
        return html_code()

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """This page in each language."""
        return list(language_links(self._request))

    @cached_property
    def other_language(self) -> LanguageLink:
        """This page in the language it is not in."""
        return next(link for link in self.languages if not link.is_current)

    @cached_property
    def identity(self) -> Identity:
        """Who runs the site."""
        return installed().current() if self._asks else installed().known()

    @cached_property
    def name(self) -> str:
        """The site's name in the present language."""
        return self._localized("name")

    @cached_property
    def domain(self) -> str:
        """The host under which the site is known."""
        return urlsplit(settings.BASE_URL).hostname or ""

    @cached_property
    def column(self) -> Column | None:
        """The column that the page belongs to, None for a page that belongs to none."""
        return column_of(self._request, [*self.main_links, *self.footer_links])

    @cached_property
    def home(self) -> str:
        """The address of the home page."""
        return navigation.home_address()

    @cached_property
    def display_href(self) -> str:
        """The page where the modes are chosen; it leads back here."""
        back = urlencode({"next": self._request.get_full_path()})
        return f"{reverse('ui_display')}?{back}"

    @cached_property
    def is_demo(self) -> bool:
        """Tell whether this is the demo."""
        return bool(settings.DEMO)

    @cached_property
    def is_signed_in(self) -> bool:
        """Tell whether somebody has signed in; nobody on pages that came before sessions."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def main_links(self) -> list[navigation.MenuLink]:
        """The main menu."""
        return navigation.links(self._request, "main")

    @cached_property
    def account_links(self) -> list[navigation.MenuLink]:
        """The menu of whoever has signed in."""
        return navigation.links(self._request, "account") if self.is_signed_in else []

    @cached_property
    def elder_links(self) -> list[navigation.MenuLink]:
        """The big entries of the home page in elder mode."""
        return navigation.links(self._request, "elder")

    @cached_property
    def footer_links(self) -> list[navigation.MenuLink]:
        """The links of the footer."""
        return navigation.links(self._request, "footer")

    @cached_property
    def demo_links(self) -> list[navigation.MenuLink]:
        """The links of the demo's banner."""
        return navigation.links(self._request, "demo") if self.is_demo else []

    @cached_property
    def banners(self) -> list[banners.Banner]:
        """What must be seen on every page now."""
        return banners.banners()

    @cached_property
    def localized(self) -> dict[str, str]:
        """The names that the footer shows, in the present language."""
        return {key: self._localized(key) for key in ("place", "owner", "operator", "address")}

    def _localized(self, key: str) -> str:
        return self.identity.localized(key, get_language() or "")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, as ``ui``."""
    return {"ui": Shell(request)}
