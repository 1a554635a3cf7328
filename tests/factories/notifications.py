"""Notices, and kinds to make them of."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import factory
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.journal.realtime import real_now
from portal.notifications import groups, params
from portal.notifications.actions import notify
from portal.notifications.addresses import Channel, person
from portal.notifications.groups import Group
from portal.notifications.kinds import Kind, register
from portal.notifications.models import Notice
from portal.notifications.sms import templates
from portal.notifications.sms.templates import Template
from tests.fakes.clock import MONDAY_MORNING

NUMBER = "Q260302-7K2M9Q"
REF = "tests.matter:7"

templates.register(Template("tests_told", ("number",), "事项 {number} 有进展。"))
# Words that stand in a catalogue already, so that there is English to see.
TOLD = register(
    Kind(
        key="tests.told",
        subject="事项 {number} 有进展",
        body=_("通知"),
        params={"number": params.CODE},
        sms_template="tests_told",
        url=lambda ref: f"/matters/{ref.id}/",
        url_without_account=lambda ref: "/track/",
    )
)
REMINDER = register(
    Kind(
        key="tests.reminder",
        subject="事项 {number} 还剩 {hours} 小时",
        body="请尽快办理。",
        params={"number": params.CODE, "hours": params.COUNT},
        good_for=timedelta(hours=1),
    )
)
DUTY_GROUP = groups.register(Group(key="tests.duties", name="待办", about="轮到我的事。", order=950, for_staff=True))
_open_matters: set[str] | None = None


@contextmanager
def matters_open(*refs: str) -> Iterator[None]:
    """While it lasts, only these matters still wait for somebody; otherwise all do."""
    global _open_matters
    _open_matters = set(refs)
    try:
        yield
    finally:
        _open_matters = None


def _still_open(refs: Collection[str]) -> Collection[str]:
    return refs if _open_matters is None else _open_matters & set(refs)


TURN = register(
    Kind(
        key="tests.turn",
        subject="事项 {number} 待办",
        body="请办理。",
        params={"number": params.CODE},
        group=DUTY_GROUP,
        still_true=_still_open,
    )
)
PROMISE = register(
    Kind(
        key="tests.promise",
        subject="事项 {number} 的回执",
        body="已收到。",
        params={"number": params.CODE},
        sms_template="tests_told",
        must="回执",
    )
)
SECURITY = register(
    Kind(
        key="tests.security",
        subject="账户安全",
        body="新设备。",
        params={"number": params.CODE},
        group=groups.register(Group(key="tests.security", name="安全", about="账户安全。", order=960)),
        must="安全提醒",
    )
)
URGENT = register(
    Kind(key="tests.urgent", subject="事项 {number} 紧急", body="请看。", params={"number": params.CODE}, urgent=True)
)
OFFICE_NEWS = register(
    Kind(
        key="tests.office_news",
        subject="{office}有新通知",
        body="{office}，最迟 {due}。",
        params={"office": params.OFFICE, "due": params.DEADLINE},
    )
)


class NoticeFactory(factory.django.DjangoModelFactory):
    """A queued e-mail about `TOLD` to `user`; `inbox` and `sms` go there, `failed` was given up."""

    class Meta:
        model = Notice

    class Params:
        user: User | None = None
        inbox = factory.Trait(channel=Channel.INBOX, status=Notice.Status.SENT, sent_at=factory.LazyFunction(real_now))
        sms = factory.Trait(channel=Channel.SMS)
        failed = factory.Trait(status=Notice.Status.FAILED, attempts=60, error="SMTPDataError")

    # Beyond what a test's journal reaches.
    position = factory.Sequence(lambda n: n + 1_000_000)
    recipient = factory.LazyAttribute(lambda notice: person(notice.user.pk))
    channel = Channel.EMAIL
    kind = TOLD.key
    ref = REF
    params = factory.LazyFunction(lambda: {"number": NUMBER})
    language = "zh-hans"
    due_at = factory.LazyFunction(real_now)
    message_id = factory.Sequence(lambda n: f"<notice-{n}@localhost>")
    created_at = MONDAY_MORNING


def tell(*people: User, position: int = 1, **more: Any) -> None:
    """Tell people with `notify` itself, of `TOLD` unless another kind is given."""
    told: dict[str, Any] = {"kind": TOLD.key, "params": {"number": NUMBER}, "at": MONDAY_MORNING, "ref": REF}
    recipients: Iterable[str] = [person(user.pk) for user in people]
    notify(**({"position": position, "recipients": recipients} | told | more))
