"""What a real city needs beside the straight way: more time, help, a word from the asker, a second look."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question
from portal.answers.rules.deadlines import EXTENSION_WORKING_DAYS


class Decision(models.TextChoices):
    """What one level up decided."""

    OPEN = "open", _("待决定")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")


class Extension(models.Model):
    """The office asks its superior for more working days, once; what the public reads meanwhile is `interim`."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="extensions")
    working_days = models.PositiveSmallIntegerField(
        _("延长几个工作日"), validators=[MinValueValidator(1), MaxValueValidator(EXTENSION_WORKING_DAYS)]
    )
    reason = models.CharField(_("延期理由"), max_length=300)
    interim = models.TextField(_("阶段性答复"), max_length=1000)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["question"], condition=Q(decision="open"), name="answers_extension_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=~Q(decision="refused"), name="answers_extension_once"
            ),
            models.CheckConstraint(
                condition=Q(working_days__range=(1, EXTENSION_WORKING_DAYS)), name="answers_extension_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} +{self.working_days}: {self.decision}"


class Clarification(models.Model):
    """The office's one question to the asker. The reply clock stands still from `asked_at` until `answered_at`.

    Until when the asker may answer is `Question.lapses_at`.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="clarification")
    text = models.TextField(_("请提问人补充什么"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(_("您的补充"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")), name="answers_clarification_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.asked_at}"


class Helping(models.Model):
    """An office that contributes to another one's answer, by a limit inside that office's own."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="helpings")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="helpings")
    request = models.CharField(_("请会办什么"), max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due = models.DateTimeField()
    contribution = models.TextField(_("会办意见"), max_length=5000, blank=True)
    contributed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    contributed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "office"], name="answers_helping_once_per_office")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.office_id}"


class Reopening(models.Model):
    """The asker says that it is not settled; one level up decides; the office answers a second time.

    due, provisional: of the clock of its own, set when it is granted. answer_key commits to the second answer.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField(_("还有什么没有解决"), max_length=1000)
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("给提问人的说明"), max_length=500, blank=True)
    answer_text = models.TextField(blank=True)
    answer_key = models.BinaryField(max_length=32, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.question_id}: {self.decision}"


class HandOver(models.Model):
    """Life in danger: given to the police, the fire service or the ambulance, at once."""

    class Service(models.TextChoices):
        """The three numbers that are called first."""

        POLICE = "110", _("110 报警")
        FIRE = "119", _("119 火警")
        AMBULANCE = "120", _("120 急救")

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="hand_over")
    service = models.CharField(_("移交给"), max_length=3, choices=Service)
    told = models.CharField(_("告知提问人的话"), max_length=500)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.question_id}: {self.service}"
