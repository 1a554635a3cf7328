"""What follows from a step that was taken: the right to a second look, the time to take a merge back."""

from datetime import timedelta

# Our number, a proposal: as long as a wrong merge is noticed by whoever made it.
REVERSIBLE = timedelta(hours=24)
POOR_SATISFACTION = 2


def is_poor(resolved: str, satisfaction: int) -> bool:
    """Tell whether a verdict gives a right to a second look: not resolved, or at most two points of five.

    Our rule, a proposal: satisfaction alone invites appeasement (reports on 12345 practice), so either counts.
    """
    return resolved == "no" or satisfaction <= POOR_SATISFACTION
