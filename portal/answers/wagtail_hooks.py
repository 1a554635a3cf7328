"""The desk's place in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.accounts.models import Role
from portal.answers import desk_urls
from portal.answers.dashboard import WaitingPanel
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


class EnterMenuItem(MenuItem):
    """Shown to those who may enter a question for somebody."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.ENTER))


@hooks.register("register_admin_menu_item")
def enter_menu() -> MenuItem:
    """Put the form for questions told to staff one press away: somebody is waiting on the line."""
    return EnterMenuItem(_("代为登记"), reverse("answers_desk:enter"), icon_name="edit", order=10)


class ReviewMenuItem(MenuItem):
    """Shown to those who look again at what the figures leave out."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.REVIEW_SOMETHING))


@hooks.register("register_admin_menu_item")
def review_menu() -> MenuItem:
    """Put the review of exclusions where leaders and auditors find it."""
    return ReviewMenuItem(_("不计入的复核"), reverse("answers_desk:exclusions"), icon_name="check", order=14)


class AssessmentMenuItem(MenuItem):
    """Shown to those who may take the assessment along, the administrator too."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.EXPORT_ASSESSMENT))


@hooks.register("register_admin_menu_item")
def assessment_menu() -> MenuItem:
    """Put the yearly assessment last: it is needed once a year."""
    return AssessmentMenuItem(_("年度考核：满意度"), reverse("answers_desk:assessment"), icon_name="download", order=15)


class CallsMenuItem(MenuItem):
    """Shown to those who may call askers back."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.CALL_SOMEBODY))


@hooks.register("register_admin_menu_item")
def calls_menu() -> MenuItem:
    """Put the call-backs below the rota."""
    return CallsMenuItem(_("电话回访"), reverse("answers_desk:calls"), icon_name="comment", order=13)


@hooks.register("register_admin_menu_item")
def rota_menu() -> MenuItem:
    """Put the rota below."""
    return DeskMenuItem(_("值班表"), reverse("answers_desk:rota_home"), icon_name="calendar", order=12)


@hooks.register("register_admin_menu_item")
def emergency_menu() -> MenuItem:
    """Put rapid response right below it."""
    return DeskMenuItem(_("应急快速响应"), reverse("answers_desk:emergencies"), icon_name="warning", order=11)


class PassagesMenuItem(MenuItem):
    """Shown to those who write an office's passages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for a role; which office it is, the page asks."""
        return request.actor.holds_anywhere(Role.SPOKESPERSON, Role.LEADER)


@hooks.register("register_admin_menu_item")
def passages_menu() -> MenuItem:
    """Put the passages below the rota."""
    return PassagesMenuItem(_("常用语"), reverse("answers_desk:passages_home"), icon_name="clipboard-list", order=13)


class OversightMenuItem(MenuItem):
    """Shown to those who oversee offices."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the same table as the page."""
        return bool(can(request.actor, P.SEE_OVERSIGHT))


@hooks.register("register_admin_menu_item")
def oversight_menu() -> MenuItem:
    """Put the leaders' page first, above the queue."""
    return OversightMenuItem(_("督办"), reverse("answers_desk:oversight"), icon_name="view", order=9)


@hooks.register("construct_homepage_panels", order=-1)
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    """Begin with what waits; who has no page to edit needs no panels about pages."""
    if not user_has_any_page_permission(request.user):
        panels.clear()
    panels.append(WaitingPanel())


@hooks.register("construct_help_menu")
def help_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what the CMS says about itself: staff work with this product, in its own words."""
    items[:] = [item for item in items if item.attrs.get("data-a11y-dialog-show")]  # the shortcuts
