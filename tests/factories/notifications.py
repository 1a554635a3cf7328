"""Notices, and kinds to make them of."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import factory
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.journal.realtime import real_now
from portal.notifications import params
from portal.notifications.actions import notify
from portal.notifications.addresses import Channel, person
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

    position = factory.Sequence(lambda n: n + 1)
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
