"""Service centres: where it is, when it is open, what is handled at which counter."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_permissions_policy.decorators import permissions_policy_override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.accounts.models import Office
from portal.pages.forms.centres import PlaceForm
from portal.pages.listing import open_to_all
from portal.pages.models.base import BasePage, ListPage
from portal.pages.models.mapped import OnMap
from portal.pages.models.rows import Row
from portal.pages.presenting.centres import centre_context, nearest, placed
from portal.pages.rules.coordinates import look_swapped
from portal.pages.rules.opening import Day, Hours
from portal.ui.columns import SERVING

# What editors have to know before they type two numbers.
PICKING = _(
    "坐标用 WGS-84（或 CGCS2000）：在天地图上取，或者用手机在门口定位。"
    "高德、腾讯、百度地图上取的数字偏移几百米，不能用。小数点后五位，大约一米。"
)
# The site lets no page ask where somebody is; this one may, when they press its button.
MAY_ASK_THE_PLACE: dict[str, Any] = settings.PERMISSIONS_POLICY | {"geolocation": ["self"]}


class CentreIndexPage(OnMap, ListPage):
    """The list of all centres, nearest first when the browser tells where it is."""

    subpage_types = ["portal_pages.CentrePage"]
    template = "portal/pages/centres/list.html"
    column_kind = SERVING

    class Meta:
        verbose_name = _("服务大厅目录")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list; its button may ask the browser where it is."""
        response: HttpResponse = permissions_policy_override(MAY_ASK_THE_PLACE)(super().serve)(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the centres, nearest first when the browser told where it is."""
        here = PlaceForm(request.GET).here
        found = CentrePage.objects.child_of(self).live().filter(open_to_all())
        centres = nearest(list(found.prefetch_related("hours")), here)
        own = {"centres": centres, "placed": placed(centres), "here": here}
        return super().get_context(request, *args, **kwargs) | own


class CentrePage(OnMap, BasePage):
    """One centre. latitude, longitude: WGS-84, the datum of satellites; maps that want another convert."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("主管单位")
    )
    address = models.CharField(_("地址"), max_length=120)
    transport = models.CharField(_("怎么去"), max_length=200, blank=True, help_text=_("公交、地铁、停车。"))
    access = models.CharField(
        _("无障碍设施"), max_length=200, blank=True, help_text=_("坡道、低位柜台、轮椅、手语、母婴室。")
    )
    phone = models.CharField(_("电话"), max_length=40)
    latitude = models.FloatField(
        _("纬度（WGS-84）"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("经度（WGS-84）"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    override_translatable_fields = [SynchronizedField("phone")]
    parent_page_types = ["portal_pages.CentreIndexPage"]
    subpage_types: list[str] = []
    template = "portal/pages/centres/centre.html"
    search_fields = [*BasePage.search_fields, index.SearchField("address")]
    content_panels: list[Any] = [
        *BasePage.content_panels,
        FieldPanel("office"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("transport"),
                FieldPanel("access"),
                FieldPanel("phone"),
                HelpPanel(content=PICKING),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("地点"),
        ),
        InlinePanel("hours", heading=_("开放时间"), label=_("时段")),
    ]

    class Meta:
        verbose_name = _("服务大厅")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="pages_centre_both_coordinates",
            ),
        ]

    def clean(self) -> None:
        """Raise ValidationError when one coordinate stands alone, or each where the other belongs."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            missing = "longitude" if self.longitude is None else "latitude"
            raise ValidationError({missing: _("经度和纬度要么都填，要么都不填。")})
        if self.latitude is not None and self.longitude is not None and look_swapped(self.latitude, self.longitude):
            raise ValidationError({"latitude": _("经度和纬度看来填反了：在我国，纬度是 18 到 54，经度是 73 到 136。")})

    @property
    def has_place(self) -> bool:
        """Tell whether somebody has said where it is."""
        return self.latitude is not None and self.longitude is not None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether it is open, and its hours."""
        return super().get_context(request, *args, **kwargs) | centre_context(self, request)

    @property
    def spans(self) -> list[Hours]:
        """The opening hours as the rule reads them."""
        return [Hours(Day(row.day), row.opens, row.closes) for row in self.hours.all()]


class CentreHours(Row):
    """One span of opening on one sort of day."""

    page = ParentalKey(CentrePage, on_delete=models.CASCADE, related_name="hours")
    day = models.CharField(
        _("日子"),
        max_length=8,
        choices=[
            (Day.WORKING, _("工作日（含调休上班的周末）")),
            (Day.SATURDAY, _("周六（不上班的）")),
            (Day.SUNDAY, _("周日（不上班的）")),
            (Day.DAY_OFF, _("周一至周五逢放假")),
        ],
        default=Day.WORKING,
    )
    opens = models.TimeField(_("开门"))
    closes = models.TimeField(_("关门"))

    panels: list[Any] = [FieldRowPanel([FieldPanel("day"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Row.Meta):
        verbose_name = _("开放时间")
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="pages_centre_hours_closes_after_opening"),
        ]

    def clean(self) -> None:
        """Raise ValidationError for a span that ends before it begins."""
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("关门时间应晚于开门时间。")})
