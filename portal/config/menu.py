"""Places in the menus for apps that stand beside `portal.ui` and so cannot register themselves."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.kernel.actors import ANONYMOUS
from portal.ui import navigation


def is_staff(request: HttpRequest) -> bool:
    """Tell whether the back office is open to whoever looks."""
    # Pages that came before the actor was known show nobody's menu.
    return bool(getattr(request, "actor", ANONYMOUS).is_staff)


navigation.register(_("工作台"), "wagtailadmin_home", order=5, place="account", shown=is_staff)
navigation.register(_("我的通知"), "inbox", order=10, place="account")
navigation.register(_("我的账户"), "accounts:account", order=90, place="account")
navigation.register(_("发件箱"), "outbox", order=10, place="demo")
