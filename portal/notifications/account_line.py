"""Plug: the way from the account to the settings of messages."""

from django.utils.translation import gettext_lazy as _

from portal.accounts import account_page

account_page.register(_("通知设置"), _("邮件、短信、汇总和免打扰"), "notice_settings", order=10)
