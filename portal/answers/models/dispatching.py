"""What was dispatched together."""

import uuid

from django.conf import settings
from django.db import models


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
