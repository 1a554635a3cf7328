"""The desk's places in the menus."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from portal.ui.columns import TALKING

navigation.register(_("我要提问"), "answers:ask", order=20, duty=TALKING)
navigation.register(_("问答公开"), "answers:list", order=30, duty=TALKING)
navigation.register(_("办理情况"), "answers:performance", order=35, duty=TALKING)
navigation.register(_("查询进度"), "answers:track", order=40, duty=TALKING)
navigation.register(_("我要提问"), "answers:ask", order=10, place="elder", icon="edit")
navigation.register(_("查询进度"), "answers:track", order=20, place="elder", icon="clock")
navigation.register(_("问答公开"), "answers:list", order=50, place="elder", icon="chat")
navigation.register(_("我的提问"), "answers:mine", order=20, place="account")
navigation.register(_("工作日历"), "answers:calendar", order=5, place="footer")
