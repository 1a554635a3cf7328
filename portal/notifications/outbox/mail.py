"""The demo's way for mail: into the outbox instead of to a server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from portal.notifications.outbox.store import outbox


class OutboxBackend(BaseEmailBackend):
    """A Django e-mail backend; every mail of the house goes this way, allauth's too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message as it would have been sent."""
        for message in email_messages:
            outbox().keep("eml", message.message().as_bytes())
        return len(email_messages)
