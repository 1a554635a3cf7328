"""The place of offices and people in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.accounts import office_urls
from portal.accounts.permissions import P
from portal.kernel.permissions import can


class OfficesMenuItem(MenuItem):
    """Shown to those who oversee an office."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.SEE_OFFICES))


@hooks.register("register_admin_urls")
def office_pages() -> list[Any]:
    """Hang our pages below /admin/offices/."""
    return [path("offices/", include(office_urls))]


@hooks.register("register_admin_menu_item")
def offices_menu() -> MenuItem:
    """Put the tree of offices into the menu."""
    return OfficesMenuItem(gettext_lazy("单位与人员"), reverse("offices:list"), icon_name="group", order=800)


@hooks.register("register_account_menu_item")
def own_account(request: HttpRequest) -> dict[str, str]:
    """Lead from Wagtail's preferences to the account itself."""
    return {
        "url": reverse("accounts:account"),
        "label": _("称呼、联系方式与安全"),
        "help_text": _("更改称呼、手机号、电子邮箱、密码和两步验证。"),
    }
