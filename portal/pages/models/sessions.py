"""Sessions with spokespersons: interviews on-line 在线访谈 and reception days 接访, announced and recorded."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.accounts.models import Office
from portal.pages.ical import calendar_file, calendar_of_sessions
from portal.pages.models.base import TEXT_FEATURES, BasePage, ListPage
from portal.pages.models.rows import Row
from portal.pages.presenting.sessions import EVENT, session_context, session_list_context, when
from portal.ui.columns import TALKING


class SessionIndexPage(ListPage):
    """The list of all sessions: what is coming, then what has been."""

    subpage_types = ["portal_pages.SessionPage"]
    template = "portal/pages/sessions/list.html"
    column_kind = TALKING

    class Meta:
        verbose_name = _("访谈接访目录")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and the sessions that fit them."""
        own = session_list_context(self, SessionPage.objects.all(), request)
        return super().get_context(request, *args, **kwargs) | own


class SessionPage(BasePage):
    """One session: when, about what, with whom, how to take part; afterwards, what was said.

    cancelled_because: filled in, the session does not take place, and whoever subscribed is told.
    """

    class Kind(models.TextChoices):
        """How people meet."""

        INTERVIEW = "interview", _("在线访谈")
        RECEPTION = "reception", _("现场接访")
        TELEPHONE = "telephone", _("电话接听")

    kind = models.CharField(_("形式"), max_length=10, choices=Kind, default=Kind.INTERVIEW)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("组织单位"))
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    place = models.CharField(_("地点"), max_length=120, blank=True, help_text=_("现场接访的地点；在线的不填。"))
    phone = models.CharField(_("参与电话"), max_length=40, blank=True)
    topics = ParentalManyToManyField("portal_pages.Topic", blank=True, related_name="sessions", verbose_name=_("主题"))
    how_to_take_part = RichTextField(_("怎样参与"), features=["bold", "ol", "ul", "link"])
    record = RichTextField(
        _("实录或摘要"), features=TEXT_FEATURES, blank=True, help_text=_("结束后补上：问了什么，答了什么。")
    )
    cancelled_because = models.CharField(
        _("取消原因"), max_length=120, blank=True, help_text=_("填了，就表示取消或改期；订阅日历的人会看到。")
    )

    topic_order, topic_sorting, topic_list = 60, ("-starts_at",), "pages:sessions"
    parent_page_types = ["portal_pages.SessionIndexPage"]
    subpage_types: list[str] = []
    template = "portal/pages/sessions/session.html"
    search_fields: list[Any] = [*BasePage.search_fields, index.SearchField("record")]
    content_panels: list[Any] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("office")]),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("phone")]),
            ],
            heading=_("时间和地点"),
        ),
        InlinePanel("speakers", heading=_("谁来回答"), label=_("一位")),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("how_to_take_part"),
        FieldPanel("record"),
        FieldPanel("cancelled_because"),
    ]

    class Meta:
        verbose_name = _("访谈接访")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="pages_session_ends_after_start"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="pages_session_starts")]

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join what is shown of the office."""
        return cls.objects.select_related("office")

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return bool(self.cancelled_because)

    @property
    def in_brief(self) -> str:
        """When it is stands in front."""
        return f"{when(self.starts_at, self.ends_at)} {self.summary}".strip()

    def clean(self) -> None:
        """Raise ValidationError for a session that ends before it begins, or that nobody could find."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            wrong["ends_at"] = _("结束时间应晚于开始时间。")
        if self.kind == self.Kind.RECEPTION and not self.place:
            wrong["place"] = _("现场接访的，请写地点。")
        if self.kind == self.Kind.TELEPHONE and not self.phone:
            wrong["phone"] = _("电话接听的，请写电话。")
        if wrong:
            raise ValidationError(wrong)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Add the address of its calendar file to the page's own."""
        if self.live and path_components == [EVENT]:
            return RouteResult(self, kwargs={"part": EVENT})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """Show the page, or give its calendar file."""
        if part == EVENT:
            return calendar_file(calendar_of_sessions([self], request, name=self.title), "session.ics", request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add its phase, who answers, and its calendar file."""
        return super().get_context(request, *args, **kwargs) | session_context(self, request)


class SessionSpeaker(Row):
    """One who answers in a session. Name and post are kept as they were then: the profile may go."""

    page = ParentalKey(SessionPage, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(
        "portal_pages.SpokespersonPage",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("网上发言人"),
    )
    name = models.CharField(_("姓名"), max_length=60, blank=True, help_text=_("不填，就用名录里的。"))
    post = models.CharField(_("单位和职务"), max_length=120, blank=True)

    panels: list[Any] = [FieldPanel("person"), FieldRowPanel([FieldPanel("name"), FieldPanel("post")])]

    class Meta(Row.Meta):
        verbose_name = _("谁来回答")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError for a row without anybody."""
        super().clean()
        if not (self.person_id or self.name):
            raise ValidationError({"name": _("请选择网上发言人，或者填写姓名。")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep name and post as they are now."""
        if self.person is not None and not self.name:
            self.name = self.person.title
            self.post = self.post or f"{self.person.office.local_name} {self.person.post}".strip()
        super().save(*args, **kwargs)
