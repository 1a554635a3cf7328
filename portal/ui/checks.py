"""System checks, without database: the identifiers of the environment are well-formed, the menus lead somewhere."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import NoReverseMatch, reverse

from portal.ui.identity import from_environment
from portal.ui.navigation import entries


@register(Tags.compatibility)
def identifiers_are_well_formed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse malformed identifiers: they would stand in the footer of every page."""
    try:
        malformed = list(from_environment().malformed())
    except TypeError as error:
        return [Error(f"SITE_IDENTITY: {error}", id="portal_ui.E001")]
    return [
        Error(f"SITE_IDENTITY[{key!r}] is not well-formed.", hint=description, id="portal_ui.E002")
        for key, description in malformed
    ]


@register(Tags.compatibility, deploy=True)
def identifiers_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn before going public without an identifier that the law asks for."""
    return [
        Warning(
            f"SITE_IDENTITY[{key!r}] is blank; a government site must show it.",
            hint="Give it here, or in the back office, which is not asked when a process starts.",
            id="portal_ui.W001",
        )
        for key in from_environment().missing()
    ]


@register(Tags.urls)
def menus_lead_somewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a menu entry whose address does not exist: it would break every page."""
    errors: list[CheckMessage] = []
    for entry in entries():
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            errors.append(Error(f"The menu entry {entry.url_name!r} has no address.", id="portal_ui.E003"))
    return errors
