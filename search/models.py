"""Tables of the search: a copy of what is found, and what has to be indexed anew."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis.folding import fold

APART = re.compile(r"[\s、，,；;/]+")
LONGEST_ID = 120
SHORTEST_NAME = 2


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
        return self.id


class Waiting(models.Model):
    """A document that has to be indexed anew. turn: grows each time, so that what changes meanwhile stays waiting."""

    document = models.CharField(primary_key=True, max_length=LONGEST_ID)
    turn = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.document


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


class Synonym(models.Model):
    """Other names that editors add to those that are shipped (`search.analysis.synonyms`).

    said: names, several apart by commas. means: what is written where residents say that; blank where all of
    `said` mean the same, so that each is found by the others.
    """

    said = models.CharField(
        _("怎么说"), max_length=200, unique=True, help_text=_("一个或几个说法，用顿号分开，例如：小饭桌、午托班。")
    )
    means = models.CharField(
        _("公文怎么写"),
        max_length=200,
        blank=True,
        help_text=_("例如：校外托管。不填，就表示左边几个说法意思一样，可以互相找到。"),
    )

    class Meta:
        verbose_name = _("搜索同义词")
        verbose_name_plural = _("搜索同义词")
        ordering = ["said"]

    def __str__(self) -> str:
        return f"{self.said} → {self.means}" if self.means else self.said

    @property
    def names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is said and what it means, as single names."""
        return _names(self.said), _names(self.means)

    def clean(self) -> None:
        """Raise ValidationError for names that the search could not use."""
        super().clean()
        said, means = self.names
        if any(len(name) < SHORTEST_NAME for name in said + means):
            raise ValidationError({"said": _("每个说法至少两个字：一个字会在许多词里碰上。")})
        if not means and len(said) < 2:
            raise ValidationError({"means": _("只有一个说法的，请填公文怎么写。")})
        if both := set(map(fold, said)) & set(map(fold, means)):
            raise ValidationError(
                {"means": ValidationError(_("“%(name)s”两边都有。"), params={"name": sorted(both)[0]})}
            )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in APART.split(text) if name)
