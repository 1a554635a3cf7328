"""The answer in the making, the answer given, and what the asker thinks of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question


class Draft(models.Model):
    """One version of the answer; versions are added, never changed."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="drafts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("答复"), max_length=10000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["question", "version"], name="answers_draft_version")]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.version}"


class Review(models.Model):
    """A version waits for a second person, who releases it or gives it back with a reason."""

    class Decision(models.TextChoices):
        """What the second person decided."""

        OPEN = "open", _("待审签")
        RELEASED = "released", _("已签发")
        RETURNED = "returned", _("退回修改")

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="reviews")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft"], condition=Q(decision="open"), name="answers_review_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.decision}"


class Answer(models.Model):
    """The released answer, as the asker got it. text_key commits to it in the journal.

    draft: of this question, or of the one it was merged into. working_days: how long it took, as the
    promise counts; month: the first of the month of the release. Both for the public figures.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="answer")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="answers")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    text_key = models.BinaryField(max_length=32)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField()
    month = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["month", "office", "working_days"], name="answers_answer_figures"),
            models.Index(fields=["office", "-released_at"], name="answers_answer_office"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.released_at}"


class Rating(models.Model):
    """The asker's verdict. "Resolved?" is asked apart from satisfaction: they are not the same.

    of_reopening: on the second answer. source: given by the asker, or asked by the centre on the telephone.
    written_by: of the centre's staff, where the asker told it to them; None where the asker typed it.
    """

    class Source(models.TextChoices):
        """Who wrote the verdict down."""

        ASKER = "asker", _("提问人")
        CALL_BACK = "call_back", _("中心回访")

    class Resolved(models.TextChoices):
        """Did it solve the matter?"""

        YES = "yes", _("解决了")
        PARTLY = "partly", _("部分解决")
        NO = "no", _("没有解决")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="ratings")
    of_reopening = models.BooleanField(default=False)
    source = models.CharField(max_length=9, choices=Source, default=Source.ASKER)
    resolved = models.CharField(_("问题解决了吗？"), max_length=6, choices=Resolved)
    satisfaction = models.PositiveSmallIntegerField(
        _("您对答复满意吗？"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.CharField(_("想对我们说的"), max_length=300, blank=True)
    rated_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["rated_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "of_reopening", "source"], name="answers_rating_once"),
            models.CheckConstraint(condition=Q(satisfaction__range=(1, 5)), name="answers_rating_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.resolved}, {self.satisfaction}"
