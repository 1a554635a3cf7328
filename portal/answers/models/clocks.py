"""What becomes of a clock: its verdict, and the reminders before and after."""

from django.db import models
from django.db.models import Q

from portal.accounts.models import Office
from portal.answers.models.handling import Leg
from portal.answers.models.questions import Question
from portal.answers.rules.verdicts import ClockKind, Outcome


class Verdict(models.Model):
    """How a clock ended; written once, never changed. leg is None for the asker's own clock.

    held_by: the leg the verdict is booked to; office: that leg's. month: the first of the month in
    which it happened, local time; is_headline: counts for the plain promise of seven working days.
    These three repeat what other rows say, so that the public figures need no join. recorded_at may be later than occurred_at, when
    a breach was noticed late; timelines follow occurred_at.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="verdicts")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="verdicts", null=True, blank=True)
    clock = models.CharField(max_length=6)
    outcome = models.CharField(max_length=12)
    due = models.DateTimeField()
    held_by = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    is_headline = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["month", "office", "clock", "outcome", "is_headline"],
                condition=Q(leg=None),
                name="answers_verdict_figures",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "clock"], condition=Q(leg=None), name="answers_verdict_once_per_clock"
            ),
            models.UniqueConstraint(
                fields=["leg", "clock"], condition=Q(leg__isnull=False), name="answers_verdict_once_per_leg"
            ),
            models.CheckConstraint(condition=Q(clock__in=list(ClockKind)), name="answers_verdict_clock_known"),
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="answers_verdict_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.clock}: {self.outcome}"


class Reminder(models.Model):
    """A rung of the ladder that went out, once per clock and leg."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="reminders")
    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="reminders")
    rung = models.CharField(max_length=12)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leg", "rung"], name="answers_reminder_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.rung}"
