"""The worker's job: hand queued notices to mail and SMS, each at least once, with one id however often.

A notice is claimed with a lease, handed over outside any transaction, and then recorded. A
process that dies in between costs one more hand-over under the same Message-ID, nothing else.
A server that is down costs one try a minute for the whole channel, not one for each notice.
"""

import logging
from datetime import timedelta

from django.utils import translation

from portal.journal.realtime import real_now
from portal.journal.retrying import Backoff, claim
from portal.kernel import clock
from portal.kernel.sms import SmsFailed
from portal.notifications.addresses import Channel, addresses
from portal.notifications.kinds import kind_of
from portal.notifications.mail import send_mail
from portal.notifications.models import Notice, NoticeQuerySet
from portal.notifications.outcomes import Refused, Unreachable
from portal.notifications.sms.backends import SmsRefused
from portal.notifications.sms.sender import sender
from portal.notifications.texts import Text, text_of

logger = logging.getLogger(__name__)

# A round is short, because handlers wait for the same worker.
BATCH = 20
# Longer than a mail server that answers each command at the last moment (EMAIL_TIMEOUT) can take.
LEASE = timedelta(minutes=2)
# 10 s, 20 s … 1 h: a little more than two days in all.
RETRY = Backoff(first=timedelta(seconds=10), longest=timedelta(hours=1), tries=60)
PAUSE = timedelta(minutes=1)


def deliver(limit: int = BATCH) -> int:
    """Hand over what is due, oldest first; return how many notices were tried."""
    tried = 0
    while tried < limit and (notice := _claim()) is not None:
        _deliver(notice)
        tried += 1
    return tried


def _claim() -> Notice | None:
    due = Notice.objects.filter(status=Notice.Status.QUEUED, due_at__lte=real_now())
    return claim(due.order_by("due_at", "id"), LEASE)


def _deliver(notice: Notice) -> None:
    try:
        reason = _hand_over(notice)
    except Refused as error:
        _give_up(notice, str(error))
    except Unreachable as error:
        _put_off(notice, str(error))
        _pause(notice.channel)
    except Exception as error:  # whatever one notice does, the others must go out
        _put_off(notice, type(error).__name__)
    else:
        _close(notice, Notice.Status.SKIPPED if reason else Notice.Status.SENT, reason)


def _hand_over(notice: Notice) -> str:
    """Send the notice; return why it was not sent after all, as a code, or nothing. Raises as `mail.send_mail`."""
    good_for = kind_of(notice.kind).good_for
    if good_for is not None and clock.installed().now() - notice.created_at > good_for:
        return "outdated"
    address = addresses([notice.recipient]).get(notice.recipient, {}).get(Channel(notice.channel))
    if address is None:
        return "no_address"
    with translation.override(notice.language):
        text = text_of(notice)
        if notice.channel == Channel.EMAIL:
            send_mail(notice, text, address.value)
        else:
            _send_sms(notice, text, address.value)
    return ""


def _send_sms(notice: Notice, text: Text, phone: str) -> None:
    template = kind_of(notice.kind).sms_template
    try:
        sender().send(template, text.values, phone, message_id=notice.message_id)
    except SmsRefused as error:
        raise Refused(str(error)) from None
    except SmsFailed as error:
        raise Unreachable(str(error)) from None


def _put_off(notice: Notice, error: str) -> None:
    if notice.attempts >= RETRY.tries:
        _give_up(notice, error)
        return
    logger.warning("notice_retry", extra=_described(notice, error))
    due_at = RETRY.again_at(real_now(), notice.attempts)
    _still_queued(notice).update(due_at=due_at, leased_until=None, error=error)


def _pause(channel: str) -> None:
    """Let the whole channel wait a little: its other side is down for everybody."""
    until = real_now() + PAUSE
    Notice.objects.filter(channel=channel, status=Notice.Status.QUEUED, due_at__lt=until).update(due_at=until)


def _give_up(notice: Notice, error: str) -> None:
    logger.error("notice_failed", extra=_described(notice, error))
    _close(notice, Notice.Status.FAILED, error)


def _close(notice: Notice, status: Notice.Status, error: str) -> None:
    sent_at = real_now() if status == Notice.Status.SENT else None
    _still_queued(notice).update(status=status, sent_at=sent_at, leased_until=None, error=error)


def _still_queued(notice: Notice) -> NoticeQuerySet:
    """Whoever has lost the lease to another worker no longer decides about a notice that went out."""
    return Notice.objects.filter(pk=notice.pk, status=Notice.Status.QUEUED)


def _described(notice: Notice, error: str) -> dict[str, object]:
    return {"notice": notice.pk, "kind": notice.kind, "channel": notice.channel, "error": error}
