"""The frame of our pages in the Wagtail admin."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.accounts.permissions import P
from portal.accounts.requests import Request
from portal.kernel.actors import Actor
from portal.kernel.permissions import NotAllowed, can


class StaffView(WagtailAdminTemplateMixin, View):
    """A page with Wagtail's furniture."""

    title: str | Promise = ""
    header_icon = "group"

    @property
    def actor(self) -> Actor:
        """Return who looks at the page."""
        actor: Actor = cast(Request, self.request).actor
        return actor

    def get_page_title(self) -> str:
        """Return the page's name in the language of the page."""
        return str(self.title)

    def path(self) -> list[tuple[str, str]]:
        """Return address and label of the pages above this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way from the dashboard to here."""
        above = [{"url": url, "label": label} for url, label in self.path()]
        return [*super().get_breadcrumbs_items(), *above, {"url": "", "label": self.get_page_title()}]


class ActionView(StaffView, FormView):
    """A form that leads to one action; a refusal is shown above the form, which keeps what was typed."""

    template_name = "portal/accounts/offices/form.html"
    permission: P
    done: str | Promise
    submit: str | Promise
    is_serious = False  # the button warns: what it does cannot be taken back
    explanation: str | Promise = ""

    def permission_object(self) -> object:
        """Return what the permission is asked about."""
        raise NotImplementedError

    def act(self, form: BaseForm) -> None:
        """Call the action. Raises NotAllowed."""
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask permission before anything is shown."""
        if not can(self.actor, self.permission, self.permission_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the way back."""
        return super().get_context_data(back_url=self.path()[-1][0], **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Act, then go where the result is seen."""
        try:
            self.act(form)
        except NotAllowed as refused:
            form.add_error(None, str(refused.reason))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return super().form_valid(form)
