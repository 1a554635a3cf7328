"""What happens between arrival and reply: legs, returns, refusals, notes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question


class Leg(models.Model):
    """An office holds the question from `started_at` until `ended_at`. The first leg is the centre's.

    accept_due: the leg's own 24 hours; none for the centre, whose time counts for the asker's clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="legs")
    number = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="legs")
    reason = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    accept_due = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="answers_leg_number"),
            models.UniqueConstraint(fields=["question"], condition=Q(ended_at=None), name="answers_leg_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="answers_leg_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="answers_leg_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} #{self.number}"


class ReturnRequest(models.Model):
    """An office says, with a reason, that another one is right; the dispatcher decides.

    month: the first of the month of the decision, for the public figures.
    """

    class Decision(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待决定")
        TRANSFERRED = "transferred", _("已转办")
        REFUSED = "refused", _("不同意退回")

    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="return_requests")
    reason = models.CharField(_("退回理由"), max_length=300)
    proposed_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=12, choices=Decision, default=Decision.OPEN)
    decision_reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    month = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["month", "decision"], name="answers_return_month")]
        constraints = [
            models.UniqueConstraint(fields=["leg"], condition=Q(decision="open"), name="answers_return_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.leg_id}: {self.decision}"


class Refusal(models.Model):
    """A proposal not to admit a question: reason, words to the asker, where to turn instead."""

    class Reason(models.TextChoices):
        """Why a question is not for this channel."""

        NOT_ABOUT_DISTRICT = "not_about_district", _("不属于本地事项")
        COURT_OR_REVIEW = "court_or_review", _("已进入诉讼、仲裁或行政复议")
        EMERGENCY = "emergency", _("紧急警情，请拨打 110 / 119 / 120")
        NO_QUESTION = "no_question", _("没有具体事项")
        DUPLICATE = "duplicate", _("与本人正在办理的问题重复")
        UNLAWFUL = "unlawful", _("含有违法或侮辱性内容")

    class Decision(models.TextChoices):
        """What the second person decided."""

        OPEN = "open", _("待审签")
        RELEASED = "released", _("已告知提问人")
        REJECTED = "rejected", _("不同意")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="refusals")
    reason = models.CharField(_("不予受理的理由"), max_length=20, choices=Reason)
    explanation = models.TextField(_("给提问人的说明"), max_length=1000)
    other_route = models.CharField(_("可以找谁"), max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(decision="open"), name="answers_refusal_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.reason}"


class Note(models.Model):
    """A word among colleagues; the asker never sees it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("内部备注"), max_length=1000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.written_at}"
