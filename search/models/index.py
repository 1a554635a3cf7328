"""A copy of what is found, and what has to be indexed anew."""

from django.db import models

LONGEST_ID = 120


class Entry(models.Model):
    """A document's words as they were indexed: shown in results, and asked for titles while the engine is away.

    id: of `search.documents.Document`. folded: title and keywords as `search.analysis.folding` writes them.
    position: of the journal, up to which this was known when it was read.
    """

    id = models.CharField(primary_key=True, max_length=LONGEST_ID)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=10)
    office = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=30)
    title = models.CharField(max_length=255)
    folded = models.TextField()
    body = models.TextField(blank=True)
    published = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.title or self.id


class Waiting(models.Model):
    """A document that has to be indexed anew. turn: grows each time, so that what changes meanwhile stays waiting."""

    document = models.CharField(primary_key=True, max_length=LONGEST_ID)
    turn = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.document


class Comparison(models.Model):
    """A night in which index and database were compared. day: local date; differed: how many documents were noted."""

    day = models.DateField(primary_key=True)
    differed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.differed}"


class Suggestion(models.Model):
    """A way to begin typing a title. key: what is typed, in hexadecimal, which every database sorts alike."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="suggestions")
    key = models.CharField(max_length=160)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=255)
    weight = models.FloatField(default=1.0)

    class Meta:
        indexes = [models.Index(fields=["language", "key"], name="search_suggestion_key")]

    def __str__(self) -> str:
        return self.text
