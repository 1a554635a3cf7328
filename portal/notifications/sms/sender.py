"""The sender that the whole house uses (`portal.kernel.sms`): checks the template, then hands over to the back-end."""

import uuid
from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from portal.notifications.outbox.store import outbox
from portal.notifications.sms.backends import Backend, ConsoleBackend, FileBackend, Message, OutboxBackend
from portal.notifications.sms.templates import template_of
from portal.notifications.sms.webhook import WebhookBackend

BACKENDS: dict[str, Callable[[], Backend]] = {
    "console": ConsoleBackend,
    "outbox": lambda: OutboxBackend(outbox()),
    "file": lambda: FileBackend(settings.SMS_FILE),
    "webhook": lambda: WebhookBackend(settings.SMS_WEBHOOK_URL, settings.SMS_WEBHOOK_SECRET),
}


class Sender:
    """Sends registered templates only."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def send(self, template: str, params: Mapping[str, str], phone: str, *, message_id: str = "") -> None:
        """Hand over one message, in the present language.

        message_id: of a notice; a code that somebody waits for is a message of its own each time.
        Raises SmsFailed; UnknownTemplate and MissingParam are mistakes in the calling code.
        """
        registered = template_of(template)
        filled = registered.filled(params)
        self._backend.send(
            Message(
                template=registered.key,
                params=filled,
                phone=phone,
                language=get_language() or settings.LANGUAGE_CODE,
                message_id=message_id or f"<{uuid.uuid4().hex}@sms>",
                text=str(registered.text).format_map(filled),
            )
        )


@cache
def sender() -> Sender:
    """Return the sender that SMS_BACKEND names. Raises ImproperlyConfigured for a name nobody knows."""
    if settings.SMS_BACKEND not in BACKENDS:
        known = ", ".join(sorted(BACKENDS))
        raise ImproperlyConfigured(f"SMS_BACKEND is one of {known}, not {settings.SMS_BACKEND!r}")
    return Sender(BACKENDS[settings.SMS_BACKEND]())
