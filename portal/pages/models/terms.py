"""Words that the city no longer uses, and what it says instead: a list that editors keep."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal.pages.rules.content_checks import Term


class PreferredTerm(models.Model):
    """A word to avoid in pages of one language. preferred: what to say instead; blank where one had better say nothing."""

    language = models.CharField(_("语言"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    avoided = models.CharField(_("不用的说法"), max_length=40)
    preferred = models.CharField(_("改用"), max_length=60, blank=True)
    reason = models.CharField(
        _("理由"), max_length=120, blank=True, help_text=_("编辑在检查结果里会看到，例如依据的文件。")
    )

    panels = [
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("avoided"), FieldPanel("preferred")]),
        FieldPanel("reason"),
    ]

    class Meta:
        verbose_name = _("规范用语")
        verbose_name_plural = _("规范用语")
        ordering = ["-language", "avoided"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "avoided"],
                name="pages_preferred_term_once",
                violation_error_message=_("这个说法已经在表里。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.avoided} → {self.preferred}" if self.preferred else self.avoided

    def clean(self) -> None:
        """Raise ValidationError for a word that is to be replaced by itself."""
        super().clean()
        if self.avoided and self.avoided == self.preferred:
            raise ValidationError({"preferred": _("“改用”的说法不能和“不用的说法”一样。")})

    @property
    def term(self) -> Term:
        """The row as the checks read it."""
        return Term(self.avoided, self.preferred, self.reason)
