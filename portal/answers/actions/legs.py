"""Passing a question on: one leg ends, the next begins, and none of the asker's dates moves."""

from datetime import datetime

from portal.accounts.models import Office
from portal.answers.actions.turns import Turn
from portal.answers.models import Leg
from portal.answers.rules.deadlines import leg_accept_due


def open_leg(this: Turn, office: Office, reason: str = "") -> tuple[Leg, datetime]:
    """End the present leg and begin one at `office`; return it with the end of its own 24 hours to accept."""
    accept_due = leg_accept_due(this.now, this.question.reply_due)
    return _next_leg(this, office, reason, accept_due), accept_due


def back_to_centre(this: Turn, reason: str = "") -> Leg:
    """End the present leg and give the question back to its centre."""
    return _next_leg(this, this.question.centre, reason, None)


def _next_leg(this: Turn, office: Office, reason: str, accept_due: datetime | None) -> Leg:
    this.leg.ended_at = this.now
    this.leg.save(update_fields=["ended_at"])
    this.leg = Leg.objects.create(
        question=this.question,
        number=this.leg.number + 1,
        office=office,
        reason=reason,
        started_at=this.now,
        accept_due=accept_due,
    )
    this.left = this.question.office.path
    this.question.office = office
    return this.leg
