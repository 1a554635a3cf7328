"""Words that are neither suggested nor counted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from search.countable import holds, written
from search.models.counts import QueryText
from search.models.popular import PopularQuery


class BlockedWord(models.Model):
    """A word that must not stand among suggestions and popular queries. What it finds stays found."""

    word = models.CharField(
        _("屏蔽词"),
        max_length=40,
        unique=True,
        help_text=_(
            "含有这个词的，不出现在输入提示、热门搜索和“您要找的是不是”里，也不计数。搜索结果不受影响，照常显示。"
        ),
    )
    reason = models.CharField(_("理由"), max_length=120, blank=True, help_text=_("给同事看的，不公开。"))

    class Meta:
        verbose_name = _("搜索屏蔽词")
        verbose_name_plural = _("搜索屏蔽词")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and throw away what has been counted with it or is suggested."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            for model in (QueryText, PopularQuery):
                known = model.objects.values_list("words", flat=True).distinct()
                unwanted = [words for words in known if holds(words, [self.word])]
                model.objects.filter(words__in=unwanted).delete()

    def clean(self) -> None:
        """Raise ValidationError for what is no word, or is blocked already in another spelling."""
        super().clean()
        wanted = written(self.word)
        if not wanted:
            raise ValidationError({"word": _("请填写文字。")})
        for word in BlockedWord.objects.exclude(pk=self.pk).values_list("word", flat=True):
            if written(word) == wanted:
                raise ValidationError({"word": ValidationError(_("“%(word)s”已经屏蔽。"), params={"word": word})})
