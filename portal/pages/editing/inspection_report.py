"""The self-check before the inspection comes: every indicator with its figure and where to mend it; the same as a file."""

from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.template import Context
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component

from portal.accounts.views.staff import StaffView
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.workdays import local_date
from portal.pages.inspection.indicators import indicators, names_of_missing, settings_of_identity
from portal.pages.rules.inspection import Indicator, Part, State, worst

STATES = {State.OK: gettext_lazy("合格"), State.WARNING: gettext_lazy("要改"), State.FAILS: gettext_lazy("不合格")}
PARTS = {Part.KNOCK_OUT: gettext_lazy("单项否决"), Part.DEDUCTION: gettext_lazy("扣分")}
# Nobody inside can measure these.
FROM_OUTSIDE = (
    gettext_lazy("网站打得开：一周内每天从站外访问 20 次以上，15 秒打不开的不超过 5%。"),
    gettext_lazy("支持 IPv6 访问。"),
    gettext_lazy("没有严重表述错误、泄密、失实和被篡改的内容：由人通读。"),
    gettext_lazy("网上办理的入口能用：按指南实际办一次。"),
)
KEPT = "pages.inspection"
KEPT_FOR = 7 * 24 * 3600  # seconds: an older result says nothing any more
SHOWN = 10  # places of an indicator that are shown at once; the others are folded away


class InspectionReport(StaffView, TemplateView):
    """Computed anew whenever somebody opens it. ``?export=csv`` is the same as a file."""

    template_name = "portal/pages/editing/inspection.html"
    title = gettext_lazy("检查指标自查")
    header_icon = "clipboard-list"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it to whoever may do something about it."""
        if not user_has_any_page_permission(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compute, keep the outcome for the dashboard, show."""
        found = indicators(local_date(clocks.installed().now()))
        cache.set(KEPT, _outcome(found), KEPT_FOR)
        if request.GET.get("export") == "csv":
            return _file(found)
        return self.render_to_response(self.get_context_data(found=found))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sort by what an indicator can cost."""
        found = kwargs["found"]
        groups = [
            (PARTS[part], [_line(one) for one in found if one.part is part])
            for part in Part
        ]  # fmt: skip
        own = {"groups": groups, "from_outside": FROM_OUTSIDE, "outcome": _outcome(found), "shown": SHOWN}
        return super().get_context_data(**kwargs) | own


class InspectionPanel(Component):
    """The last outcome on the dashboard of whoever edits pages; computing it takes too long for a first page.

    What the footer lacks costs nothing to find out: it is said as it is now.
    """

    name = "inspection"
    template_name = "portal/pages/editing/inspection_panel.html"
    order = 400  # what waits for somebody comes first

    class Media:
        css = {"all": ["portal/pages/editing.css"]}

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        """Look it up."""
        user = (parent_context or {})["request"].user
        if not user_has_any_page_permission(user):
            return {"is_shown": False}
        identity = {
            "missing": names_of_missing(),
            "identity_settings": settings_of_identity() if user.has_perm("portal_pages.change_siteidentity") else "",
        }
        return {"is_shown": True, "outcome": cache.get(KEPT)} | identity


def _outcome(found: list[Indicator]) -> dict[str, Any]:
    return {
        "at": clocks.installed().now(),
        "state": worst(found).value,
        "fails": sum(one.state is State.FAILS for one in found),
        "warnings": sum(one.state is State.WARNING for one in found),
        "ok": sum(one.state is State.OK for one in found),
    }


def _line(one: Indicator) -> dict[str, Any]:
    return {"indicator": one, "state": STATES[one.state], "first": one.places[:SHOWN], "more": one.places[SHOWN:]}


def _file(found: list[Indicator]) -> HttpResponse:
    head = [_("指标"), _("后果"), _("结果"), _("数值"), _("依据")]
    rows = [
        [str(one.title), str(PARTS[one.part]), str(STATES[one.state]), one.figure, str(one.source)] for one in found
    ]
    return HttpResponse(
        lines([head, *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="inspection.csv"', "X-Content-Type-Options": "nosniff"},
    )
