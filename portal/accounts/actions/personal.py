"""A person takes along what the house holds about them (PIPL art. 45), or has it erased (art. 47)."""

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts import devices, reasons
from portal.accounts.events import AccountErased, DataExported
from portal.accounts.holdings import Holdings, keepers
from portal.accounts.models import Appointment, Device, User
from portal.journal.models import EventRecord
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed

PERSON = {
    "name": _("称呼"),
    "email": _("电子邮箱"),
    "phone_sealed": _("手机号"),
    "residency": _("居住情况"),
    "date_joined": _("注册时间"),
    "last_login": _("最近登录"),
}
DEVICE = {"browser": _("浏览器"), "system": _("系统"), "first_seen_at": _("第一次使用"), "seen_at": _("最近使用")}
EVENT = {"occurred_at": _("时间"), "name": _("事件"), "aggregate": _("事项")}


def export_account(*, by: Actor, clock: Clock) -> Holdings:
    """Return everything held about the actor, and note in the journal that it was handed out. Raises NotAllowed."""
    user_id = _own(by)
    with transaction.atomic():
        user = User.objects.get(pk=user_id)
        held = Holdings()
        held.add(User, _("账户"), PERSON, [user])
        held.add(Device, _("登录的设备"), DEVICE, Device.objects.filter(user=user))
        held.add(EmailAddress, _("登录邮箱"), {"email": _("电子邮箱")}, EmailAddress.objects.filter(user=user))
        for keeper in keepers():
            told = keeper.tell(user_id)
            held.tables += told.tables
            held.files += told.files
        events = EventRecord.objects.filter(actor=f"{by.kind.value}:{by.id}").order_by("position")
        held.add(EventRecord, _("您做过的事"), EVENT, events)
        publish(DataExported(), about=_about(user_id), by=by, at=clock.now())
    return held


def open_matters(user_id: UUID) -> int:
    """Return how many matters of the person must end before the account can go."""
    return sum(keeper.open_matters(user_id) for keeper in keepers())


def erase_account(*, by: Actor, clock: Clock) -> None:
    """Erase the actor's account and what belongs to it; an id without a name stays, for the journal's sake.

    Raises NotAllowed for who acts for an office, and while a matter of theirs is open.
    """
    user_id = _own(by)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        now = clock.now()
        held = Appointment.objects.filter(ended_at=None)
        if user.is_superuser or held.filter(user=user).exists() or held.filter(stand_in=user).exists():
            raise NotAllowed(reasons.HOLDS_OFFICE)
        if count := open_matters(user_id):
            raise NotAllowed(reasons.matters_open(count))
        for keeper in keepers():
            keeper.erase(user_id, by, clock)
        _anonymise(user)
        publish(AccountErased(), about=_about(user_id), by=by, at=now)


def _anonymise(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    devices.end(*Device.objects.filter(user=user))
    Device.objects.filter(user=user).delete()
    user.email = None
    user.set_phone("")
    user.phone_verified = user.is_active = False
    user.name = ""
    user.residency = User.Residency.UNSTATED
    user.date_joined = user.last_login = None
    user.set_unusable_password()  # which ends every session, too
    user.save()


def _own(by: Actor) -> UUID:
    if not by.is_person:
        raise NotAllowed(reasons.SIGN_IN_FIRST)
    return UUID(by.id)


def _about(user_id: UUID) -> str:
    return f"portal.accounts.user:{user_id}"
