"""What follows from other apps' events: periods are counted anew, and whose appointment has ended is shown no more."""

from django.db import transaction

from portal.journal.handlers import Told, subscribe
from portal.kernel import clock as clocks
from portal.kernel.refs import Ref
from portal.pages.conditions import phase_is
from portal.pages.models import NoticePage, SpokespersonPage
from portal.pages.rules.periods import Phase


@subscribe("pages.periods", "workdays.calendar_loaded")
def count_periods_anew(told: Told) -> None:
    """Count the ends of notices that are open or still ahead; harmless to repeat.

    Notices are few: all of them in one transaction, each locked as it is written.
    """
    now = clocks.installed().now()
    with transaction.atomic():
        open_still = NoticePage.objects.filter(phase_is(Phase.RUNNING, now) | phase_is(Phase.AHEAD, now), live=True)
        for notice in open_still.select_for_update(of=("self",)):
            before = notice.due
            notice.count_end()
            if notice.due != before:
                # Nothing else of the row, nor of the editors' drafts, changes with the calendar.
                NoticePage.objects.filter(pk=notice.pk).update(
                    ends_at=notice.ends_at, ends_expected=notice.ends_expected
                )


@subscribe("pages.spokesperson", "accounts.appointment_ended")
def take_down_profile(told: Told) -> None:
    """Unpublish the profile in every language; the editors still find it, and what they may do with it."""
    for page in SpokespersonPage.objects.live().filter(appointment=Ref.parse(told.aggregate).id):
        page.unpublish()
