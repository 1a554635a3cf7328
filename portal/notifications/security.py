"""Plug: what the storey of accounts cannot tell people by itself, because it does not know this one."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Device
from portal.journal.handlers import Told, subscribe
from portal.kernel.refs import Ref
from portal.notifications.actions import notify
from portal.notifications.addresses import person
from portal.notifications.groups import SECURITY
from portal.notifications.kinds import Kind, register
from portal.notifications.params import INSTANT, Choice

NEW_DEVICE = register(
    Kind(
        key="accounts.new_device",
        subject=_("您的账户在一台新设备上登录"),
        body=_(
            "{at}，您的账户在一台以前没用过的设备上登录：{browser}，{system}。"
            "是您本人的，不用理会；不是的，请马上更改密码，并结束那台设备上的登录。"
        ),
        params={
            "at": INSTANT,
            "browser": Choice(dict(Device.Browser.choices)),
            "system": Choice(dict(Device.System.choices)),
        },
        url=lambda ref: reverse("accounts:devices"),
        group=SECURITY,
        must=_("新设备登录提醒"),
        urgent=True,
    )
)


@subscribe("notifications.new_device", "accounts.device_added")
def tell_of_new_device(told: Told) -> None:
    """Tell the person; a device that they have made us forget meanwhile needs no word."""
    device = Device.objects.filter(pk=told.payload["device"]).first()
    if device is None:
        return
    notify(
        position=told.position,
        recipients=[person(Ref.parse(told.aggregate).id)],
        kind=NEW_DEVICE.key,
        ref=told.aggregate,
        params={"at": told.occurred_at, "browser": device.browser, "system": device.system},
        at=told.occurred_at,
    )
