"""What the carrier reports of a text message after it was handed over."""

from django.db import transaction

from portal.kernel.clock import Clock
from portal.notifications.addresses import Channel
from portal.notifications.losing import tell_of_lost
from portal.notifications.models import Notice

# A report can overtake our own record of the hand-over, so a queued message may have arrived.
UNDECIDED = (Notice.Status.QUEUED, Notice.Status.SENT)


def report_sms(message_id: str, *, arrived: bool, reason: str = "", clock: Clock) -> bool:
    """Note what became of a text message; tell whether it is a notice of ours. The first report counts.

    reason: a code, of one that did not arrive.
    """
    with transaction.atomic():
        ours = Notice.objects.filter(channel=Channel.SMS, message_id=message_id)
        notice = ours.select_for_update().first()
        now = clock.now()
        if notice is None:
            return False
        if notice.status not in UNDECIDED or notice.delivered_at is not None:
            return True
        notice.leased_until = None
        if arrived:
            notice.status, notice.sent_at, notice.delivered_at = Notice.Status.SENT, notice.sent_at or now, now
        else:
            notice.status, notice.sent_at, notice.error = Notice.Status.FAILED, None, reason
        notice.save(update_fields=["status", "sent_at", "delivered_at", "error", "leased_until"])
        if not arrived:
            tell_of_lost([notice], reason)
    return True
