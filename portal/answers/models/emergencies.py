"""Emergencies: what many ask about at once, with a lead, clocks in hours and a word to the public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.states import EmergencyState


class Emergency(models.Model):
    """Its clocks are wall-clock hours, beside those of the questions, which run on.

    lead_due, statement_due: ends fixed when it was opened; update_due: by when the next word must come.
    A missed limit is an event in the journal; the flags only say that it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("发生了什么"), max_length=60)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    state = models.CharField(max_length=10, default=EmergencyState.OPENED)
    version = models.PositiveIntegerField(default=1)
    centre = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    lead_due = models.DateTimeField()
    lead_named_at = models.DateTimeField(null=True, blank=True)
    lead_missed = models.BooleanField(default=False)
    statement_due = models.DateTimeField()
    first_statement_at = models.DateTimeField(null=True, blank=True)
    statement_missed = models.BooleanField(default=False)
    update_due = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(EmergencyState)), name="answers_emergency_state_known"),
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=~Q(state="closed"), name="answers_emergency_open"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """The reference string of this emergency."""
        return f"portal.answers.emergency:{self.pk}"


class Statement(models.Model):
    """One word to the public; statements are added, never changed. text_key commits to it in the journal."""

    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("告知公众的话"), max_length=2000)
    text_key = models.BinaryField(max_length=32)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["emergency", "number"], name="answers_statement_number")]

    def __str__(self) -> str:
        return f"{self.emergency_id} #{self.number}"
