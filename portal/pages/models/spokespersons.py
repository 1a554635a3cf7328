"""Online spokespersons 网上发言人 who have agreed to be shown: who speaks for which office, since when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.accounts.models import Appointment, Office
from portal.accounts.roles import Role
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.pages.forms.spokespersons import ProfileForm, SpokespersonFilterForm
from portal.pages.listing import listed
from portal.pages.models.base import BasePage, ListPage
from portal.pages.presenting.spokespersons import profile_context
from portal.ui.columns import TALKING

PER_PAGE = 24


class SpokespersonIndexPage(ListPage):
    """The list of all spokespersons who are shown."""

    subpage_types = ["portal_pages.SpokespersonPage"]
    template = "portal/pages/spokespersons/list.html"
    column_kind = TALKING

    class Meta:
        verbose_name = _("网上发言人名录")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and the spokespersons that fit them, in the order of the tree of offices."""
        form = SpokespersonFilterForm(request.GET)
        found = form.narrow(speaking(listed(SpokespersonPage).child_of(self)))
        in_order = found.order_by("appointment__office__path", "path")
        shown = Paginator(in_order, PER_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"form": form, "shown": shown}


class SpokespersonPage(BasePage):
    """One spokesperson, as the public may know them. The title of the page is the public name.

    appointment: by which they speak; when it ends, they are shown no more.
    agreed_on: the local day on which the person agreed to be shown.
    """

    appointment = models.ForeignKey(
        Appointment,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("任命"),
        help_text=_("任命结束后，本页自动撤下。"),
    )
    post = models.CharField(_("职务"), max_length=60, blank=True, help_text=_("例如：副局长、新闻发言人。"))
    answers_for = models.TextField(_("答复哪些事"), max_length=400)
    hours = models.CharField(_("在线时间"), max_length=80, blank=True, help_text=_("例如：工作日 9:00—17:00。"))
    picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("照片"),
    )
    picture_alt = models.CharField(
        _("照片的文字说明"), max_length=100, blank=True, help_text=_("读屏软件读出的话，例如：王明的半身照。")
    )
    agreed_on = models.DateField(_("本人同意公开的日期"), help_text=_("没有本人同意，不得发布。"))

    base_form_class = ProfileForm
    parent_page_types = ["portal_pages.SpokespersonIndexPage"]
    subpage_types: list[str] = []
    template = "portal/pages/spokespersons/spokesperson.html"
    search_fields: list[Any] = [*BasePage.search_fields, index.SearchField("post"), index.SearchField("answers_for")]
    content_panels: list[Any] = [
        FieldPanel("title", heading=_("公开的姓名")),
        FieldPanel("appointment"),
        FieldRowPanel([FieldPanel("post"), FieldPanel("hours")]),
        FieldPanel("answers_for"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("照片")),
        FieldPanel("agreed_on"),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("网上发言人")

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join what is shown of the office, and the picture."""
        return cls.objects.select_related("appointment__office", "picture")

    @property
    def office(self) -> Office:
        """The office for which they speak."""
        return self.appointment.office

    @property
    def is_speaking(self) -> bool:
        """Tell whether the appointment holds and is a spokesperson's."""
        return self.appointment.ended_at is None and self.appointment.role == Role.SPOKESPERSON

    def clean(self) -> None:
        """Raise ValidationError for who does not speak, has not agreed yet, or a picture nobody can hear."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.appointment_id and not self.is_speaking:
            wrong["appointment"] = _("请选择现任网上发言人的任命。")
        if self.picture_id and not self.picture_alt:
            wrong["picture_alt"] = _("有照片的，请写文字说明。")
        if self.agreed_on and self.agreed_on > local_date(clocks.installed().now()):
            wrong["agreed_on"] = _("同意的日期不能在今天之后。")
        if wrong:
            raise ValidationError(wrong)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Hide who no longer speaks, before the worker has taken the page down."""
        if self.live and not path_components and not self.is_speaking:
            raise Http404
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is shown besides the profile's own fields."""
        return super().get_context(request, *args, **kwargs) | profile_context(self, request)


def speaking(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of the profiles whose appointment holds, with office and picture."""
    holds = Q(appointment__ended_at=None, appointment__role=Role.SPOKESPERSON, appointment__office__is_active=True)
    return pages.filter(holds).select_related("appointment__office", "picture").prefetch_related("picture__renditions")
