"""Everything that changes notices, and what people have chosen about them."""

from portal.notifications.actions.notices import mark_all_read, mark_read, notify, send_again, try_again
from portal.notifications.actions.reports import report_sms
from portal.notifications.actions.wishes import choose, forget, switch

__all__ = [
    "choose",
    "forget",
    "mark_all_read",
    "mark_read",
    "notify",
    "report_sms",
    "send_again",
    "switch",
    "try_again",
]
