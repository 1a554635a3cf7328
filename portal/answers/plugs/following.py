"""Plug: what a change of the calendar does to open questions, told to whoever is about to confirm it."""

from django.utils.translation import gettext_lazy as _

from portal.answers.queries import recounting
from portal.workdays import followers


def progress(edition: int) -> followers.Progress | None:
    """Return how far the open questions have been counted by an edition."""
    work = recounting.progress(edition)
    if work is None:
        return None
    return followers.Progress(work.done, work.total, work.moved, work.finished_at is not None)


followers.register("answers", followers.Follower(_("在办问题"), recounting.would_move, progress))
