"""The place of the editors' pages in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.pages.actions.identity import CHANGED, ChangeIdentity
from portal.pages.editing.blocked_words import BlockedWordViewSet
from portal.pages.editing.identity import IdentityChange
from portal.pages.editing.inspection_report import InspectionPanel, InspectionReport
from portal.pages.editing.promotions import viewsets as viewsets_of_promotions
from portal.pages.editing.reviews_report import ReviewsReport
from portal.pages.editing.searches_report import SearchesReport
from portal.pages.editing.synonyms import SynonymViewSet
from portal.pages.editing.terms import PreferredTermViewSet
from portal.pages.editing.topics import TopicViewSet
from portal.pages.editing.viewsets import viewsets
from portal.pages.models import SiteIdentity

READING = ["get", "head", "options"]


class EditorsMenuItem(MenuItem):
    """Shown to whoever edits pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask what the page behind it asks."""
        return bool(user_has_any_page_permission(request.user))


@hooks.register("register_admin_viewset")
def page_types() -> list[Any]:
    """Show the checks beside every page."""
    return viewsets()


@hooks.register("register_admin_viewset")
def terms() -> PreferredTermViewSet:
    """Put the list of terms among the settings."""
    return PreferredTermViewSet()


@hooks.register("register_admin_viewset")
def synonyms() -> SynonymViewSet:
    """Put the other names that the search knows among the settings."""
    return SynonymViewSet()


@hooks.register("register_admin_viewset")
def blocked_words() -> BlockedWordViewSet:
    """Put the words that the search does not suggest among the settings."""
    return BlockedWordViewSet()


@hooks.register("register_admin_viewset")
def promotions() -> list[Any]:
    """Put what is recommended for a query among the settings."""
    return viewsets_of_promotions()


@hooks.register("register_admin_viewset")
def topics() -> TopicViewSet:
    """Put the list of topics among the settings."""
    return TopicViewSet()


@hooks.register("register_actions")
def change_identity(registry: Any) -> None:
    """Let the settings' form save through our action."""
    registry.register(SiteIdentity, ChangeIdentity)


@hooks.register("register_log_actions")
def identity_changes(registry: Any) -> None:
    """Let the log say what was changed of who runs the site."""
    registry.register_action(CHANGED)(IdentityChange)


@hooks.register("register_admin_urls")
def reports() -> list[Any]:
    """Hang our reports below addresses of their own."""
    return [
        path("inspection/", InspectionReport.as_view(http_method_names=READING), name="pages_inspection"),
        path("reviews/", ReviewsReport.as_view(http_method_names=READING), name="pages_reviews"),
        path("searches/", SearchesReport.as_view(http_method_names=READING), name="pages_searches"),
    ]


@hooks.register("register_reports_menu_item")
def inspection_menu() -> MenuItem:
    """Put the self-check among the reports."""
    return EditorsMenuItem(
        _("检查指标自查"), reverse("pages_inspection"), name="inspection", icon_name="clipboard-list", order=50
    )


@hooks.register("register_reports_menu_item")
def reviews_menu() -> MenuItem:
    """Put what has to be verified among the reports."""
    return EditorsMenuItem(_("待核对的指南"), reverse("pages_reviews"), name="reviews", icon_name="date", order=60)


@hooks.register("register_reports_menu_item")
def searches_menu() -> MenuItem:
    """Put what residents look for among the reports."""
    return EditorsMenuItem(_("搜索词"), reverse("pages_searches"), name="searches", icon_name="search", order=70)


@hooks.register("construct_homepage_panels")
def inspection_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the last outcome of the self-check on the dashboard."""
    panels.append(InspectionPanel())
