"""The named days as an iCalendar file (RFC 5545), to subscribe to in any calendar."""

from collections.abc import Callable, Iterable
from datetime import datetime

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.year_view import Span

FOLD = 75  # octets a line, RFC 5545 §3.1


def ical(
    spans: Iterable[Span],
    *,
    name: str,
    host: str,
    stamp: datetime,
    summary: Callable[[Span], str],
    is_provisional: Callable[[Span], bool],
) -> str:
    """Return the file. host: makes the ids of the events ours. stamp: UTC, when this edition began to count.

    summary: what stands in the calendar, in the reader's language.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//calendar//",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for span in spans:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{span.first:%Y%m%d}-{span.kind.value}-{span.layer.value}@{host}",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{span.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{span.last + ONE_DAY:%Y%m%d}",  # exclusive, as our deadlines are
            f"SUMMARY:{_text(summary(span))}",
            f"STATUS:{'TENTATIVE' if is_provisional(span) else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(words: str) -> str:
    for character in ("\\", ";", ","):
        words = words.replace(character, f"\\{character}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line at 75 octets, never within a character; a blank goes on with it."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > FOLD:
            parts.append("")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n ".join(parts)
