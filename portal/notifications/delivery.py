"""The worker's job: hand queued notices to mail and SMS, each at least once, with one id however often.

A notice is claimed with a lease, handed over outside any transaction, and then recorded. A
process that dies in between costs one more hand-over under the same Message-ID, nothing else.
A server that is down costs one try a minute for the whole channel, not one for each notice.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from portal.journal.realtime import real_now
from portal.journal.retrying import Backoff, claim
from portal.kernel import clock
from portal.kernel.sms import SmsFailed
from portal.notifications.addresses import Channel, addresses
from portal.notifications.kinds import kind_of
from portal.notifications.losing import tell_of_lost
from portal.notifications.mail import send_digest, send_mail
from portal.notifications.models import Notice, NoticeQuerySet
from portal.notifications.outcomes import NO_ADDRESS, Refused, Unreachable
from portal.notifications.planning import plan_of
from portal.notifications.queries import wishes_of
from portal.notifications.sms.backends import SmsRefused
from portal.notifications.sms.sender import sender
from portal.notifications.texts import Text, text_of, texts
from portal.notifications.worth import why_not

logger = logging.getLogger(__name__)

# A round is short, because handlers wait for the same worker.
BATCH = 20
# Longer than a mail server that answers each command at the last moment (EMAIL_TIMEOUT) can take.
LEASE = timedelta(minutes=2)
# 10 s, 20 s … 1 h: a little more than two days in all.
RETRY = Backoff(first=timedelta(seconds=10), longest=timedelta(hours=1), tries=60)
PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Outcome:
    """What became of a notice, as its row keeps it. error: a code. sent_at, held_until: the house's time."""

    status: Notice.Status
    error: str = ""
    sent_at: datetime | None = None
    held_until: datetime | None = None


Outcomes = dict[int, Outcome]


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
    """Hand one message over and note what became of it; in a digest, of every notice in it."""
    bunch = [notice]
    try:
        bunch += notice.carried.filter(status=Notice.Status.HELD).order_by("pk") if notice.in_digest else []
        outcomes = _hand_over(bunch)
    except Refused as error:
        _give_up(bunch, str(error))
    except Unreachable as error:
        _put_off(bunch, str(error))
        _pause(notice.channel)
    except Exception as error:  # whatever one notice does, the others must go out
        _put_off(bunch, type(error).__name__)
    else:
        _close(bunch, outcomes)


def _hand_over(bunch: list[Notice]) -> Outcomes:
    """Send what still is to be sent, and return what became of each. Raises as `mail.send_mail`."""
    head, now = bunch[0], clock.installed().now()
    ways = addresses([head.recipient]).get(head.recipient, {})
    address = ways.get(Channel(head.channel))
    if address is None:
        return dict.fromkeys((notice.pk for notice in bunch), Outcome(Notice.Status.SKIPPED, NO_ADDRESS))
    wishes = wishes_of([head.recipient])[head.recipient]
    reasons = why_not(bunch, wishes, ways, now)
    outcomes = {pk: Outcome(Notice.Status.SKIPPED, reason) for pk, reason in reasons.items()}
    kept = [notice for notice in bunch if notice.pk not in reasons]
    if not kept:
        return outcomes
    # A message that was put off must not ring at night; a digest has its own hour.
    if not head.in_digest and (until := plan_of(kind_of(head.kind), head.channel, wishes, now).until):
        return {head.pk: Outcome(Notice.Status.HELD, held_until=until)}
    with translation.override(head.language):
        if head.channel == Channel.SMS:
            _send_sms(head, text_of(head), address.value)
        elif head.in_digest:
            send_digest(head, list(texts(kept).values()), address.value)
        else:
            send_mail(head, text_of(head), address.value)
    return outcomes | dict.fromkeys((notice.pk for notice in kept), Outcome(Notice.Status.SENT, sent_at=now))


def _send_sms(notice: Notice, text: Text, phone: str) -> None:
    template = kind_of(notice.kind).sms_template
    try:
        sender().send(template, text.values, phone, message_id=notice.message_id)
    except SmsRefused as error:
        raise Refused(str(error)) from None
    except SmsFailed as error:
        raise Unreachable(str(error)) from None


def _put_off(bunch: list[Notice], error: str) -> None:
    head = bunch[0]
    if head.attempts >= RETRY.tries:
        _give_up(bunch, error)
        return
    logger.warning("notice_retry", extra=_described(head, error))
    due_at = RETRY.again_at(real_now(), head.attempts)
    _still_queued(head).update(due_at=due_at, leased_until=None, error=error)


def _pause(channel: str) -> None:
    """Let the whole channel wait a little: its other side is down for everybody."""
    until = real_now() + PAUSE
    Notice.objects.filter(channel=channel, status=Notice.Status.QUEUED, due_at__lt=until).update(due_at=until)


def _give_up(bunch: list[Notice], error: str) -> None:
    logger.error("notice_failed", extra=_described(bunch[0], error))
    _close(bunch, dict.fromkeys((notice.pk for notice in bunch), Outcome(Notice.Status.FAILED, error)))


def _close(bunch: list[Notice], outcomes: Outcomes) -> None:
    """Record the outcomes, unless another worker has the lease by now and decides about them."""
    head, *carried = bunch
    with transaction.atomic():
        if not _still_queued(head).update(**_columns(outcomes[head.pk])):
            return
        for notice in carried:
            Notice.objects.filter(pk=notice.pk, status=Notice.Status.HELD).update(**_columns(outcomes[notice.pk]))
        failed = [notice for notice in bunch if outcomes[notice.pk].status == Notice.Status.FAILED]
        tell_of_lost(failed, outcomes[head.pk].error)


def _columns(outcome: Outcome) -> dict[str, object]:
    return asdict(outcome) | {"leased_until": None}


def _still_queued(notice: Notice) -> NoticeQuerySet:
    """Whoever has lost the lease to another worker no longer decides about a notice that went out."""
    return Notice.objects.filter(pk=notice.pk, status=Notice.Status.QUEUED)


def _described(notice: Notice, error: str) -> dict[str, object]:
    return {"notice": notice.pk, "kind": notice.kind, "channel": notice.channel, "error": error}
