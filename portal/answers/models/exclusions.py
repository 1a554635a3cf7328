"""Somebody outside the office looks again at what the figures leave out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question


class ExclusionReview(models.Model):
    """Whether a question that ended without an answer was rightly left out of the figures; decided once.

    office: who held it when it ended; month: the first of the month in which it did. adds_missed: it counts as a
    missed promise from now on, because the exclusion did not hold and no missed promise is on record already.
    note: why it did not hold, for the office to read.
    """

    class Decision(models.TextChoices):
        """What came of it."""

        UPHELD = "upheld", _("可以不计入")
        OBJECTED = "objected", _("不应剔除")

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="exclusion_review")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision)
    adds_missed = models.BooleanField(default=False)
    note = models.CharField(_("为什么不应剔除"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="objected") | models.Q(adds_missed=False),
                name="answers_exclusion_missed_if_objected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.decision}"
