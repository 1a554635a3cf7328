"""What people choose about: kinds of notice that belong together for whoever gets them.

An app registers its groups, and each of its kinds names one. Somebody may want a group over one
channel and not over another; the inbox gets everything.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notifications.addresses import PERSON

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Group:
    """One line of the settings.

    key: stable and dotted; it is kept in what people have chosen.
    name, about: what it is called and what comes in it.
    for_staff: only whoever acts for an office gets it, and the site's quiet hours are not theirs.
    recipients: kinds of reference that get it.
    order: smaller comes first.
    """

    key: str
    name: Words
    about: Words
    order: int
    for_staff: bool = False
    recipients: tuple[str, ...] = (PERSON,)


_groups: dict[str, Group] = {}


def register(group: Group) -> Group:
    """Make a group known. Raises ValueError when another one has its key."""
    if group.key in _groups and _groups[group.key] != group:
        raise ValueError(f"two groups of notices are called {group.key}")
    _groups[group.key] = group
    return group


def groups_for(recipient_kind: str, *, is_staff: bool) -> list[Group]:
    """Return what a recipient of this kind can choose about, in order."""
    found = (group for group in _groups.values() if recipient_kind in group.recipients)
    return sorted((group for group in found if is_staff or not group.for_staff), key=lambda group: group.order)


# Kinds that name no group.
GENERAL = register(Group(key="general", name=_("其他通知"), about=_("不属于以上各类的通知。"), order=900))
SECURITY = register(
    Group(key="accounts.security", name=_("账户安全"), about=_("有人在新设备上登录了您的账户。"), order=800)
)
