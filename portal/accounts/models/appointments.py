"""Who holds which role at which office, since when, and who stands in."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.offices import Office, below
from portal.accounts.roles import OVERSEERS, Role
from portal.kernel.actors import Actor


class OfOfficeQuerySet(models.QuerySet):
    """Queries over rows that belong to an office."""

    def visible_to(self, actor: Actor) -> "OfOfficeQuerySet":
        """Keep the rows of offices that `actor` may look at; twin of `P.SEE_OFFICE` on their office."""
        if actor.is_administrator:
            return self
        return self.filter(below(actor.paths(*OVERSEERS), "office__path"))


class Appointment(models.Model):
    """A person holds a role at an office from `started_at` until `ended_at`.

    stand_in: acts with this role while set (leave, illness); the appointment stays the holder's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in_for", null=True, blank=True
    )
    started_at = models.DateTimeField(_("任命时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("任命")
        verbose_name_plural = _("任命")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=Q(ended_at=None),
                name="accounts_appointment_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_appointment_role_known"),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("user")), name="accounts_appointment_stand_in_is_another"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="accounts_appointment_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} @ {self.office_id}"


class Invitation(models.Model):
    """An office's administrator invites a person to a role.

    The link in the mail is the signed id (`portal.accounts.invitations`): nothing stored here opens
    it, and this row decides how long it holds. It is pending until accepted or withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    email = models.EmailField(_("电子邮箱"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("邀请")
        verbose_name_plural = _("邀请")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "role", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_once_pending",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_invitation_role_known"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="accounts_invitation_one_end"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.office_id}"

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can be accepted at `now`: not answered, not withdrawn, not expired."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
