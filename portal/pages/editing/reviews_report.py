"""Which guides have to be verified: by whom, by when, and since when they are late; the same as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import user_has_any_page_permission

from portal.accounts.views.staff import StaffView
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.workdays import local_date
from portal.pages.queries.reviews import verified_pages
from portal.pages.rules.reviews import needs_reminder, review_due

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A guide that is due. late: full days since the due date, 0 while it is still ahead."""

    title: str
    href: str
    office: str
    responsible: str
    verified_on: date
    due: date
    late: int


class ReviewsReport(StaffView, TemplateView):
    """The most overdue first. ``?export=csv`` is the same as a file."""

    template_name = "portal/pages/editing/reviews.html"
    title = gettext_lazy("待核对的指南")
    header_icon = "date"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it to whoever may do something about it."""
        if not user_has_any_page_permission(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a page of the list, or send all of it."""
        due = guides_due(local_date(clocks.installed().now()))
        if request.GET.get("export") == "csv":
            return _file(due)
        page = Paginator(due, PER_PAGE).get_page(request.GET.get("p"))
        late = sum(line.late > 0 for line in due)
        return self.render_to_response(self.get_context_data(page=page, late=late))


def guides_due(today: date) -> list[Line]:
    """Return the guides that are due now or soon. One query."""
    guides = verified_pages().select_related("office", "responsible")
    due = [guide for guide in guides if needs_reminder(guide.verified_on, today, guide.review_months)]
    return sorted((_line(guide, today) for guide in due), key=lambda line: (line.due, line.title))


def _line(guide: Any, today: date) -> Line:
    due = review_due(guide.verified_on, guide.review_months)
    return Line(
        title=guide.title,
        href=reverse("wagtailadmin_pages:edit", args=[guide.pk]),
        office=guide.office.local_name,
        responsible=guide.responsible.get_full_name() if guide.responsible else _("本单位的编辑"),
        verified_on=guide.verified_on,
        due=due,
        late=max((today - due).days, 0),
    )


def _file(due: list[Line]) -> HttpResponse:
    head = [_("办事指南"), _("实施单位"), _("责任编辑"), _("最近核对日期"), _("应核对日期"), _("超期天数")]
    rows = [[one.title, one.office, one.responsible, f"{one.verified_on}", f"{one.due}", f"{one.late}"] for one in due]
    return HttpResponse(
        lines([head, *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reviews.csv"', "X-Content-Type-Options": "nosniff"},
    )
