"""How far the open clocks have been counted anew after a change of the calendar."""

import uuid

from django.db import models


class Recomputation(models.Model):
    """The work that one edition of the calendar causes; a worker that dies goes on behind `reached`.

    total: open questions at the start. moved: dates that changed. reached: id of the last question done.
    """

    edition = models.PositiveIntegerField(primary_key=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    reached = models.UUIDField(default=uuid.UUID(int=0))
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.edition}: {self.done}/{self.total}"
