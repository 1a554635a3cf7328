"""Structured logs without personal data: one JSON object a line on standard output.

A request is logged as method, route and ids of ours, never with its address as typed: query
strings and path segments may hold codes, tokens and names. Exceptions are logged with their
types and places, not their messages, which like to quote values. What stands under the name of a
private field of ours is masked whole, at any depth, and what looks like a contact is masked on
top, whichever library wrote the line.
"""

import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from portal.kernel import personal

Line = MutableMapping[str, Any]

MASKED = "[masked]"
SHORT_NUMBER = 10_000

# Mainland mobile numbers, identity numbers, mail addresses.
_CONTACTS = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


class RequestLog(RequestMiddleware):
    """One line per request, with its id; it is bound to every line written meanwhile."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return the method and the route, with the ids of ours that it names."""
        match = request.resolver_match
        if match is None:
            return f"{request.method} (no route)"
        ids = [f"{name}={value}" for name, value in match.kwargs.items() if isinstance(value, UUID | int)]
        return " ".join([str(request.method), f"/{match.route}", *ids])


def mask(text: str) -> str:
    """Return `text` without what looks like a person's contact or number."""
    return _CONTACTS.sub(MASKED, text)


def mask_line(logger: Any, method: str, line: Line) -> Line:
    """Mask a line by the names and the look of what it says; a processor."""
    return _masked_items(line)


def _masked_items(items: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: MASKED if _is_private(key, value) else _masked(value) for key, value in items.items()}


def _is_private(key: Any, value: Any) -> bool:
    """Tell whether a field of ours with private data has this name; a short number, as of a status, has nobody's."""
    is_short = value is None or (isinstance(value, int) and abs(value) < SHORT_NUMBER)
    return not is_short and personal.is_private_name(str(key))


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _masked_items(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(item) for item in value]
    # What is no number is written as text in the end.
    return value if value is None or isinstance(value, bool | int | float) else mask(str(value))


def place_of_error(logger: Any, method: str, line: Line) -> Line:
    """Replace an exception by its types and where it was raised, innermost call last; a processor."""
    info = line.pop("exc_info", None)
    error = sys.exception() if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        line["error"] = " < ".join(_types(error))
        line["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    return line


def _types(error: BaseException | None) -> list[str]:
    """Return the names of an exception and of those that caused it."""
    names = []
    while error is not None:
        names.append(type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return names


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    # Lines of ours have an `event` of their own: a position in the journal.
    structlog.processors.EventRenamer("message"),
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    place_of_error,
]


def logging_settings(*, level: str, file: Path | None = None, console_level: str | None = None) -> dict[str, Any]:
    """Configure structlog and return Django's LOGGING.

    file: where lines go besides standard output (the demo, whose terminal shows only what is
    at least of `console_level`).
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handlers: dict[str, Any] = {
        "nowhere": {"class": "logging.NullHandler"},
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
            "level": console_level or level,
        },
    }
    everywhere = ["stdout"]
    if file is not None:
        everywhere.append("file")
        handlers["file"] = {"class": "logging.handlers.WatchedFileHandler", "filename": file, "formatter": "json"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    mask_line,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": handlers,
        "root": {"handlers": everywhere, "level": level},
        "loggers": {
            # Its handlers and levels would come on top of ours.
            "django": {"handlers": [], "level": level, "propagate": True},
            # Says with every round that there was nothing to do.
            "django_tasks_db": {"level": "WARNING"},
            # A line for each request to Elasticsearch; that it is away is said by search.engines.
            "elastic_transport": {"level": "ERROR"},
            # Both quote the address as typed; RequestLog says the same without.
            "django.request": {"handlers": ["nowhere"], "propagate": False},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
        },
    }
