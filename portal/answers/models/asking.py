"""What exists before a question does: the draft of the journey, and the proof of a contact."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.answers.models.questions import Question
from portal.kernel import vault


class AskDraft(models.Model):
    """One journey through the form, kept on the server so that nothing typed is ever lost.

    Its id is the form's token: however often the last page is sent, one question comes of it.
    answers_sealed: what was typed, encrypted as a whole. code_sealed: the tracking code, kept
    for the confirmation page and wiped with the draft.
    created_at is real time: drafts are swept by age, which is no promise to anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    answers_sealed = models.TextField(blank=True)
    code_sealed = models.TextField(blank=True)
    question = models.OneToOneField(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed so far, by field."""
        opened = vault.installed().open(self.answers_sealed)
        return json.loads(opened) if opened else {}

    @answers.setter
    def answers(self, values: dict[str, Any]) -> None:
        self.answers_sealed = vault.installed().seal(json.dumps(values, ensure_ascii=False))


class ContactCheck(models.Model):
    """A one-time code sent to a mobile number or e-mail address, and whether it came back.

    For a draft it proves the contact; for a question it lets the asker replace a lost code.
    Instants are real time: a code protects against guessing, it promises nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(AskDraft, on_delete=models.CASCADE, null=True, blank=True, related_name="checks")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, blank=True, related_name="checks")
    contact_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField(default=5)
    expires_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft=None, question__isnull=False) | Q(draft__isnull=False, question=None),
                name="answers_check_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
