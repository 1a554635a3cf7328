"""Keeps Wagtail's own group of editors in step with the role."""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Q

from portal.accounts.models import Appointment, User
from portal.accounts.roles import Role

# Wagtail makes this group on installation: it may add, change and publish pages, images and documents.
EDITORS = "Moderators"


def sync_editor(user_id: UUID) -> None:
    """Put the person into the group, or take them out, as their roles now say. Runs in the caller's transaction.

    Wagtail asks its tables, not our permissions, about pages; so the membership is a copy, made
    by every action that changes who acts.
    """
    user = User.objects.get(pk=user_id)
    acts = Appointment.objects.filter(Q(user=user) | Q(stand_in=user), role=Role.EDITOR, ended_at=None).exists()
    group, _created = Group.objects.get_or_create(name=EDITORS)
    (user.groups.add if acts else user.groups.remove)(group)
