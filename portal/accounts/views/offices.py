"""The tree of offices in the back office: list, page, settings, new office."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from portal.accounts import actions
from portal.accounts.forms.offices import NewOfficeForm, OfficeSettingsForm
from portal.accounts.models import Office
from portal.accounts.permissions import P
from portal.accounts.queries import appointments_at, offices_with_figures, pending_invitations_at
from portal.accounts.views.staff import ActionView, StaffView
from portal.kernel import clock
from portal.kernel.permissions import can

PER_PAGE = 50


class OfficeList(StaffView, TemplateView):
    """Every office the actor oversees, in the order of the tree."""

    template_name = "portal/accounts/offices/list.html"
    title = gettext_lazy("单位")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page of the tree with its figures."""
        if not can(self.actor, P.SEE_OFFICES):
            raise PermissionDenied
        wanted = self.request.GET.get("q", "").strip()[:80]
        found = offices_with_figures(self.actor, wanted)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        top = min((office.depth for office in page), default=1)
        return super().get_context_data(
            page=page,
            rows=[("" if wanted else "　　" * (office.depth - top), office) for office in page],
            wanted=wanted,
            may_create=bool(can(self.actor, P.CREATE_OFFICE, None)),
            **kwargs,
        )


class OfficeMixin(StaffView):
    """A page about one office; an office out of reach does not exist."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the office."""
        super().setup(request, *args, **kwargs)
        self.office: Office = get_object_or_404(
            Office.objects.visible_to(self.actor),
            pk=kwargs["office_id"],
        )

    def get_page_subtitle(self) -> str:
        """Name the office."""
        return self.office.local_name

    def path(self) -> list[tuple[str, str]]:
        """Lead back to the list."""
        return [(reverse("offices:list"), _("单位")), (self.office_url(), self.office.local_name)]

    def office_url(self) -> str:
        """Return the address of the office's page."""
        return reverse("offices:office", args=[self.office.pk])


class OfficePage(OfficeMixin, TemplateView):
    """An office with its settings, its people and its open invitations."""

    template_name = "portal/accounts/offices/office.html"
    title = gettext_lazy("单位")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load the people; what may be done is decided here, not in the template."""
        actor, office = self.actor, self.office
        return super().get_context_data(
            office=office,
            parent=office.get_parent(),
            appointments=appointments_at(office),
            invitations=pending_invitations_at(office, clock.installed().now()),
            may_manage=bool(can(actor, P.MANAGE_OFFICE, office)),
            may_create=bool(can(actor, P.CREATE_OFFICE, office)),
            may_invite=bool(can(actor, P.INVITE, office)),
            may_end=bool(can(actor, P.END_APPOINTMENT, office)),
            may_name_stand_in=bool(can(actor, P.NAME_STAND_IN, office)),
            **kwargs,
        )


class OfficeSettingsView(OfficeMixin, ActionView):
    """Change an office's settings."""

    title = gettext_lazy("单位设置")
    form_class = OfficeSettingsForm
    permission = P.MANAGE_OFFICE
    done = gettext_lazy("单位设置已保存。")
    submit = gettext_lazy("保存")

    def permission_object(self) -> Office:
        """Ask about the office."""
        return self.office

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with the office as it is."""
        return super().get_form_kwargs() | {"instance": self.office, "actor": self.actor}

    def act(self, form: BaseForm) -> None:
        """Save what differs."""
        actions.change_office_settings(self.office.pk, by=self.actor, clock=clock.installed(), **form.cleaned_data)

    def get_success_url(self) -> str:
        """Go back to the office."""
        return self.office_url()


class NewOfficeView(ActionView):
    """Found an office below another one, or at the top of the tree."""

    title = gettext_lazy("新建单位")
    form_class = NewOfficeForm
    permission = P.CREATE_OFFICE
    done = gettext_lazy("单位已建立。")
    submit = gettext_lazy("建立单位")
    parent: Office | None = None

    def setup(self, request: HttpRequest, *args: Any, office_id: UUID | None = None, **kwargs: Any) -> None:
        """Load the office above."""
        super().setup(request, *args, **kwargs)
        if office_id is not None:
            visible = Office.objects.visible_to(self.actor)
            self.parent = get_object_or_404(visible, pk=office_id)

    def permission_object(self) -> Office | None:
        """Ask about the office above."""
        return self.parent

    def path(self) -> list[tuple[str, str]]:
        """Lead back to the office above."""
        links = [(reverse("offices:list"), _("单位"))]
        if self.parent is not None:
            links.append((reverse("offices:office", args=[self.parent.pk]), self.parent.local_name))
        return links

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the levels that can stand here."""
        return super().get_form_kwargs() | {"parent": self.parent}

    def act(self, form: BaseForm) -> None:
        """Found it."""
        self.created = actions.create_office(
            parent_id=self.parent.pk if self.parent else None,
            by=self.actor,
            clock=clock.installed(),
            **form.cleaned_data,
        )

    def get_success_url(self) -> str:
        """Go on to the new office."""
        return reverse("offices:office", args=[self.created.pk])
