"""Which reviews have been told of."""

from django.db import models
from wagtail.models import Page


class ReviewReminder(models.Model):
    """The editor of a page has been told that it is to be verified by `due`. Verifying it moves the date on."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    due = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "due"], name="pages_review_reminder_once_per_date")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.due}"
