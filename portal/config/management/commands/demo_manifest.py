"""Everything an outside check of the demo needs to find its way, as JSON."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.forms.entrance import CODE_TRIES
from portal.answers.models import Question
from portal.answers.states import State
from portal.config.demo.accounts import PASSWORD, accounts
from portal.config.demo.address import last_address
from portal.config.demo.codes import read_codes
from portal.config.routes import ROUTES, STREAM, Route, addresses, library_of, lines_of
from portal.files.rules import MAX_BYTES, MAX_FILES


class Command(BaseCommand):
    """Print the manifest. Demo and tests only: it holds passwords, tracking codes and a TOTP secret."""

    help = "Print JSON: accounts, seeded questions, addresses with methods and roles, folders, limits."

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather and print."""
        if not (settings.DEMO or settings.CLOCK_MAY_BE_MOVED):
            raise CommandError("For the demo and tests only.")
        self.stdout.write(json.dumps(manifest(), ensure_ascii=False, indent=2))


def manifest() -> dict[str, Any]:
    """Return the manifest of this installation as it is now."""
    base_url = last_address()
    return {
        "base_url": base_url,
        "languages": {"zh-hans": "/", "en": "/en/"},
        "accounts": [
            {
                "role": row.role,
                "login": row.login,
                "password": PASSWORD,
                "totp_secret": row.totp_secret,
                "name": row.name,
                "office": row.office,
            }
            for row in accounts()
        ],
        "questions": list(_questions(base_url)),
        "urls": list(_urls()),
        "folders": {
            "outbox": str(settings.OUTBOX_DIR),
            "media": str(settings.MEDIA_ROOT),
            "private": str(settings.PRIVATE_ROOT),
            "logs": str(settings.LOG_DIR),
        },
        "database": _database(),
        "limits": {
            "sign_in": settings.ACCOUNT_RATE_LIMITS,
            "sign_in_code": {"wrong_tries": CODE_TRIES},
            "desk": {name: _limit(*limit) for name, limit in settings.ANSWERS_LIMITS.items()},
            "uploads": {"bytes_each": MAX_BYTES, "files": MAX_FILES},
        },
    }


def _questions(base_url: str) -> Iterator[dict[str, Any]]:
    codes = read_codes()
    for question in Question.objects.select_related("office", "page").order_by("submitted_at", "number"):
        page = getattr(question, "page", None)
        identity = str(question.pk)
        yield {
            "id": identity,
            "number": question.number,
            "state": State(question.state).value,
            "publication": question.publication,
            "office": question.office.code,
            "has_account": question.asker_id is not None,
            "tracking_code": codes.get(identity),
            "url": f"{base_url}/q/{identity}/",
            "desk_url": f"{base_url}/admin/desk/{identity}/",
            "public_url": f"{base_url}{page.url_path.removeprefix('/home')}" if page and page.live else None,
        }


def _urls() -> Iterator[dict[str, Any]]:
    for address in addresses():
        common = {"name": address.name, "path": address.path, "translated": address.is_translated}
        lines = lines_of(address.name)
        for line in lines:
            yield common | _line(line)
        library = library_of(address.name)
        if not lines and library:
            yield common | {"library": library.prefix, "methods": None, "roles": sorted(library.roles)}
    poll = [line for line in ROUTES if line.name == "live:poll"]
    for line in poll:
        yield {"name": "live:stream", "path": STREAM, "translated": False} | _line(line)


def _line(route: Route) -> dict[str, Any]:
    return {
        "part": route.part or None,
        "methods": list(route.methods),
        "roles": sorted(route.own),
        "roles_for_other_objects": sorted(route.other),
        "status_of_unknown_object": route.unknown,
    }


def _limit(count: int, per: timedelta) -> str:
    return f"{count} per {int(per.total_seconds())} s"


def _database() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    # The password stays out: whoever reads this has the environment that holds it.
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
