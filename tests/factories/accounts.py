"""People, offices and appointments for tests. Traits are named after what the thing is."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from portal.accounts.models import Appointment, Invitation, Office, Role, User
from portal.accounts.queries import actor_for
from portal.kernel.actors import Actor

PASSWORD = "correct-horse-battery"  # long enough for the password policy
LONG_AGO = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


class OfficeFactory(factory.django.DjangoModelFactory):
    """An office at the top of the tree, or below `parent`."""

    class Meta:
        model = Office
        skip_postgeneration_save = True

    class Params:
        centre = factory.Trait(is_centre=True, name="区政务服务受理中心", name_en="District Service Centre")
        township = factory.Trait(level=Office.Level.TOWNSHIP)
        community = factory.Trait(level=Office.Level.COMMUNITY, takes_questions=False)

    code = factory.Sequence(lambda n: f"office-{n}")
    name = factory.Sequence(lambda n: f"第{n}局")
    level = Office.Level.COUNTY

    @classmethod
    def _create(cls, model_class: type[Office], *args: Any, parent: Office | None = None, **fields: Any) -> Office:
        office = model_class(**fields)
        if parent is None:
            return model_class.add_root(instance=office)
        # treebeard keeps numchild on the instance it is given: another copy may have grown meanwhile.
        return model_class.objects.get(pk=parent.pk).add_child(instance=office)


class UserFactory(factory.django.DjangoModelFactory):
    """A resident with a verified e-mail address and the password `PASSWORD`; `phone=` takes E.164."""

    class Meta:
        model = User

    class Params:
        administrator = factory.Trait(is_superuser=True)
        phone_only = factory.Trait(email=None, phone=factory.Sequence(lambda n: f"+86138{n:08d}"), phone_verified=True)

    email = factory.Sequence(lambda n: f"resident{n}@example.com")
    name = factory.Sequence(lambda n: f"居民{n}")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        user = model_class.objects.create_user(**fields)
        if user.email:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class AppointmentFactory(factory.django.DjangoModelFactory):
    """A spokesperson in office; other roles by `role=` or by trait."""

    class Meta:
        model = Appointment

    class Params:
        dispatcher = factory.Trait(role=Role.DISPATCHER)
        officer = factory.Trait(role=Role.OFFICER)
        leader = factory.Trait(role=Role.LEADER)
        editor = factory.Trait(role=Role.EDITOR)
        office_admin = factory.Trait(role=Role.OFFICE_ADMIN)
        auditor = factory.Trait(role=Role.AUDITOR)
        ended = factory.Trait(ended_at=LONG_AGO)

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Role.SPOKESPERSON
    started_at = LONG_AGO


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation that has not been answered yet."""

    class Meta:
        model = Invitation

    class Params:
        expired = factory.Trait(expires_at=LONG_AGO + timedelta(days=7))
        withdrawn = factory.Trait(withdrawn_at=LONG_AGO)

    office = factory.SubFactory(OfficeFactory)
    role = Role.SPOKESPERSON
    email = factory.Sequence(lambda n: f"invited{n}@example.com")
    invited_by = factory.SubFactory(UserFactory)
    invited_at = LONG_AGO
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)


def make_offices(top: dict[str, Any], *below: dict[str, Any]) -> list[Office]:
    """Return a new root of the tree and offices right below it, in two inserts."""
    root = Office.add_root(instance=Office(**top))
    root.numchild = len(below)
    root.save(update_fields=["numchild"])
    children = [
        Office(path=Office._get_path(root.path, root.depth + 1, number), depth=root.depth + 1, **fields)
        for number, fields in enumerate(below, start=1)
    ]
    return [root, *Office.objects.bulk_create(children)]


def make_people(*names: str) -> dict[str, User]:
    """Return new people by name, as `UserFactory` makes them, in two inserts."""
    users = UserFactory.build_batch(len(names))
    for user, name in zip(users, names, strict=True):
        user.name, user.password = name, _hashed()
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return dict(zip(names, users, strict=True))


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def actor(user: User | None) -> Actor:
    """Return the actor `user` is now, roles included; None is a visitor."""
    return actor_for(user)


def holder(role: str, office: Office, **fields: Any) -> User:
    """Return a new person who holds `role` at `office`."""
    return AppointmentFactory(role=role, office=office, **fields).user
