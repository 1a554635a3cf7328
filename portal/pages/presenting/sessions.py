"""Sessions as lists and their own page show them: when, with whom, whether they are still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageQuerySet

from portal.kernel import clock as clocks
from portal.kernel.clock import SHANGHAI
from portal.pages.forms.sessions import SessionFilterForm
from portal.pages.listing import open_to_all
from portal.pages.rules.sessions import Phase, phase

if TYPE_CHECKING:
    from portal.pages.models.sessions import SessionIndexPage, SessionPage

PER_PAGE = 20
# What a list shows of a session; the rest of it stays in the database.
SHOWN = (
    *("title", "slug", "url_path", "summary", "starts_at", "ends_at", "kind", "record", "cancelled_because"),
    *("office__name", "office__name_en"),
)
EVENT = "calendar"  # the address below a session's own, of its file for calendars

LABELS = {
    Phase.AHEAD: (gettext_lazy("预告"), "waiting"),
    Phase.RUNNING: (gettext_lazy("正在进行"), "success"),
    Phase.OVER: (gettext_lazy("已结束"), "neutral"),
    Phase.CANCELLED: (gettext_lazy("已取消"), "alert"),
}


@dataclass(frozen=True)
class ShownSession:
    """A session in a list. when: day, weekday and hours in words."""

    title: str
    href: str
    text: str
    when: str
    kind: str
    office: str
    state: str
    tone: str
    has_record: bool


def shown_sessions(
    sessions: "Iterable[SessionPage]", now: datetime, request: HttpRequest, below: str = ""
) -> list[ShownSession]:
    """Prepare sessions, loaded with their office. below: the address under which they all stand, where they do."""
    found = []
    for session in sessions:
        state, tone = LABELS[_phase(session, now)]
        found.append(
            ShownSession(
                title=session.title,
                href=f"{below}{session.slug}/" if below else session.get_url(request),
                text=session.summary,
                when=when(session.starts_at, session.ends_at),
                kind=str(session.Kind(session.kind).label),
                office=session.office.local_name,
                state=str(state),
                tone=tone,
                has_record=bool(session.record),
            )
        )
    return found


def when(starts_at: datetime, ends_at: datetime) -> str:
    """Return when it is, local: the day with its weekday and the hours; the second day where it ends on another."""
    start, end = starts_at.astimezone(SHANGHAI), ends_at.astimezone(SHANGHAI)
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return _("%(day)s（%(weekday)s）%(start)s–%(end)s") % {
        "day": f"{start:%Y-%m-%d}",
        "weekday": date_format(start, "l"),
        "start": f"{start:%H:%M}",
        "end": last,
    }


def session_list_context(index: "SessionIndexPage", sessions: PageQuerySet, request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the list: what is to come, the next one first, and what has been, the last one first.

    sessions: of this type, wherever they stand.
    """
    now = clocks.installed().now()
    public = sessions.child_of(index).live().filter(open_to_all())
    form = SessionFilterForm(request.GET, sessions=public, place=index.path)
    found = form.narrow(public).select_related("office").only(*SHOWN)
    page = Paginator(found.filter(ends_at__lte=now).order_by("-starts_at"), PER_PAGE).get_page(request.GET.get("page"))
    ahead = found.filter(ends_at__gt=now).order_by("starts_at")
    address = index.get_url(request)
    return {
        "form": form,
        "page_of_past": page,
        "past": shown_sessions(page, now, request, address),
        "ahead": shown_sessions(ahead, now, request, address),
    }


def session_context(session: "SessionPage", request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a session's page."""
    found = _phase(session, clocks.installed().now())
    state, tone = LABELS[found]
    return {
        "state": state,
        "tone": tone,
        "phase": found,
        "when": when(session.starts_at, session.ends_at),
        "event": f"{session.get_url(request)}{EVENT}/",
        "speakers": _speakers(session, request),
    }


def _speakers(session: "SessionPage", request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return name, post and, of those who still speak and are shown, the address of their page."""
    rows = list(session.speakers.select_related("person__appointment"))
    speaking = [row.person_id for row in rows if row.person is not None and row.person.is_speaking]
    pages = Page.objects.live().filter(open_to_all(), pk__in=speaking) if speaking else []
    addresses = {page.pk: page.get_url(request) for page in pages}
    return [(row.name, row.post, addresses.get(row.person_id, "")) for row in rows]


def _phase(session: "SessionPage", now: datetime) -> Phase:
    return phase(now, session.starts_at, session.ends_at, is_cancelled=session.is_cancelled)
