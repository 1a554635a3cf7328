"""Other names that editors add."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis.folding import fold

APART = re.compile(r"[\s、，,；;/]+")
SHORTEST_NAME = 2


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
