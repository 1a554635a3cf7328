"""Notices on their way through the mail server: one by one, or several in a digest."""

import smtplib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from portal.accounts.mail import site_name, subject
from portal.notifications.models import Notice
from portal.notifications.outcomes import Refused, Unreachable
from portal.notifications.rules.bounces import cause_of
from portal.notifications.stopping import letter_of, link_for
from portal.notifications.texts import Text

# What the server said about this one message, not about itself.
_OF_THIS_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


def send_mail(notice: Notice, text: Text, address: str) -> None:
    """Hand the notice to the mail server, in the present language.

    Raises Refused when trying again is no use, Unreachable when the server takes nothing from us
    now, another exception when only this message failed.
    """
    context = {"text": text, "link": _link(text)}
    _hand_over(_message(notice, text.subject, "notice", context, address))


def send_digest(head: Notice, texts: Sequence[Text], address: str) -> None:
    """Hand several notices over as one mail, under the id of `head`. Raises as `send_mail`."""
    count = len(texts)
    headline = ngettext("通知汇总：%(count)d 条", "通知汇总：%(count)d 条", count) % {"count": count}
    context = {"items": [(text, _link(text)) for text in texts], "count": count}
    _hand_over(_message(head, headline, "digest", context, address))


def _hand_over(message: EmailMessage) -> None:
    try:
        message.send()
    except _OF_THIS_MESSAGE as error:
        if refusal := _refusal(error):
            raise Refused(refusal) from None
        raise
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(type(error).__name__) from None


def _link(text: Text) -> str:
    return urljoin(settings.BASE_URL, text.path) if text.path else ""


def _message(notice: Notice, headline: str, template: str, context: dict[str, Any], address: str) -> EmailMessage:
    stop_link = link_for(notice) if letter_of(notice).groups else ""
    common = {"site_name": site_name(), "stop_link": stop_link}
    return EmailMessage(
        subject=subject(headline),
        body=render_to_string(f"portal/notifications/mail/{template}.txt", context | common),
        to=[address],
        headers={
            "Message-ID": notice.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
            **_one_click(stop_link),
        },
    )


def _one_click(stop_link: str) -> dict[str, str]:
    """Let mail programs offer a button of their own (RFC 2369, RFC 8058)."""
    if not stop_link:
        return {}
    return {"List-Unsubscribe": f"<{stop_link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _refusal(error: Any) -> str:
    """Return the cause and the server's code when it will say the same next time (5xx, RFC 5321 4.2.1), else ""."""
    of_recipient = isinstance(error, smtplib.SMTPRecipientsRefused)
    # A notice has one recipient.
    code, reply = next(iter(error.recipients.values())) if of_recipient else (error.smtp_code, error.smtp_error)
    if code < 500:
        return ""
    # The server's words may quote the address: only codes are kept of them.
    words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else str(reply)
    return f"{cause_of(code, words, of_recipient=of_recipient)} {code}"
