"""The leaders' page: what is late and what runs out, by office, and what waits for a decision."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.clock_views import running_views
from portal.answers.labels import STAFF_STATE, TURN
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.oversight import SHOWN, oversight
from portal.answers.rules.reminders import REPLY_DAYS_LATE
from portal.kernel import clock as clocks
from portal.kernel.permissions import demand
from portal.workdays.queries import calendar


@never_cache
@require_GET
def oversight_page(request: Request) -> HttpResponse:
    """Show it, of the offices that the actor sees."""
    demand(request.actor, P.SEE_OVERSIGHT)
    now, days = clocks.installed().now(), calendar()
    found = oversight(request.actor, now, days)

    def rows(cases: list[Question]) -> list[dict[str, Any]]:
        return [
            {"question": case, "state": STAFF_STATE[case.state], "clocks": running_views(case, now, days)}
            for case in cases
        ]

    def listed(name: str, title: Any, cases: list[Question], **query: str) -> dict[str, Any]:
        return {
            "id": name,
            "title": title,
            "rows": rows(cases),
            "href": f"{reverse('answers_desk:queue')}?{urlencode(query)}",
            "has_more": len(cases) >= SHOWN,
        }

    context = {
        "decides": bool(found.decisions),
        "decisions": [listed(kind, TURN[kind], cases, turn=kind) for kind, cases in found.decisions.items() if cases],
        "lists": [
            listed("bulletin", _("督办通报"), found.bulletin, late=str(REPLY_DAYS_LATE[-1]))
            | {"about": _("超时满 %(days)s 个工作日仍未答复的。") % {"days": REPLY_DAYS_LATE[-1]}},
            listed("returns", _("申请退回"), found.returns, group="returns")
            | {"about": _("由受理中心决定；时限不停。")},
        ],
        "offices": [
            {
                "state": state,
                "rows": rows(state.cases),
                "href": f"{reverse('answers_desk:queue')}?{urlencode({'office': state.office.pk})}",
            }
            for state in found.offices
        ],
        "missed": sum(state.missed for state in found.offices),
        "near": sum(state.near for state in found.offices),
        **staff_header(_("督办"), "view"),
    }
    return render(request, "portal/answers/desk/oversight.html", context)
