"""What makes the desk quick for whoever works two hundred cases a day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office


class SavedFilter(models.Model):
    """One person's own view of the queue, by name.

    chosen: what the filters say, as `QueueFilterForm.said` gives it; {} is the whole open queue.
    is_default: the view that the queue opens with.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("名称"), max_length=20)
    chosen = models.JSONField(default=dict, blank=True)
    is_default = models.BooleanField(_("打开队列时使用"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="answers_saved_filter_name"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="answers_saved_filter_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BulkDispatch(models.Model):
    """What one person dispatched at once, so that it can be taken back at once; forgotten after some minutes.

    legs: ids of the legs it began.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispatched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    dispatched_at = models.DateTimeField()
    legs = models.JSONField(default=list)
    is_taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["-dispatched_at"]
        indexes = [models.Index(fields=["dispatched_by", "-dispatched_at"], name="answers_bulk_dispatch")]

    def __str__(self) -> str:
        return f"{self.dispatched_by_id} {self.dispatched_at}"


class Passage(models.Model):
    """A canned passage of an office (常用语), with variables in braces: see `rules.passages`.

    is_shared: the offices below may use it as well.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="passages")
    title = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("内容"), max_length=2000)
    is_shared = models.BooleanField(_("下级单位也可以使用"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "title"], name="answers_passage_title")]

    def __str__(self) -> str:
        return self.title
