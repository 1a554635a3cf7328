"""What many look for, to be suggested while others type."""

from django.db import models


class PopularQuery(models.Model):
    """A way to begin typing what many look for. key: as of `Suggestion`; searches: in the days that are looked at."""

    key = models.CharField(max_length=160)
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=40)
    searches = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["language", "key"], name="search_popular_key")]

    def __str__(self) -> str:
        return self.words
