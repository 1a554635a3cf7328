"""Texts that an office writes once and uses often."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office


class Passage(models.Model):
    """A canned passage of an office (常用语), with variables in braces: see `rules.passages`.

    is_shared: the offices below may use it as well.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="passages")
    title = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("内容"), max_length=2000)
    is_shared = models.BooleanField(_("下级单位也可以使用"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "title"], name="answers_passage_title")]

    def __str__(self) -> str:
        return self.title
