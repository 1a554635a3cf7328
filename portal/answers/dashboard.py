"""The desk's part of the first page of the back office: what waits for whoever has signed in."""

from typing import Any
from urllib.parse import urlencode

from django.template import Context
from django.urls import reverse
from wagtail.admin.ui.components import Component

from portal.answers.clock_views import running_views
from portal.answers.labels import OVERSEEN, STAFF_STATE, TURN
from portal.answers.permissions import P
from portal.answers.queries.list_counts import COUNTED_TO
from portal.answers.queries.waiting import waiting_for
from portal.kernel import clock as clocks
from portal.kernel.permissions import can
from portal.workdays.queries import calendar

# Where the leaders' page shows what is counted.
PLACE = {"missed": "missed", "near": "missed", "bulletin": "bulletin"}


class WaitingPanel(Component):
    """What waits for me now, with figures that lead to it; nothing for who has no place at the desk."""

    name = "desk_waiting"
    template_name = "portal/answers/desk/waiting_panel.html"
    order = 5

    class Media:
        css = {"all": ["portal/answers/desk.css"]}

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        """Look it up."""
        actor = (parent_context or {})["request"].actor
        if not can(actor, P.SEE_DESK):
            return {"is_shown": False}
        now, days = clocks.installed().now(), calendar()
        found = waiting_for(actor, now, days)
        queue, oversight = reverse("answers_desk:queue"), reverse("answers_desk:oversight")
        return {
            "is_shown": True,
            "turns": [
                _tile(TURN[kind], count, f"{queue}?{urlencode({'turn': kind})}") for kind, count in found.turns.items()
            ],
            "overseen": [
                _tile(OVERSEEN[kind], count, f"{oversight}#{PLACE[kind]}") for kind, count in found.overseen.items()
            ],
            "rows": [
                {
                    "question": case,
                    "state": STAFF_STATE[case.state],
                    "clocks": running_views(case, now, days),
                }
                for case in found.urgent
            ],
        }


def _tile(label: Any, count: int, href: str) -> dict[str, Any]:
    return {
        "label": label,
        "tone": getattr(label, "tone", "waiting"),
        "count": count,
        "has_more": count >= COUNTED_TO,
        "href": href,
    }
