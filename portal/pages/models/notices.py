"""Notices 公示公告: what is announced, until when one can object, where, and what came of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.accounts.models import Office
from portal.kernel import clock as clocks
from portal.kernel.workdays import CalendarGap, Due
from portal.pages.blocks.body import ATTACHMENTS
from portal.pages.forms.articles import NoticeFilterForm
from portal.pages.ical import calendar_file, calendar_of_period
from portal.pages.models.articles import LIST, Article, ArticleIndexPage, article_tabs
from portal.pages.models.fields import BlocksField
from portal.pages.presenting.notices import notice_context
from portal.pages.rules.periods import Period, Unit, counted, kept
from portal.ui.columns import PUBLISHING
from portal.workdays.queries import calendar

CALENDAR = "calendar"  # the address below a notice's own
LONGEST = 250  # working days: a year; whoever needs more has mistyped
PROSE = ["bold", "ol", "ul", "link", "document-link"]


class NoticePage(Article):
    """A notice. Its period is counted when it is published, and again when the calendar changes.

    ends_at: exclusive, 00:00 of the day after the last one; what people were told, so drafts do not
    touch it. ends_expected: the count reaches into a year that has not been announced.
    """

    class Kind(models.TextChoices):
        """What is announced, and what for."""

        PUBLICITY = "publicity", _("公示")
        ANNOUNCEMENT = "announcement", _("公告")
        CONSULTATION = "consultation", _("征求意见")
        RECRUITMENT = "recruitment", _("招聘")
        CIRCULAR = "circular", _("通告")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind, default=Kind.PUBLICITY)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("发布单位"))

    starts_on = models.DateField(
        _("起算日"), null=True, blank=True, help_text=_("公布的那一天；当天不计入，从次日数起。没有期限的公告不填。")
    )
    period_length = models.PositiveSmallIntegerField(
        _("期限"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    period_unit = models.CharField(
        _("单位"),
        max_length=11,
        choices=[(Unit.WORKING_DAY.value, _("个工作日")), (Unit.DAY.value, _("天"))],
        default=Unit.WORKING_DAY.value,
    )
    period_basis = models.CharField(
        _("期限的依据"), max_length=200, blank=True, help_text=_("法规名称和条款，公开显示。")
    )
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_expected = models.BooleanField(default=False, editable=False)

    how_to_object = models.TextField(_("怎样提意见"), max_length=400, blank=True)
    phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)

    attachments = BlocksField(ATTACHMENTS, blank=True, verbose_name=_("附件下载"))
    outcome = RichTextField(
        _("结果"), features=PROSE, blank=True, help_text=_("期满以后补上：收到多少意见，怎样处理。")
    )
    outcome_on = models.DateField(_("结果公布日期"), null=True, blank=True)

    parent_page_types = ["portal_pages.NoticeIndexPage"]
    shown_in_lists = (
        *(*Article.shown_in_lists, "office__name", "office__name_en", "kind", "number"),
        *("starts_on", "period_length", "period_unit", "ends_at", "ends_expected"),
    )
    topic_order = 70
    topic_list = "pages:notices"
    template = "portal/pages/articles/notice.html"
    exclude_fields_in_copy = ["ends_at", "ends_expected"]
    search_fields: list[Any] = [
        *Article.search_fields,
        index.SearchField("number"),
        index.SearchField("outcome"),
        index.FilterField("kind"),
        index.FilterField("office"),
    ]
    edit_handler = article_tabs(
        _("公示"),
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
            FieldPanel("office"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("period_length"), FieldPanel("period_unit")]),
                    FieldPanel("period_basis"),
                ],
                heading=_("期限"),
            ),
            MultiFieldPanel(
                [FieldPanel("how_to_object"), FieldRowPanel([FieldPanel("phone"), FieldPanel("address")])],
                heading=_("提意见"),
            ),
            FieldPanel("attachments"),
            MultiFieldPanel([FieldPanel("outcome"), FieldPanel("outcome_on")], heading=_("结果")),
        ],
    )

    class Meta:
        verbose_name = _("公示公告")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None, period_length=None)
                | Q(starts_on__isnull=False, period_length__isnull=False, period_length__gte=1),
                name="pages_notice_whole_period",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False), name="pages_notice_outcome_has_a_day"
            ),
        ]

    @property
    def period(self) -> Period | None:
        """What its end is counted from; None for a notice without one."""
        if self.starts_on is None or not self.period_length:
            return None
        return Period(self.starts_on, self.period_length, Unit(self.period_unit))

    @property
    def due(self) -> Due | None:
        """The end that people were told."""
        return Due(self.ends_at, self.ends_expected) if self.ends_at else None

    def clean(self) -> None:
        """Raise ValidationError for half a period, one that cannot be counted, and one that would end earlier."""
        super().clean()
        if (self.starts_on is None) != (self.period_length is None):
            missing = "period_length" if self.period_length is None else "starts_on"
            raise ValidationError({missing: _("起算日和期限要么都填，要么都不填。")})
        if self.outcome and self.outcome_on is None:
            raise ValidationError({"outcome_on": _("写了结果，请填公布结果的日期。")})
        if wrong := self._wrong_period():
            raise ValidationError(wrong)

    def _wrong_period(self) -> dict[str, Any]:
        told = type(self).objects.filter(pk=self.pk, live=True, ends_at__isnull=False).first()
        period = self.period
        if period is None:
            return {"starts_on": _("期限已经公布，不能取消。")} if told else {}
        if period.length < 1:
            return {}  # the field says so itself
        try:
            due = counted(period, calendar())
        except CalendarGap:
            return {"starts_on": _("工作日历排不到那么远，请检查日期。")}
        # A calendar that was corrected may count less than people were told: only what an editor changes is refused.
        promised = told.due if told and period != told.period else None
        if promised and kept(promised, due, clocks.installed().now()).instant != due.instant:
            words = _("已经公布的截止日期是 %(day)s，只能在期满以前推后。")
            return {"period_length": ValidationError(words, params={"day": promised.last_day})}
        return {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count the end of what the public reads from now on."""
        if self.live:
            self.count_end()
        super().save(*args, **kwargs)

    def count_end(self) -> None:
        """Count the end by the calendar in force; later than people were told perhaps, earlier never."""
        if self.period is None:
            self.ends_at, self.ends_expected = None, False
            return
        due = kept(self.due, counted(self.period, calendar()), clocks.installed().now())
        self.ends_at, self.ends_expected = due.instant, due.provisional

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keep the end that people were told, whatever an older draft says."""
        page = super().with_content_json(content)
        page.ends_at, page.ends_expected = self.ends_at, self.ends_expected
        return page

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join the office."""
        return cls.objects.select_related("office")

    @classmethod
    def for_lists(cls) -> PageQuerySet:
        """Join the office."""
        return super().for_lists().select_related("office")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Add an address to the page's own: the period as a file for one's calendar."""
        if self.live and self.ends_at and path_components == [CALENDAR]:
            return RouteResult(self, kwargs={"part": CALENDAR})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """Show the page, or give the file."""
        if part == CALENDAR and self.due:
            return calendar_file(calendar_of_period(self, self.due, request), "notice.ics", request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how the period stands."""
        own = notice_context(self) | {"calendar_address": f"{self.get_url(request)}{CALENDAR}/"}
        return super().get_context(request, *args, **kwargs) | own


class NoticeIndexPage(ArticleIndexPage):
    """The list of notices."""

    article = NoticePage
    form_class = NoticeFilterForm
    subpage_types = ["portal_pages.NoticePage"]
    name = "notices"
    template = LIST
    column_kind = PUBLISHING

    class Meta:
        verbose_name = _("公示公告目录")
