"""What became of a message, in words: for those it concerns, and for staff who can do something about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.notifications.addresses import Channel
from portal.notifications.models import Notice
from portal.notifications.outcomes import DONE, NO_ADDRESS, NO_WORDS, OUTDATED, UNWANTED
from portal.notifications.rules import bounces, reports
from portal.notifications.texts import texts

# Why it did not arrive, by the cause that stands first in the row's error.
CAUSE: dict[str, Any] = {
    bounces.NO_SUCH_ADDRESS: gettext_lazy("邮箱地址不存在"),
    bounces.MAILBOX_FULL: gettext_lazy("邮箱已满"),
    bounces.REFUSED: gettext_lazy("对方邮件系统拒收"),
    reports.NO_SUCH_NUMBER: gettext_lazy("号码是空号或已停机"),
    reports.SWITCHED_OFF: gettext_lazy("手机关机或不在服务区"),
    reports.BLOCKED: gettext_lazy("手机号已拒收短信"),
    reports.OTHER: gettext_lazy("运营商未能送达"),
}
_UNKNOWN_CAUSE = gettext_lazy("多次发送未成功")
# Why it was not sent. What came to nothing by itself is not worth a line.
_NOT_SENT: dict[str, Any] = {
    UNWANTED: gettext_lazy("未发：收件人已停收"),
    NO_ADDRESS: gettext_lazy("未发：没有可用的地址"),
}
_LEFT_OUT = frozenset({DONE, OUTDATED, NO_WORDS})


@dataclass(frozen=True)
class Delivery:
    """One message and what became of it. at: the house's time, None when there is none yet.

    tone: as in `portal.ui`. is_lost: it did not arrive, and somebody may send it again.
    """

    notice_id: int
    kind: str
    subject: str
    channel: Any
    state: str
    at: datetime | None
    tone: str
    is_lost: bool

    @property
    def how(self) -> str:
        """The channel and the state, on one line."""
        return f"{self.channel} · {self.state}"


def deliveries(notices: Iterable[Notice]) -> list[Delivery]:
    """Return messages with their fate, in the order given; those of an app that is gone are left out."""
    told = [notice for notice in notices if notice.error not in _LEFT_OUT]
    words = texts(told)
    return [_delivery(notice, words[notice.pk].subject) for notice in told if notice.pk in words]


def cause_of(error: str) -> str:
    """Return in words why something was given up."""
    return str(CAUSE.get(error.partition(" ")[0], _UNKNOWN_CAUSE))


def _delivery(notice: Notice, subject: str) -> Delivery:
    state, at, tone = _state(notice)
    return Delivery(
        notice.pk,
        notice.kind,
        subject,
        Channel(notice.channel).label,
        state,
        at,
        tone,
        notice.status == Notice.Status.FAILED,
    )


def _state(notice: Notice) -> tuple[str, datetime | None, str]:
    match notice.status:
        case Notice.Status.SENT if notice.delivered_at:
            return _("已送达"), notice.delivered_at, "success"
        case Notice.Status.SENT:
            return _("已发送"), notice.sent_at, "info"
        case Notice.Status.HELD:
            return _("随汇总邮件发送") if notice.in_digest else _("免打扰时段结束后发送"), notice.held_until, "waiting"
        case Notice.Status.FAILED:
            return _("没有送达：%(cause)s") % {"cause": cause_of(notice.error)}, None, "alert"
        case Notice.Status.QUEUED if notice.attempts:
            return _("暂时发不出，正在重试"), None, "warning"
        case Notice.Status.QUEUED:
            return _("待发送"), None, "waiting"
    return str(_NOT_SENT.get(notice.error, _("不再发送"))), None, "neutral"
