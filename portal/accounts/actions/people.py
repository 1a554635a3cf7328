"""People: what they say about themselves, and accounts made for them."""

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.accounts import reasons
from portal.accounts.models import User
from portal.accounts.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


@transaction.atomic
def change_profile(*, name: str, residency: str, by: Actor, clock: Clock) -> User:
    """Change one's own name and residency. No event: it concerns nobody but the person."""
    if not by.is_person:
        raise NotAllowed(reasons.SIGN_IN_FIRST)
    user = User.objects.select_for_update().get(pk=by.id)
    user.name, user.residency = name, residency
    user.save(update_fields=["name", "residency"])
    return user


@transaction.atomic
def register_person(
    *,
    name: str,
    by: Actor,
    clock: Clock,
    email: str = "",
    phone: str = "",
    password: str | None = None,
    residency: str = User.Residency.UNSTATED,
) -> User:
    """Save a person whose contacts are known to be theirs; for seeding and import, not for sign-up.

    phone: E.164. Without a password the person signs in by code.
    """
    demand(by, P.APPOINT)
    user = User.objects.create_user(
        email,
        password,
        phone=phone,
        phone_verified=bool(phone),
        name=name,
        residency=residency,
        date_joined=clock.now(),
    )
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
