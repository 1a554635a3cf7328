"""Policy documents 政策文件 and what explains them 政策解读, each shown on the other's page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageQuerySet
from wagtail.search import index

from portal.accounts.models import Office
from portal.pages.blocks.body import ATTACHMENTS
from portal.pages.forms.articles import InterpretationFilterForm, PolicyFilterForm
from portal.pages.models.articles import LIST, Article, ArticleIndexPage, article_tabs
from portal.pages.models.fields import BlocksField
from portal.pages.presenting.policies import interpretation_context, policy_context
from portal.pages.rules.validity import Force
from portal.ui.columns import EXPLAINING, PUBLISHING


class PolicyPage(Article):
    """A policy document with its full text.

    in_force_on: first day; expires_on: last day that its text names; repealed_on: first day on which
    another document has ended it.
    """

    number = models.CharField(_("文号"), max_length=60, help_text=_("例如：澄政办发〔2026〕12号。"))
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("发文机关"))
    issued_on = models.DateField(_("成文日期"))
    in_force_on = models.DateField(_("施行日期"))
    expires_on = models.DateField(_("有效期至"), null=True, blank=True, help_text=_("最后有效的一天；没有期限的不填。"))
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True, help_text=_("从这一天起不再有效。"))
    replaces = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        null=True,
        blank=True,
        verbose_name=_("取代的文件"),
    )
    attachments = BlocksField(ATTACHMENTS, blank=True, verbose_name=_("附件下载"))

    parent_page_types = ["portal_pages.PolicyIndexPage"]
    shown_in_lists = (
        *(*Article.shown_in_lists, "office__name", "office__name_en", "number"),
        *("in_force_on", "expires_on", "repealed_on"),
    )
    topic_order = 80
    topic_list = "pages:policies"
    template = "portal/pages/articles/policy.html"
    search_fields: list[Any] = [
        *Article.search_fields,
        index.SearchField("number", boost=2),
        index.FilterField("office"),
    ]
    edit_handler = article_tabs(
        _("文件"),
        [
            FieldRowPanel([FieldPanel("number"), FieldPanel("office")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("issued_on"), FieldPanel("in_force_on")]),
                    FieldRowPanel([FieldPanel("expires_on"), FieldPanel("repealed_on")]),
                ],
                heading=_("效力"),
            ),
            FieldPanel("replaces"),
            FieldPanel("attachments"),
        ],
    )

    class Meta:
        verbose_name = _("政策文件")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("in_force_on")),
                name="pages_policy_expires_after_it_begins",
            ),
        ]

    @property
    def force(self) -> Force:
        """From when until when, as the rule reads it."""
        return Force(self.in_force_on, self.expires_on, self.repealed_on)

    def clean(self) -> None:
        """Raise ValidationError for dates in the wrong order, and for a document that replaces itself."""
        super().clean()
        if self.in_force_on and self.expires_on and self.expires_on < self.in_force_on:
            raise ValidationError({"expires_on": _("有效期不能早于施行日期。")})
        if self.issued_on and self.repealed_on and self.repealed_on < self.issued_on:
            raise ValidationError({"repealed_on": _("废止日期不能早于成文日期。")})
        if self.replaces_id is not None and self.replaces_id == self.pk:
            raise ValidationError({"replaces": _("文件不能取代自己。")})

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join the office and the document that it replaces."""
        return cls.objects.select_related("office", "replaces")

    @classmethod
    def for_lists(cls) -> PageQuerySet:
        """Join the office."""
        return super().for_lists().select_related("office")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether it is in force, what explains it and what has replaced it."""
        context = super().get_context(request, *args, **kwargs)
        return context | policy_context(self, request, context["canonical"])


class PolicyIndexPage(ArticleIndexPage):
    """The list of policy documents; that of their interpretations stands below it."""

    article = PolicyPage
    form_class = PolicyFilterForm
    subpage_types = ["portal_pages.PolicyPage", "portal_pages.InterpretationIndexPage"]
    name = "policies"
    template = LIST
    column_kind = PUBLISHING

    class Meta:
        verbose_name = _("政策文件目录")


class InterpretationPage(Article):
    """What a policy means for people."""

    class Kind(models.TextChoices):
        """How it is explained."""

        DIAGRAM = "diagram", _("图解")
        ANSWERS = "answers", _("问答")
        EXPERT = "expert", _("专家解读")
        SPOKESPERSON = "spokesperson", _("发言人解读")

    kind = models.CharField(_("形式"), max_length=12, choices=Kind, default=Kind.ANSWERS)
    policy = models.ForeignKey(
        PolicyPage, on_delete=models.PROTECT, related_name="interpretations", verbose_name=_("解读的文件")
    )

    parent_page_types = ["portal_pages.InterpretationIndexPage"]
    shown_in_lists = (*Article.shown_in_lists, "kind")
    topic_order = 90
    topic_list = "pages:interpretations"
    template = "portal/pages/articles/interpretation.html"
    search_fields: list[Any] = [*Article.search_fields, index.FilterField("kind")]
    edit_handler = article_tabs(_("解读"), [FieldPanel("policy"), FieldPanel("kind")])

    class Meta:
        verbose_name = _("政策解读")

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join the policy."""
        return cls.objects.select_related("policy__office")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the policy and how it stands."""
        return super().get_context(request, *args, **kwargs) | interpretation_context(self, request)


class InterpretationIndexPage(ArticleIndexPage):
    """The list of interpretations."""

    article = InterpretationPage
    form_class = InterpretationFilterForm
    parent_page_types = ["portal_pages.PolicyIndexPage"]
    subpage_types = ["portal_pages.InterpretationPage"]
    name = "interpretations"
    template = LIST
    column_kind = EXPLAINING

    class Meta:
        verbose_name = _("政策解读目录")
