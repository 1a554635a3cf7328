"""Keeps Wagtail's groups of those who write pages and those who release them in step with the roles."""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Q

from portal.accounts.models import Appointment, User
from portal.accounts.roles import Role

# Wagtail makes both on installation, under English names; a migration of the pages gives them ours. Whoever
# writes may add and change pages, images and documents; whoever releases may take pages down besides.
EDITORS, REVIEWERS = "编辑", "审核"
GROUPS = {Role.EDITOR: EDITORS, Role.REVIEWER: REVIEWERS}


def sync_editor(user_id: UUID) -> None:
    """Put the person into the groups, or take them out, as their roles now say. Runs in the caller's transaction.

    Wagtail asks its tables, not our permissions, about pages; so the membership is a copy, made
    by every action that changes who acts.
    """
    user = User.objects.get(pk=user_id)
    held = Appointment.objects.filter(Q(user=user) | Q(stand_in=user), role__in=GROUPS, ended_at=None)
    acts = set(held.values_list("role", flat=True))
    for role, name in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        (user.groups.add if role in acts else user.groups.remove)(group)
