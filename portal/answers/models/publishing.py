"""What the public may read: the privacy gate's result, its changes, and the flat table behind the lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question, Topic


class Redaction(models.Model):
    """What the editor let through the privacy gate: the public wording of question and answer."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="redaction")
    title = models.CharField(_("公开标题"), max_length=60)
    question_text = models.TextField(_("公开的问题"))
    answer_text = models.TextField(_("公开的答复"))
    commit_key = models.BinaryField(max_length=32)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.question_id)


class Listing(models.Model):
    """One row per question that the public may know of, waiting or answered; the lists read only this.

    Holds nothing that is not public. plain_due, interim: of an extended question. month: the first of the month of the answer, for the filter.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, primary_key=True, related_name="listing")
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=60)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    is_answered = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    submitted_at = models.DateTimeField()
    accept_due = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    reply_due = models.DateTimeField()
    reply_provisional = models.BooleanField(default=False)
    plain_due = models.DateTimeField(null=True, blank=True)
    interim = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    month = models.DateField(null=True, blank=True)
    page_url = models.CharField(max_length=200, blank=True)
    sorted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["is_answered", "-sorted_at", "question"], name="answers_listing"),
            models.Index(fields=["is_answered", "office", "-sorted_at"], name="answers_listing_office"),
            models.Index(fields=["is_answered", "topic", "-sorted_at"], name="answers_listing_topic"),
            models.Index(fields=["is_answered", "office", "topic", "-sorted_at"], name="answers_listing_both"),
            models.Index(fields=["is_answered", "month", "-sorted_at"], name="answers_listing_month"),
        ]

    def __str__(self) -> str:
        return self.number


class Amendment(models.Model):
    """A change of what was published, shown on the page with date and reason; a withdrawal is the last one.

    The wording before it is kept here and shown nowhere: it may be what had to go.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="amendments")
    is_withdrawal = models.BooleanField(default=False)
    reason = models.CharField(_("更正理由"), max_length=300)
    title_before = models.CharField(max_length=60)
    question_before = models.TextField()
    answer_before = models.TextField()
    amended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amended_at = models.DateTimeField()

    class Meta:
        ordering = ["amended_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.amended_at}"
