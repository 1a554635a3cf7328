"""System checks: settings that would fail late or leak, words that do not fit their params."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils import translation

from portal.notifications.kinds import Kind, kinds, placeholders
from portal.notifications.planning import site_quiet
from portal.notifications.sms.templates import UnknownTemplate, template_of

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@register(Tags.translation)
def words_fit(**kwargs: Any) -> list[CheckMessage]:
    """In every language, a kind's words ask for nothing that its params do not give; its SMS neither."""
    found: list[CheckMessage] = []
    for kind in kinds():
        found += _unknown_placeholders(kind)
        found += _sms_faults(kind)
    return found


def _unknown_placeholders(kind: Kind) -> Iterator[CheckMessage]:
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            unknown = (placeholders(kind.subject) | placeholders(kind.body)) - set(kind.params)
        if unknown:
            names = ", ".join(sorted(unknown))
            yield Error(f"The {language} words of {kind.key} ask for {names}.", id="portal_notifications.E001")


def _sms_faults(kind: Kind) -> Iterator[CheckMessage]:
    if not kind.sms_template:
        return
    try:
        missing = set(template_of(kind.sms_template).params) - set(kind.params)
    except UnknownTemplate:
        yield Error(f"{kind.key} has no SMS template {kind.sms_template}.", id="portal_notifications.E002")
        return
    if missing:
        names = ", ".join(sorted(missing))
        yield Error(f"{kind.sms_template} needs {names}, which {kind.key} lacks.", id="portal_notifications.E003")


@register()
def quiet_hours_can_be_read(**kwargs: Any) -> list[CheckMessage]:
    """Found at start, not when the first notice is made."""
    try:
        site_quiet()
    except ValueError:
        return [Error('NOTICES_QUIET_HOURS is like "22:00-07:30", or empty.', id="portal_notifications.E006")]
    return []


@register()
def webhook_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """The gateway gets numbers and codes: by HTTPS, or on this machine, and signed."""
    if settings.SMS_BACKEND != "webhook":
        return []
    found: list[CheckMessage] = []
    address = urlsplit(settings.SMS_WEBHOOK_URL)
    if not (address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)):
        found.append(Error("SMS_WEBHOOK_URL is an https address.", id="portal_notifications.E004"))
    if len(settings.SMS_WEBHOOK_SECRET) < 32:
        found.append(Error("SMS_WEBHOOK_SECRET has at least 32 characters.", id="portal_notifications.E005"))
    return found


@register(deploy=True)
def codes_leave_the_house(**kwargs: Any) -> list[CheckMessage]:
    """A real site really sends: nobody reads their code on our console or in our files."""
    found: list[CheckMessage] = []
    if settings.SMS_BACKEND in ("console", "outbox"):
        found.append(
            Warning(
                f"SMS_BACKEND={settings.SMS_BACKEND} shows codes on this machine and sends nothing.",
                id="portal_notifications.W001",
            )
        )
    if settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".outbox.mail.OutboxBackend")):
        found.append(
            Warning("Mail is shown on this machine and not sent: set EMAIL_URL.", id="portal_notifications.W002")
        )
    return found
