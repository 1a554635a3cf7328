"""What follows from a step that was taken: the right to a second look, the time to take it back."""

from datetime import datetime, timedelta

# Our number, a proposal: as long as a wrong merge is noticed by whoever made it.
REVERSIBLE = timedelta(hours=24)
# Our number, a proposal: a wrong dispatch is noticed at once or by the office, which returns it.
UNDO_DISPATCH_WITHIN = timedelta(minutes=10)
POOR_SATISFACTION = 2


def is_poor(resolved: str, satisfaction: int) -> bool:
    """Tell whether a verdict gives a right to a second look: not resolved, or at most two points of five.

    Our rule, a proposal: satisfaction alone invites appeasement (reports on 12345 practice), so either counts.
    """
    return resolved == "no" or satisfaction <= POOR_SATISFACTION


def may_recall(dispatched_at: datetime, now: datetime) -> bool:
    """Tell whether a dispatch may still be taken back: within ten minutes."""
    return now < dispatched_at + UNDO_DISPATCH_WITHIN
