"""Service guides 办事指南: every element a field or a row of its own, none hidden in a long text.

Elements: GB/T 39554.2-2020 (national list of services), GB/T 36114-2018 (writing guides). Ours
besides: a plain summary, the helper "who can apply, what do I need", and when somebody last
verified that it is true.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from portal.accounts.models import Office
from portal.pages.forms.guides import GuideFilterForm
from portal.pages.listing import open_to_all
from portal.pages.models.base import BasePage, ListPage
from portal.pages.models.fields import ChoiceSetField
from portal.pages.models.guide_rows import ForWhom, Unit
from portal.pages.models.rows import Row
from portal.pages.presenting.guide_list import SHOWN, sections
from portal.pages.presenting.guides import CHECKLIST, SHEET, asked_for, guide_context
from portal.pages.rules.eligibility import MOST_QUESTIONS
from portal.pages.rules.reviews import REVIEW_MONTHS
from portal.ui.columns import SERVING

PROSE = ["bold", "ol", "ul", "link"]


PER_PAGE = 60
PARTS = {CHECKLIST: "portal/pages/guides/checklist.html", SHEET: "portal/pages/guides/sheet.html"}


class GuideIndexPage(ListPage):
    """The list of all guides."""

    subpage_types = ["portal_pages.GuidePage"]
    template = "portal/pages/guides/list.html"
    column_kind = SERVING

    class Meta:
        verbose_name = _("办事指南目录")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and the guides that fit them."""
        guides = GuidePage.objects.child_of(self).live().filter(open_to_all())
        form = GuideFilterForm(request.GET, guides=guides, place=self.path)
        found = form.narrow(guides).order_by("topic__order", "topic_id", "title").values(*SHOWN)
        shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        address = self.get_url(request)
        own = {"address": address, "form": form, "shown": shown, "sections": sections(shown.object_list, address)}
        return super().get_context(request, *args, **kwargs) | own


class GuidePage(BasePage):
    """One service: who can apply, what to bring, where, how long it takes, what it costs, where to complain."""

    class Kind(models.TextChoices):
        """事项类型 of the national list."""

        LICENCE = "licence", _("行政许可")
        CONFIRMATION = "confirmation", _("行政确认")
        PAYMENT = "payment", _("行政给付")
        REWARD = "reward", _("行政奖励")
        RULING = "ruling", _("行政裁决")
        SERVICE = "service", _("公共服务")
        OTHER = "other", _("其他行政权力")

    class Audience(models.TextChoices):
        """服务对象."""

        PERSON = "person", _("个人")
        ORGANIZATION = "organization", _("企业和组织")
        BOTH = "both", _("个人、企业和组织")

    class Depth(models.TextChoices):
        """网办深度: how much of it can be done on-line."""

        NONE = "none", _("只在窗口办")
        CONSULT = "consult", _("网上咨询")
        PREVIEW = "preview", _("网上预审，窗口办理")
        ACCEPT = "accept", _("网上申请，到场一次")
        WHOLE = "whole", _("全程网办")

    CHANNELS = [
        ("counter", _("窗口")),
        ("online", _("网上")),
        ("post", _("快递")),
        ("machine", _("自助机")),
        ("home", _("上门")),
    ]

    # Identity.
    plain_name = models.CharField(_("日常用语"), max_length=60, blank=True, help_text=_("居民平时怎么说这件事。"))
    kind = models.CharField(_("事项类型"), max_length=12, choices=Kind, default=Kind.SERVICE)
    basic_code = models.CharField(_("基本编码"), max_length=40, blank=True)
    implementation_code = models.CharField(_("实施编码"), max_length=60, blank=True)
    audience = models.CharField(_("服务对象"), max_length=12, choices=Audience, default=Audience.PERSON)
    topic = models.ForeignKey(
        "portal_pages.Topic", on_delete=models.PROTECT, related_name="guides", verbose_name=_("主题")
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("实施单位"),
        help_text=_("对这件事负责的单位。"),
    )
    delegated_to = models.CharField(_("受委托办理的单位"), max_length=80, blank=True)
    joint_offices = models.CharField(_("联办单位"), max_length=120, blank=True)

    # Conditions.
    conditions = RichTextField(_("受理条件"), features=PROSE)
    refusals = RichTextField(_("不予受理的情形"), features=PROSE, blank=True)
    quota = models.CharField(_("数量限制"), max_length=120, blank=True)
    by_commitment = models.BooleanField(_("实行告知承诺"), default=False)

    # Time.
    statutory_limit = models.PositiveSmallIntegerField(_("法定办结时限"), null=True, blank=True)
    statutory_unit = models.CharField(_("单位"), max_length=11, choices=Unit, default=Unit.WORKING_DAY)
    promised_limit = models.PositiveSmallIntegerField(_("承诺办结时限"), null=True, blank=True)
    promised_unit = models.CharField(_("单位"), max_length=11, choices=Unit, default=Unit.WORKING_DAY)
    limit_note = models.CharField(
        _("时限说明"), max_length=200, blank=True, help_text=_("例如：公示、检验的时间不计。")
    )

    # Ways in.
    channels = ChoiceSetField(_("办理形式"), options=CHANNELS)
    visits = models.PositiveSmallIntegerField(_("到办事现场次数"), default=1, validators=[MaxValueValidator(9)])
    visit_reason = models.CharField(_("必须到现场的原因"), max_length=120, blank=True)
    online_depth = models.CharField(_("网办深度"), max_length=8, choices=Depth, default=Depth.NONE)
    online_address = models.URLField(_("网上办理地址"), blank=True)
    appointment = models.CharField(_("预约方式"), max_length=120, blank=True)
    proxy = models.CharField(
        _("代办、上门等人工服务"), max_length=200, blank=True, help_text=_("老年人、残疾人怎样请人代办或上门。")
    )

    # Fee and result.
    has_fee = models.BooleanField(_("收费"), default=False)
    fee = models.CharField(_("收费标准"), max_length=200, blank=True)
    fee_basis = models.CharField(_("收费依据"), max_length=200, blank=True)
    fee_relief = models.CharField(_("减免"), max_length=200, blank=True)
    result = models.CharField(_("办理结果"), max_length=80, blank=True)
    result_sample = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("结果样本"),
    )
    delivery = models.CharField(_("送达方式"), max_length=120, blank=True)

    # Help and remedies.
    enquiries = models.CharField(_("咨询电话"), max_length=60)
    complaints = models.CharField(_("投诉电话"), max_length=60)
    complaints_address = models.CharField(_("投诉地址或网址"), max_length=200, blank=True)
    review_office = models.CharField(_("行政复议机关"), max_length=120, blank=True)
    court = models.CharField(_("行政诉讼法院"), max_length=120, blank=True)

    has_helper = models.BooleanField(default=False, editable=False)

    # Whether it is still true.
    verified_on = models.DateField(_("最近核对日期"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("责任编辑"),
    )
    review_months = models.PositiveSmallIntegerField(
        _("核对周期（月）"), default=REVIEW_MONTHS, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )
    changes = models.CharField(
        _("这次改了什么"), max_length=200, blank=True, help_text=_("公开在“变更记录”里，例如：材料减少一项。")
    )

    topic_order, topic_sorting, topic_list = 10, ("title",), "pages:guides"
    # The same in every language.
    override_translatable_fields = [
        SynchronizedField(name) for name in ("basic_code", "implementation_code", "enquiries", "complaints")
    ]
    parent_page_types = ["portal_pages.GuideIndexPage"]
    subpage_types: list[str] = []
    template = "portal/pages/guides/guide.html"
    search_fields: list[Any] = [
        *BasePage.search_fields,
        index.SearchField("plain_name", boost=2),
        index.SearchField("conditions"),
        index.RelatedFields("materials", [index.SearchField("name")]),
        index.RelatedFields("answers", [index.SearchField("question"), index.SearchField("answer")]),
        index.FilterField("audience"),
        index.FilterField("topic"),
        index.FilterField("office"),
    ]

    content_panels: list[Any] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("plain_name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("audience"), FieldPanel("topic")]),
                FieldPanel("office"),
                FieldRowPanel([FieldPanel("delegated_to"), FieldPanel("joint_offices")]),
                FieldRowPanel([FieldPanel("basic_code"), FieldPanel("implementation_code")]),
            ],
            heading=_("事项"),
        ),
        InlinePanel("bases", heading=_("设定依据"), label=_("依据")),
    ]
    who_panels: list[Any] = [
        FieldPanel("conditions"),
        FieldPanel("refusals"),
        FieldRowPanel([FieldPanel("quota"), FieldPanel("by_commitment")]),
        InlinePanel("own_questions", heading=_("自测提问"), label=_("提问"), max_num=MOST_QUESTIONS),
        InlinePanel("entitlements", heading=_("谁可以办"), label=_("一类人")),
    ]
    material_panels: list[Any] = [InlinePanel("materials", heading=_("申请材料"), label=_("材料"))]
    process_panels: list[Any] = [
        InlinePanel("steps", heading=_("办理流程"), label=_("步骤")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("statutory_limit"), FieldPanel("statutory_unit")]),
                FieldRowPanel([FieldPanel("promised_limit"), FieldPanel("promised_unit")]),
                FieldPanel("limit_note"),
            ],
            heading=_("时限"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("channels"),
                FieldRowPanel([FieldPanel("visits"), FieldPanel("visit_reason")]),
                FieldRowPanel([FieldPanel("online_depth"), FieldPanel("online_address")]),
                FieldPanel("appointment"),
                FieldPanel("proxy"),
            ],
            heading=_("办理方式"),
        ),
        InlinePanel("places", heading=_("办理地点"), label=_("地点")),
        MultiFieldPanel(
            [
                FieldPanel("has_fee"),
                FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_basis"), FieldPanel("fee_relief")]),
            ],
            heading=_("收费"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("result"), FieldPanel("delivery")]), FieldPanel("result_sample")],
            heading=_("办理结果"),
        ),
    ]
    help_panels: list[Any] = [
        FieldRowPanel([FieldPanel("enquiries"), FieldPanel("complaints"), FieldPanel("complaints_address")]),
        FieldRowPanel([FieldPanel("review_office"), FieldPanel("court")]),
        InlinePanel("answers", heading=_("常见问题"), label=_("问答")),
    ]
    review_panels: list[Any] = [
        FieldRowPanel([FieldPanel("verified_on"), FieldPanel("review_months"), FieldPanel("responsible")]),
        FieldPanel("changes"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("事项")),
            ObjectList(who_panels, heading=_("谁能办")),
            ObjectList(material_panels, heading=_("材料")),
            ObjectList(process_panels, heading=_("流程、地点与费用")),
            ObjectList(help_panels, heading=_("咨询与救济")),
            ObjectList(review_panels, heading=_("核对")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(BasePage.settings_panels, heading=_("发布时间")),
        ]
    )

    class Meta:
        verbose_name = _("办事指南")
        constraints = [
            models.CheckConstraint(condition=Q(has_fee=True) | Q(fee=""), name="pages_guide_fee_only_where_charged"),
        ]

    def clean(self) -> None:
        """Raise ValidationError for what contradicts itself. Each error stands at the field that has to change."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self.has_fee and not (self.fee and self.fee_basis):
            wrong["fee"] = _("收费的，请写明标准和依据。")
        if not self.has_fee and self.fee:
            wrong["has_fee"] = _("填了收费标准，请勾选“收费”，或者删去标准。")
        if self.online_depth in {self.Depth.ACCEPT, self.Depth.WHOLE} and not self.online_address:
            wrong["online_address"] = _("能网上申请的，请填网上办理地址。")
        if self.visits and not self.visit_reason and self.online_depth == self.Depth.WHOLE:
            wrong["visits"] = _("全程网办不用到场，次数应为 0；确须到场的写明原因。")
        for name in ("statutory", "promised"):
            limit, unit = getattr(self, f"{name}_limit"), getattr(self, f"{name}_unit")
            if limit == 0 and unit != Unit.AT_ONCE:
                wrong[f"{name}_limit"] = _("时限至少是 1；当场办结的，请把单位选为“当场办结”。")
        if wrong:
            raise ValidationError(wrong)

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join what is shown of the office."""
        return cls.objects.select_related("office")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note whether the helper has anything to ask, so that reading the page need not load its rows."""
        self.has_helper = bool(self.asked)
        super().save(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Add two addresses to the page's own: its checklist and its sheet for printing."""
        if self.live and len(path_components) == 1 and path_components[0] in PARTS:
            return RouteResult(self, kwargs={"part": path_components[0]})
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> str:
        """Choose the template of the part that was asked for."""
        return PARTS.get(part, self.template)

    def get_context(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add what the page, its checklist and its sheet show."""
        return super().get_context(request, *args, **kwargs) | guide_context(self, request, part)

    @property
    def asked(self) -> tuple[str, ...]:
        """What the helper "who can apply" has to ask; nothing where everybody gets the same."""
        rows: list[ForWhom] = [*self.entitlements.all(), *self.materials.all()]
        return asked_for(rows, self.own_questions.all())


class GuidePlace(Row):
    """Where a service is handled: a centre and the counter in it."""

    page = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="places")
    centre = models.ForeignKey(
        "portal_pages.CentrePage", on_delete=models.PROTECT, related_name="handled", verbose_name=_("服务大厅")
    )
    counter = models.CharField(_("窗口"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=120, blank=True, help_text=_("例如：只办本街道居民的。"))

    panels: list[Any] = [FieldPanel("centre"), FieldRowPanel([FieldPanel("counter"), FieldPanel("note")])]

    class Meta(Row.Meta):
        verbose_name = _("办理地点")
