"""What the journal makes us do: send the invitation's mail."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.invitations import link_for
from portal.accounts.mail import site_name, subject
from portal.accounts.models import Invitation
from portal.journal.handlers import Told, subscribe
from portal.kernel import clock


@subscribe("accounts.invitation_mail", "accounts.invited")
def send_invitation(told: Told) -> None:
    """Mail the link to the invited person; a second run sends the same mail under the same id."""
    invitation = Invitation.objects.select_related("office").get(pk=told.payload["invitation"])
    if not invitation.is_open(clock.installed().now()):
        return
    with override(settings.LANGUAGE_CODE):
        names = {"office": invitation.office.local_name, "role": invitation.get_role_display()}
        context = {"invitation": invitation, "link": link_for(invitation.pk), "site_name": site_name()}
        EmailMessage(
            subject=subject(_("邀请您担任%(office)s%(role)s") % names),
            body=render_to_string("portal/accounts/mail/invitation.txt", context),
            to=[invitation.email],
            headers={"Message-ID": f"<invitation-{invitation.pk.hex}@{urlsplit(settings.BASE_URL).hostname}>"},
        ).send()
