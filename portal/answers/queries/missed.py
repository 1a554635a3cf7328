"""Which open questions have missed a promise now.

On a date that is only expected, because its year's holidays have not been announced, nobody is late.
"""

from datetime import datetime

from django.db.models import F, Q

from portal.answers.models import Question


def missed(now: datetime) -> Q:
    """Return the condition that the nearest promise of an open question has passed."""
    return Q(nearest_due__lte=now) & ~_awaits_the_calendar()


def is_missed(question: Question, now: datetime) -> bool:
    """Tell it of one question that has been read."""
    due = question.nearest_due
    if due is None or now < due:
        return False
    return not (
        (question.reply_provisional and due == question.reply_due)
        or (question.reopen_provisional and due == question.reopen_due)
    )


def _awaits_the_calendar() -> Q:
    return Q(reply_provisional=True, nearest_due=F("reply_due")) | Q(
        # Named, since nothing equals a date that is not there, and "not nothing" is nothing.
        reopen_provisional=True,
        reopen_due__isnull=False,
        nearest_due=F("reopen_due"),
    )
