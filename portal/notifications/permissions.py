"""Who may read which notice, who chooses about whose, and who sees what did not arrive."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.kernel.actors import Actor
from portal.kernel.permissions import register, rule
from portal.kernel.refs import Ref
from portal.notifications.addresses import Channel, person

if TYPE_CHECKING:
    from portal.notifications.models import Notice


class P(StrEnum):
    """Permissions of this app."""

    READ_NOTICE = "notifications.read_notice"
    SET_WISHES = "notifications.set_wishes"  # the object is a recipient's reference string
    SEE_UNDELIVERED = "notifications.see_undelivered"  # no object


@rule("notifications.not_yours", _("这条通知不是发给您的。"))
def is_recipient(actor: Actor, notice: "Notice") -> bool:
    """The notice lies in the actor's own inbox."""
    return actor.is_person and notice.channel == Channel.INBOX and notice.recipient == person(actor.id)


@rule("notifications.not_your_settings", _("只有收件人本人可以更改。请登录，或输入查询码。"))
def is_the_recipient_itself(actor: Actor, recipient: str) -> bool:
    """The actor is that person, or their session has shown the code of that matter."""
    by_account = actor.is_person and recipient == person(actor.id)
    return by_account or Ref.parse(recipient).id in actor.tracked


@rule("notifications.not_an_administrator", _("只有系统管理员可以处理未送达的通知。"))
def is_administrator(actor: Actor, obj: object) -> bool:
    """The actor runs the installation."""
    return actor.is_administrator


register(
    {
        P.READ_NOTICE: is_recipient,
        P.SET_WISHES: is_the_recipient_itself,
        P.SEE_UNDELIVERED: is_administrator,
    }
)
