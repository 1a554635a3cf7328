"""What time clears away: counters that have run out, and accounts that nobody has entered."""

from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from portal.accounts import caching, devices, limits
from portal.accounts.models import Device, User
from portal.journal.realtime import real_now
from portal.journal.ticks import tick
from portal.kernel.clock import Clock

UNVERIFIED_FOR = timedelta(days=1)


@tick("accounts.limits")
def purge_limits(clock: Clock) -> int:
    """Delete counters and cache entries whose time is over."""
    return limits.purge() + caching.purge()


@tick("accounts.devices")
def purge_devices(clock: Clock) -> int:
    """Forget browsers that nobody has used for as long as their cookie lives. Real time, as sessions are."""
    return Device.objects.filter(seen_at__lt=real_now() - devices.LIVES).delete()[0]


@tick("accounts.unverified")
def purge_unverified(clock: Clock) -> int:
    """Delete accounts whose contact nobody has verified within a day, so that its owner can sign up.

    Such an account has never been entered: no sign-in, no password, nothing that points at it.
    """
    abandoned = User.objects.filter(
        date_joined__lt=clock.now() - UNVERIFIED_FOR,
        last_login=None,
        phone_verified=False,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
        is_superuser=False,
    ).exclude(emailaddress__verified=True)
    return abandoned.delete()[0]
