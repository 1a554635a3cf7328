"""What the journal makes us do: whose appointment has ended is shown no more."""

from portal.journal.handlers import Told, subscribe
from portal.kernel.refs import Ref
from portal.pages.models import SpokespersonPage


@subscribe("pages.spokesperson", "accounts.appointment_ended")
def take_down_profile(told: Told) -> None:
    """Unpublish the profile in every language; the editors still find it, and what they may do with it."""
    for page in SpokespersonPage.objects.live().filter(appointment=Ref.parse(told.aggregate).id):
        page.unpublish()
