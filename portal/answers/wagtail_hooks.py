"""The desk's place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.answers import desk_urls
from portal.answers.permissions import P
from portal.kernel.permissions import can


class DeskMenuItem(MenuItem):
    """Shown to those who may see the desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.SEE_DESK))


@hooks.register("register_admin_urls")
def desk_pages() -> list[Any]:
    """Hang the desk below /admin/desk/."""
    return [path("desk/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def desk_menu() -> MenuItem:
    """Put the queue first in the menu: it is what staff come for."""
    return DeskMenuItem(_("问题队列"), reverse("answers_desk:queue"), icon_name="list-ul", order=10)


@hooks.register("register_admin_menu_item")
def rota_menu() -> MenuItem:
    """Put the rota below."""
    return DeskMenuItem(_("值班表"), reverse("answers_desk:rota_home"), icon_name="calendar", order=12)


@hooks.register("register_admin_menu_item")
def emergency_menu() -> MenuItem:
    """Put rapid response right below it."""
    return DeskMenuItem(_("应急快速响应"), reverse("answers_desk:emergencies"), icon_name="warning", order=11)
