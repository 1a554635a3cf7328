"""Links to pages that every site has."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation

navigation.register(_("办事指南"), "pages:guides", order=25)
navigation.register(_("一件事"), "pages:life_events", 2, place="footer")
navigation.register(_("专题"), "pages:topics", 3, place="footer")
navigation.register(_("机构名录"), "pages:offices", 4, place="footer")
navigation.register(_("办事指南"), "pages:guides", order=30, place="elder", icon="list")
navigation.register(_("服务大厅"), "pages:centres", order=40, place="elder", icon="office")
navigation.register(_("公开信息"), "pages:notices", order=32)
navigation.register(_("新闻动态"), "pages:news", 8, place="footer")
navigation.register(_("政策文件"), "pages:policies", 9, place="footer")
navigation.register(_("服务大厅"), "pages:centres", 5, place="footer")
navigation.register(_("网上发言人名录"), "pages:spokespersons", 6, place="footer")
navigation.register(_("访谈接访"), "pages:sessions", 7, place="footer")
navigation.register(_("关于本站"), "pages:about", 10, place="footer")
navigation.register(_("网站地图"), "pages:site_map", 15, place="footer")
navigation.register(_("无障碍声明"), "pages:accessibility", 20, place="footer")
