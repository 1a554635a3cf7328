"""What the desk's tables say of a question's verdicts, and what its journal alone says: they must be equal."""

from portal.answers.models import Verdict
from portal.answers.rules.replay import Happened, verdicts
from portal.journal.models import EventRecord


def stored(question):
    """Return the verdicts as written: clock, leg, outcome, due, when, who held it."""
    rows = Verdict.objects.filter(question=question)
    return {
        (row.clock, str(row.leg_id or ""), row.outcome, row.due, row.occurred_at, str(row.held_by_id)) for row in rows
    }


def replayed(question, now):
    """Return the verdicts that follow from the journal as of `now`."""
    events = [
        Happened(record.name, record.occurred_at, record.payload)
        for record in EventRecord.objects.filter(aggregate=question.ref).order_by("position")
    ]
    return {
        (ruling.kind.value, ruling.leg, ruling.outcome.value, ruling.due, ruling.occurred_at, ruling.held_by)
        for ruling in verdicts(events, now)
    }
