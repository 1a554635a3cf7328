"""How often somebody has tried something lately."""

from django.db import models


class LimitWindow(models.Model):
    """One key's tries in one window; see `portal.accounts.limits`.

    bucket: blind index of limit and key, so that no address or number can be read here.
    ends_at: real time; from then on the window counts afresh.
    """

    bucket = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"
