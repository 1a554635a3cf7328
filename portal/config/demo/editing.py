"""A change that the demo's editor has sent on, so that its reviewer has something to release."""

from django.conf import settings

from portal.accounts.models import Appointment, Role
from portal.pages.models import GuidePage

GUIDE = "residence-permit-endorsement"
SUMMARY = "居住证每年签注一次，网上就能办。过期没有签注，证件功能中止，补办后恢复。"
CHANGES = "摘要里写明可以在网上办。"


def send_a_change_on() -> None:
    """Save a new version of a guide as its editor, and send it to the reviewer."""
    editor = Appointment.objects.get(role=Role.EDITOR).user
    guide = GuidePage.objects.get(slug=GUIDE, locale__language_code=settings.LANGUAGE_CODE)
    draft = guide.get_latest_revision_as_object()
    draft.summary, draft.changes = SUMMARY, CHANGES
    draft.save_revision(user=editor)
    draft.get_workflow().start(draft, editor)
