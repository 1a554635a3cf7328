"""The published answer as a Wagtail page, below an index of years and months.

One parent could not hold a decade of answers. The lists do not walk this tree: they read the
flat `Listing` table.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from portal.answers.models.clocks import Verdict
from portal.answers.models.publishing import Amendment, Listing
from portal.answers.models.questions import Question


class _Container(Page):
    """An index of which only the address matters; the list lives at the desk's own URL."""

    in_sitemap = False

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        """Lead to the public list."""
        return HttpResponseRedirect(reverse("answers:list"))


class AnswersIndexPage(_Container):
    """The root of all published answers."""

    max_count = 1  # type: ignore[assignment]
    subpage_types = ["portal_answers.AnswerYearPage"]

    class Meta:
        verbose_name = _("问答目录")


class AnswerYearPage(_Container):
    """One year of answers."""

    parent_page_types = ["portal_answers.AnswersIndexPage"]
    subpage_types = ["portal_answers.AnswerMonthPage"]

    class Meta:
        verbose_name = _("问答年份")


class AnswerMonthPage(_Container):
    """One month of answers."""

    parent_page_types = ["portal_answers.AnswerYearPage"]
    subpage_types = ["portal_answers.AnswerPage"]

    class Meta:
        verbose_name = _("问答月份")


class AnswerPage(Page):
    """A question and its answer as the public may read them: the redacted copy and nothing else.

    Office, topic and clocks are read from the desk's tables, so that they cannot be edited here.
    withdrawn_at: the texts are empty from then on, and the page is a tombstone. changed_at: when what
    it shows was last made, which is how those who harvest find what is new.
    """

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="page", editable=False)
    question_text = models.TextField(_("公开的问题"), blank=True)
    answer_text = models.TextField(_("公开的答复"), blank=True)
    changed_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(max_length=20, blank=True, editable=False)

    gone = models.Q(withdrawn_at__isnull=False)
    parent_page_types = ["portal_answers.AnswerMonthPage"]
    subpage_types: list[str] = []
    template = "portal/answers/public/answer_page.html"
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("question_text", read_only=True),
        FieldPanel("answer_text", read_only=True),
    ]

    class Meta:
        verbose_name = _("公开问答")
        indexes = [models.Index(fields=["changed_at", "question"], name="answers_page_changed")]

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Show the tombstone of an answer that was taken back."""
        return "portal/answers/public/tombstone.html" if self.withdrawn_at else self.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the question's public row, the verdicts of its clocks and what was amended since.

        Raises Listing.DoesNotExist.
        """
        if self.withdrawn_at:
            return super().get_context(request, *args, **kwargs)
        listing = Listing.objects.select_related("office", "topic").get(question=self.question_id)
        verdicts = Verdict.objects.filter(question=self.question_id, leg=None).order_by("occurred_at")
        return super().get_context(request, *args, **kwargs) | {
            "listing": listing,
            "verdicts": verdicts,
            "amendments": Amendment.objects.filter(question=self.question_id),
        }
