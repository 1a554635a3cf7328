"""Who holds which role at which office, since when, and who stands in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.offices import Office


class Role(models.TextChoices):
    """What one can be at an office; a role reaches down to the offices below where that makes sense."""

    DISPATCHER = "dispatcher", _("受理员")
    SPOKESPERSON = "spokesperson", _("网上发言人")
    OFFICER = "officer", _("经办人")
    LEADER = "leader", _("分管领导")
    EDITOR = "editor", _("编辑")
    OFFICE_ADMIN = "office_admin", _("单位管理员")
    AUDITOR = "auditor", _("监督员")


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
    """An office's administrator invites a person to a role; the link's secret is stored hashed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    email = models.EmailField(_("电子邮箱"))
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.office_id}"
