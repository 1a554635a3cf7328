"""The missing year on every page of the back office: `portal.workdays` stands below `portal.ui` and cannot say it itself."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.requests import Request
from portal.kernel import clock as clocks
from portal.kernel.permissions import can
from portal.kernel.workdays import local_date
from portal.ui.staff_banners import StaffBanner, register
from portal.workdays.permissions import P
from portal.workdays.queries.versions import drafts
from portal.workdays.queries.years import missing_year
from portal.workdays.rules.notices import Layer


def missing_year_banner(request: HttpRequest) -> list[StaffBanner]:
    """Warn whoever can load the notice as soon as it is due, and everybody once it is urgent. Two small queries.

    Where the notice waits for a second person already, lead to it instead of asking for it once more.
    """
    actor = cast(Request, request).actor
    may_propose = bool(can(actor, P.PROPOSE))
    missing = missing_year(local_date(clocks.installed().now()), **settings.WORKDAYS_ALARM)
    if missing is None or not (missing.urgent or may_propose):
        return []
    title = _("%(year)d 年的放假安排还没有载入。") % {"year": missing.year}
    if waiting := drafts().filter(layer=Layer.NATIONAL, year=missing.year).first():
        title = _("%(year)d 年的放假安排已登记，待确认。") % {"year": missing.year}
        href, action = reverse("workdays:version", args=[waiting.pk]), _("查看待确认的版本")
        text = _("由登记人以外的另一个人确认后才生效。")
        return [StaffBanner(title, text, *((href, action) if may_propose else ("", "")), is_urgent=missing.urgent)]
    if not missing.urgent:
        text = _("国务院通知公布后，请登记并请另一个人确认。")
    elif may_propose:
        text = _("跨年的日期现在都只是预计，到期也不能下结论。请马上登记，并请另一个人确认。")
    else:
        text = _("跨年的日期现在都只是预计，到期也不能下结论。已提醒系统管理员。")
    href, action = (reverse("workdays:national"), _("登记国务院通知")) if may_propose else ("", "")
    return [StaffBanner(title, text, href, action, is_urgent=missing.urgent)]


register("config.missing_year", missing_year_banner)
