"""Plug: the notices of a person, and what they have chosen about them, are told and erased with their account."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.accounts import holdings
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.notifications.actions import forget
from portal.notifications.addresses import person
from portal.notifications.models import Notice, Preference

WORDS = {"created_at": _("时间"), "kind": _("事项"), "channel": _("方式"), "read_at": _("阅读时间")}
CHOICES = {"rhythm": _("多久发一次邮件"), "switched_off": _("不要的"), "quiet": _("免打扰")}


def tell(user_id: UUID) -> holdings.Holdings:
    """Return the person's notices and choices."""
    return notices_of(person(user_id))


def notices_of(recipient: str) -> holdings.Holdings:
    """Return the notices to one recipient, a reference string, and what was chosen about them."""
    held = holdings.Holdings()
    held.add(Notice, _("通知"), WORDS, Notice.objects.filter(recipient=recipient).order_by("created_at", "pk"))
    held.add(Preference, _("通知设置"), CHOICES, Preference.objects.filter(recipient=recipient))
    return held


def erase(user_id: UUID, by: Actor, clock: Clock) -> None:
    """Delete them: nobody is left to read them."""
    Notice.objects.filter(recipient=person(user_id)).delete()
    forget(person(user_id))


holdings.register("notifications", holdings.Keeper(tell, lambda user_id: 0, erase))
