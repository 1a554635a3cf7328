"""The calendar's place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.kernel.permissions import can
from portal.workdays import admin_urls
from portal.workdays.permissions import P


class CalendarMenuItem(MenuItem):
    """Shown to those who take part in changing the calendar."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.SEE_VERSIONS))


@hooks.register("register_admin_urls")
def calendar_pages() -> list[Any]:
    """Hang our pages below /admin/calendar/."""
    return [path("calendar/", include(admin_urls))]


@hooks.register("register_admin_menu_item")
def calendar_menu() -> MenuItem:
    """Put the calendar below the rota."""
    return CalendarMenuItem(_("工作日历"), reverse("workdays:versions"), icon_name="date", order=13)
