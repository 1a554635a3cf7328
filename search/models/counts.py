"""How often something was looked for: by the day, and nothing about who it was."""

from django.db import models

from search.countable import PEOPLE


class QueryText(models.Model):
    """What was looked for in a week, as `search.countable` writes it.

    week: its Monday, local. people: different places it was asked from that week, counted up to `PEOPLE` and no
    further: fewer, and nobody is shown it, and it is deleted when the week is over. cells: which of the cells those
    places fell into, one bit each; 0 from the end of the week on, when the key of that week is gone too.
    """

    week = models.DateField()
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=40)
    people = models.PositiveSmallIntegerField(default=0)
    cells = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "language", "words"], name="search_query_text_once")]

    def __str__(self) -> str:
        return self.words

    @classmethod
    def known(cls) -> "models.QuerySet[QueryText]":
        """Return those that enough people have looked for to be shown."""
        return cls.objects.filter(people__gte=PEOPLE)


class QueryCount(models.Model):
    """How often that was on one local day. in_vain: nothing was found; loosely: what met only part of the words, or was in Chinese only."""

    query = models.ForeignKey(QueryText, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField(db_index=True)
    searches = models.PositiveIntegerField(default=0)
    in_vain = models.PositiveIntegerField(default=0)
    loosely = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["query", "day"], name="search_query_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.searches}"
