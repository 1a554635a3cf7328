"""What somebody dared to say only in confidence: sealed apart, so that no list, export or search can hold it."""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.answers.models.questions import Question
from portal.kernel import vault

# Stands where the title would stand, in the source language like everything that is stored.
CONFIDENTIAL_TITLE = "保密问题"


@dataclass(frozen=True)
class Confided:
    """What the person said and who they are. relation: of whoever spoke for somebody else."""

    title: str
    text: str
    place: str = ""
    nickname: str = ""
    relation: str = ""


class Confidence(models.Model):
    """The sealed half of a confidential question; the question's own row holds only what the office may read.

    That is nothing until somebody of the circle has written down the matter without the people in
    it: cleared_by, cleared_at. words_sealed: `Confided` as JSON, encrypted.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="confidence")
    words_sealed = models.TextField(blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cleared_by=None, cleared_at=None) | Q(cleared_by__isnull=False, cleared_at__isnull=False),
                name="answers_confidence_cleared_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.question_id)

    @property
    def words(self) -> Confided:
        """What was said, opened; empty once it was erased."""
        opened = vault.installed().open(self.words_sealed)
        return Confided(**json.loads(opened)) if opened else Confided("", "")

    @words.setter
    def words(self, said: Confided) -> None:
        self.words_sealed = vault.installed().seal(json.dumps(asdict(said), ensure_ascii=False))
