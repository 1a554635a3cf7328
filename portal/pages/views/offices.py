"""The directory of offices 机构名录: read from the tree of offices, told by whoever knows something of them."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.models import Office
from portal.kernel import clock as clocks
from portal.pages.forms.offices import OfficeFilterForm
from portal.pages.listing import listed
from portal.pages.models import CentrePage, GuidePage, SessionPage, SpokespersonPage
from portal.pages.models.spokespersons import speaking
from portal.pages.presenting.centres import nearest
from portal.pages.presenting.sessions import shown_sessions
from portal.ui import page_sections
from portal.ui.caching import public_page

PER_PAGE = 24


def public_offices() -> QuerySet[Office]:
    """Return the offices in use, in the order of the tree."""
    return Office.objects.filter(is_active=True)


@require_safe
@public_page()
def office_list(request: HttpRequest) -> HttpResponse:
    """List the offices, with filters."""
    form = OfficeFilterForm(request.GET)
    shown = Paginator(form.narrow(public_offices()), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/pages/offices/list.html", {"form": form, "shown": shown})


@require_safe
@public_page()
def office(request: HttpRequest, code: str) -> HttpResponse:
    """Show an office: where it is, what it is for, who speaks for it, and what else is known of it."""
    found = get_object_or_404(public_offices(), code=code)
    now = clocks.installed().now()
    centres = listed(CentrePage).filter(office=found).prefetch_related("hours")
    sessions = listed(SessionPage).filter(office=found, ends_at__gt=now).select_related("office")
    right_below = Q(path__startswith=found.path, depth=found.depth + 1)
    family = list(public_offices().filter(Q(path__in=_paths_above(found)) | right_below))
    context = {
        "office": found,
        "way": [(_("机构名录"), reverse("pages:offices"))],
        "above": [one for one in family if one.depth < found.depth],
        "below": [one for one in family if one.depth > found.depth],
        "centres": nearest(list(centres), None),
        "guides": listed(GuidePage).filter(office=found).order_by("title"),
        "spokespersons": speaking(listed(SpokespersonPage)).filter(appointment__office=found),
        "sessions": shown_sessions(sessions.order_by("starts_at"), now, request),
        "sections": page_sections.rendered(page_sections.OFFICE, found, request),
    }
    return render(request, "portal/pages/offices/office.html", context)


def _paths_above(office: Office) -> list[str]:
    return [office.path[:end] for end in range(Office.steplen, len(office.path), Office.steplen)]
