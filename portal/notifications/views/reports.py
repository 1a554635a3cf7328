"""Where the SMS gateway reports what became of messages: POST with JSON, signed as ours to it are.

``{"message_id": "<…>", "status": "delivered"}`` or ``"undelivered"`` with a ``"reason"`` out of
`rules.reports`; or a list of up to 100 of them. ``X-Yishi-Signature`` and ``X-Yishi-Timestamp`` as in `sms.webhook`,
under the same secret. 204: noted, also when an id is none of ours. 403: not signed, or not lately.
400: not to be understood.
"""

import hmac
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.accounts.requests import without_session
from portal.journal.realtime import real_now
from portal.kernel import clock
from portal.notifications.actions import report_sms
from portal.notifications.rules.reports import Report, Unclear, is_fresh, read_reports
from portal.notifications.sms.webhook import signature


@never_cache
@without_session
@csrf_exempt  # the signature says who sends it
@require_POST
def sms_reports(request: HttpRequest) -> HttpResponse:
    """Take reports from the gateway."""
    if settings.SMS_BACKEND != "webhook":
        raise Http404
    if not _is_signed(request):
        return HttpResponse(status=403)
    try:
        reports = read_reports(_json(request.body))
    except Unclear:
        return HttpResponse(status=400)
    for report in reports:
        _take(report)
    return HttpResponse(status=204)


def _take(report: Report) -> None:
    report_sms(report.message_id, arrived=report.arrived, reason=report.reason, clock=clock.installed())


def _is_signed(request: HttpRequest) -> bool:
    timestamp = request.headers.get("X-Yishi-Timestamp", "")
    if not is_fresh(timestamp, real_now().timestamp()):
        return False
    expected = "v1=" + signature(settings.SMS_WEBHOOK_SECRET.encode(), timestamp, request.body)
    return hmac.compare_digest(expected.encode(), request.headers.get("X-Yishi-Signature", "").encode())


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Unclear from None
