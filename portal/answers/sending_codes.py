"""One-time codes on their way to a mobile telephone or a mailbox."""

import logging

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.adapter import SmsTemplate
from portal.accounts.mail import subject
from portal.answers.rules.codes import CODE_LIVES
from portal.answers.rules.contacts import Contact
from portal.kernel import sms

logger = logging.getLogger(__name__)


class CodeNotSent(Exception):
    """Raised when mail or SMS would not take a code: the address is wrong or the service down."""


def send_code(contact: Contact, code: str) -> None:
    """Send a one-time code, in the language of the page. Raises CodeNotSent."""
    minutes = int(CODE_LIVES.total_seconds() // 60)
    try:
        if contact.kind == "phone":
            params = {"code": code, "minutes": str(minutes)}
            sms.installed().send(SmsTemplate.VERIFY_PHONE, params, contact.value)
        else:
            send_mail(subject(_("提问验证码")), _body(code, minutes), None, [contact.value])
    except (sms.SmsFailed, OSError) as error:  # smtplib's errors are OSErrors
        # The address is the asker's secret and stays out of the log.
        logger.warning("code_not_sent", extra={"kind": contact.kind, "error": type(error).__name__})
        raise CodeNotSent from None


def _body(code: str, minutes: int) -> str:
    return ngettext(
        "您的验证码是 %(code)s，%(minutes)d 分钟内有效。\n\n请只在您自己打开的页面上输入。如果不是您在操作，不用理会这封邮件。\n",
        "您的验证码是 %(code)s，%(minutes)d 分钟内有效。\n\n请只在您自己打开的页面上输入。如果不是您在操作，不用理会这封邮件。\n",
        minutes,
    ) % {"code": code, "minutes": minutes}
