"""The inbox in the Wagtail admin, and what did not arrive among the reports."""

from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from portal.kernel.permissions import can
from portal.notifications.context import inbox_of_request
from portal.notifications.permissions import P
from portal.notifications.queries import inbox_of
from portal.notifications.views.inbox import rows
from portal.notifications.views.undelivered import UndeliveredPage

SHOWN = 5


class InboxMenuItem(MenuItem):
    """Leads to the inbox and says how much is new."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Add the count to the label: the item itself is shared by all requests."""
        item = super().render_component(request)
        unread = inbox_of_request(request).unread
        if unread:
            item.label = _("我的通知（%(count)d）") % {"count": unread}
        return item


class UndeliveredMenuItem(MenuItem):
    """Shown to those who can do something about it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.SEE_UNDELIVERED))


class UnreadPanel(Component):
    """The newest unread notices on the dashboard; nothing when there are none."""

    name = "unread_notices"
    template_name = "portal/notifications/admin/unread_panel.html"
    order = 10

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        """Load them."""
        request = (parent_context or {})["request"]
        unread = inbox_of_request(request).unread
        newest = inbox_of(request.actor, only_unread=True)[:SHOWN] if unread else []
        return {"unread": unread, "rows": rows(newest)}


@hooks.register("register_admin_urls")
def undelivered_pages() -> list[Any]:
    """Hang our page below /admin/undelivered/."""
    return [
        path("undelivered/", UndeliveredPage.as_view(http_method_names=["get", "head", "options"]), name="undelivered"),
        path(
            "undelivered/<int:notice_id>/",
            UndeliveredPage.as_view(http_method_names=["post", "options"]),
            name="undelivered_retry",
        ),
    ]


@hooks.register("register_admin_menu_item")
def inbox_menu() -> MenuItem:
    """Put the inbox below the queue."""
    return InboxMenuItem(gettext_lazy("我的通知"), reverse("inbox"), name="inbox", icon_name="mail", order=20)


@hooks.register("register_reports_menu_item")
def undelivered_menu() -> MenuItem:
    """Put what did not arrive among the reports."""
    return UndeliveredMenuItem(
        gettext_lazy("未送达的通知"), reverse("undelivered"), name="undelivered", icon_name="mail", order=100
    )


@hooks.register("construct_homepage_panels")
def unread_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the unread notices first on the dashboard."""
    panels.append(UnreadPanel())
