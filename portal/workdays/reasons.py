"""Why an action may refuse although the permission was there."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.permissions import Reason

OVERTAKEN = Reason(
    "workdays.overtaken", _("登记之后，这一年的日历换了版次，确认会盖掉它。请登记人撤回，对照现行版次重新登记。")
)
REASON_MISSING = Reason("workdays.reason_missing", _("请写明为什么不同意。"))
