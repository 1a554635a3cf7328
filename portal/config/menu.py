"""Places in the menus for apps that stand beside `portal.ui` and so cannot register themselves."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation

navigation.register(_("我的通知"), "inbox", order=10, place="account")
navigation.register(_("我的账户"), "accounts:account", order=90, place="account")
navigation.register(_("发件箱"), "outbox", order=10, place="demo")
