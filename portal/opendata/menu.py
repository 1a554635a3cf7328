"""The open data's place in the menus."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation

navigation.register(_("开放数据"), "opendata:list", 15, place="footer")
