"""What did not arrive, for administrators: which notice, why, and another try."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from portal.accounts.views.staff import StaffView
from portal.kernel.permissions import can
from portal.notifications.actions import try_again
from portal.notifications.fates import cause_of
from portal.notifications.permissions import P
from portal.notifications.queries import undelivered
from portal.notifications.texts import texts

PER_PAGE = 50


class UndeliveredPage(StaffView, TemplateView):
    """Lists what was given up. It names the matter, never the person's address."""

    template_name = "portal/notifications/admin/undelivered.html"
    title = gettext_lazy("未送达的通知")
    header_icon = "mail"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask permission before anything is shown or done."""
        if not can(self.actor, P.SEE_UNDELIVERED):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page of the list."""
        page = Paginator(undelivered(), PER_PAGE).get_page(self.request.GET.get("p"))
        words = texts(page)
        # A kind that is no longer installed has no words, and is shown by its key.
        rows = [
            (notice, words[notice.pk].subject if notice.pk in words else notice.kind, cause_of(notice.error))
            for notice in page
        ]
        return super().get_context_data(page=page, rows=rows, **kwargs)

    def post(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Give one notice another set of tries."""
        if try_again(notice_id, by=self.actor):
            messages.success(request, _("已重新排队发送。"))
        else:
            messages.info(request, _("这条通知已经不在未送达之列。"))
        return redirect("undelivered")
