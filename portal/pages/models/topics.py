"""What guides, news and policies are about: one short list, in both languages."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.pages.telling import tell, tell_of_topic


class Topic(models.Model):
    """A subject, such as schooling or housing. Names are data, so that a city can have its own."""

    slug = models.SlugField(_("代号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=30)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    icon = models.CharField(_("图标"), max_length=20, blank=True)
    asked_as = models.CharField(
        _("提问台的主题代号"),
        max_length=120,
        blank=True,
        help_text=_("主题页用它找相关问答；几个代号用空格隔开，不填就用本主题的代号。"),
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tell of it: pages about it are found by its name."""
        was_there = not self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if was_there:
                tell_of_topic(self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Tell of the pages that are no longer about it. Raises ProtectedError while a guide is."""
        with transaction.atomic():
            tell(page for related in self._meta.related_objects for page in self._pages(related))
            return super().delete(*args, **kwargs)

    def _pages(self, related: Any) -> Any:
        return getattr(self, related.get_accessor_name()).all()

    @property
    def slugs_at_the_desk(self) -> tuple[str, ...]:
        """Under which topics of the desk questions about this are asked; the desk has a list of its own."""
        return tuple(self.asked_as.split()) or (self.slug,)
