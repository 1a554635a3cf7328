"""Whom the centre may call back, and in which periods.

Our rule, a proposal: those who click a rating are not those who do not, so the centre asks some of the
others itself (city practice calls back once the limit is over; reports on forced good ratings are
why it is never the office that answered). The numbers are `settings.ANSWERS_CALL_BACKS`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# How the tickets of call-backs differ from those of any other draw.
TICKETS = "answers.call_back"
MONTH, WEEK = "month", "week"


@dataclass(frozen=True)
class Candidate:
    """An answer whose asker gave no rating in time, as far as it matters for being called.

    reachable: there is a verified telephone number.
    """

    confidential: bool
    erased: bool
    reachable: bool


def left_out(candidate: Candidate) -> str:
    """Return why nobody is to be called: "erased", "confidential" or "no_telephone"; "" where somebody may be."""
    if candidate.erased:
        return "erased"
    if candidate.confidential:
        return "confidential"
    return "" if candidate.reachable else "no_telephone"


def period_end(day: date, every: str) -> date:
    """Return the first day after the month or week in which `day` lies. every: "month" or "week"."""
    if every == WEEK:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def period_begin(day: date, every: str) -> date:
    """Return the first day of the month or week in which `day` lies."""
    return day - timedelta(days=day.weekday()) if every == WEEK else day.replace(day=1)
