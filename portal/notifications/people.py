"""Where people with an account are reached: their inbox, their e-mail address, their verified number."""

from collections.abc import Mapping, Sequence

from portal.accounts.models import User
from portal.notifications.addresses import PERSON, Address, Channel, register


def addresses_of_people(user_ids: Sequence[str]) -> Mapping[str, Sequence[Address]]:
    """Look people up, in one query; whoever may no longer sign in is not reached."""
    people = User.objects.filter(pk__in=user_ids, is_active=True).select_related("wagtail_userprofile")
    return {str(person.pk): _addresses(person) for person in people}


def _addresses(person: User) -> list[Address]:
    # Staff choose the language of the admin; residents have no such page and get the matter's language.
    profile = getattr(person, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    found = [Address(Channel.INBOX, language=language)]
    if person.email:
        found.append(Address(Channel.EMAIL, person.email, language))
    if person.phone_verified and person.phone_index:
        found.append(Address(Channel.SMS, person.phone, language))
    return found


register(PERSON, addresses_of_people)
