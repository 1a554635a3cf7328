"""Passing a question on: one leg ends, the next begins, and none of the asker's dates moves."""

from datetime import datetime

from portal.accounts.models import Office
from portal.answers.actions.turns import Turn
from portal.answers.models import Leg
from portal.answers.rules.deadlines import leg_accept_due


def open_leg(this: Turn, office: Office, reason: str = "") -> tuple[Leg, datetime]:
    """End the present leg and begin one at `office`; return it with the end of its own 24 hours to accept."""
    accept_due = leg_accept_due(this.now, this.question.reply_due)
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
    return this.leg, accept_due
