"""That, when and why what a person told the desk was erased; never what it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.answers.models.questions import Question


class Erasure(models.Model):
    """An erasure asked for by the asker, or proposed by staff and decided by a second person.

    requested_by: the member of staff; None when it was the asker.
    takes_down: the public page goes, too, because it holds personal data itself.
    """

    class Reason(models.TextChoices):
        """On what ground: PIPL (个人信息保护法) art. 47 names withdrawal, end of purpose and unlawful handling."""

        OWN = "own", _("本人要求删除")
        IN_WRITING = "in_writing", _("本人书面或当面要求删除")
        OTHERS = "others", _("含有他人的个人信息")
        UNLAWFUL = "unlawful", _("违反法律法规或约定收集")

    class Decision(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待审签")
        DONE = "done", _("内容已删除")
        REJECTED = "rejected", _("不同意")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="erasures")
    reason = models.CharField(_("删除理由"), max_length=12, choices=Reason)
    takes_down = models.BooleanField(_("同时撤下公开页面"), default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=Q(decision="open"), name="answers_erasure_one_open"),
            models.UniqueConstraint(fields=["question"], condition=Q(decision="done"), name="answers_erasure_once"),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at=None) | (~Q(decision="open") & Q(decided_at__isnull=False)),
                name="answers_erasure_decided_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(requested_by=None) | ~Q(decided_by=models.F("requested_by")),
                name="answers_erasure_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.decision}"
