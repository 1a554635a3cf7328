"""The journal among the reports of the Wagtail admin, and the warning when the background is late."""

from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.journal import views
from portal.journal.permissions import P
from portal.kernel.permissions import can


class JournalMenuItem(MenuItem):
    """Shown to those who may read the journal."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the pages."""
        return bool(can(request.actor, P.READ_JOURNAL))


class LagPanel(Component):
    """On top of the dashboard when the background is late; nothing otherwise."""

    name = "journal_lag"
    template_name = "portal/journal/lag_panel.html"
    order = 0

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        """Give nothing: the tag in the template measures."""
        return {}


@hooks.register("register_admin_urls")
def journal_pages() -> list[Any]:
    """Hang our pages below /admin/journal/."""
    return [
        path("journal/", views.event_list, name="journal_events"),
        path("journal/export/", views.event_export, name="journal_export"),
        path("journal/unfinished/", views.dead_letters, name="journal_dead_letters"),
        path("journal/unfinished/retry/", views.retry, name="journal_retry"),
        path("journal/of/<str:ref>/", views.aggregate, name="journal_aggregate"),
    ]


@hooks.register("register_reports_menu_item")
def events_menu() -> MenuItem:
    """Put the journal among the reports."""
    return JournalMenuItem(_("事件日志"), reverse("journal_events"), name="journal", icon_name="history", order=200)


@hooks.register("register_reports_menu_item")
def dead_letters_menu() -> MenuItem:
    """Put what could not be done among the reports."""
    return JournalMenuItem(
        _("未完成的后台任务"), reverse("journal_dead_letters"), name="unfinished", icon_name="warning", order=210
    )


@hooks.register("construct_homepage_panels")
def lag_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Warn before anything else."""
    panels.append(LagPanel())
