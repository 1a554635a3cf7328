"""How a question came in that staff typed for somebody: who, when, on whose behalf, and who checked the time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question


class Intake(models.Model):
    """Staff entered the question with the person's agreement; without a row it was asked on-line.

    office: where it was told. stated_at: the time of receipt as first typed; the one that counts is
    `Question.submitted_at`. recorded_at: when it was typed. relation: of whoever spoke to the person
    whom it concerns, "" where both are one.
    """

    class Check(models.TextChoices):
        """What a second person said about the stated time."""

        NOT_NEEDED = "not_needed", _("不需核对")
        OPEN = "open", _("待另一人核对")
        CONFIRMED = "confirmed", _("已核对")
        CORRECTED = "corrected", _("已更正")

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="intake")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    relation = models.CharField(_("与当事人的关系"), max_length=40, blank=True)
    check_state = models.CharField(max_length=10, choices=Check, default=Check.NOT_NEEDED)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    check_reason = models.CharField(_("更正理由"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["check_state"], condition=Q(check_state="open"), name="answers_intake_open")]
        constraints = [
            models.CheckConstraint(condition=Q(stated_at__lte=F("recorded_at")), name="answers_intake_not_ahead"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("entered_by")), name="answers_intake_second_person"
            ),
            models.CheckConstraint(
                condition=Q(
                    check_state__in=["confirmed", "corrected"], checked_by__isnull=False, checked_at__isnull=False
                )
                | Q(check_state__in=["not_needed", "open"], checked_by=None, checked_at=None),
                name="answers_intake_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.check_state}"
