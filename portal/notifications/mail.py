"""One notice on its way through the mail server."""

import smtplib
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from portal.accounts.mail import site_name, subject
from portal.notifications.models import Notice
from portal.notifications.outcomes import Refused, Unreachable
from portal.notifications.texts import Text

# What the server said about this one message, not about itself.
_OF_THIS_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


def send_mail(notice: Notice, text: Text, address: str) -> None:
    """Hand the notice to the mail server, in the present language.

    Raises Refused when trying again is no use, Unreachable when the server takes nothing from us
    now, another exception when only this message failed.
    """
    try:
        _message(notice, text, address).send()
    except _OF_THIS_MESSAGE as error:
        if _is_final(error):
            raise Refused(type(error).__name__) from None
        raise
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(type(error).__name__) from None


def _message(notice: Notice, text: Text, address: str) -> EmailMessage:
    context = {
        "text": text,
        "link": urljoin(settings.BASE_URL, text.path) if text.path else "",
        "site_name": site_name(),
    }
    return EmailMessage(
        subject=subject(text.subject),
        body=render_to_string("portal/notifications/mail/notice.txt", context),
        to=[address],
        headers={
            "Message-ID": notice.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
        },
    )


def _is_final(error: Exception) -> bool:
    """Tell whether the server will say the same next time (5xx, RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
