"""The parts of a service guide that repeat: a row each, so that they can be checked, filtered and printed.

The elements are those of GB/T 39554.2-2020 and GB/T 36114-2018.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from portal.pages.models.fields import ChoiceSetField
from portal.pages.models.rows import Row
from portal.pages.rules.eligibility import Condition, Kind, Outcome

OLDEST = 120  # years

KINDS = [
    (Kind.REGISTERED, _("本地户籍居民")),
    (Kind.PERMIT, _("新居民：居住证有效")),
    (Kind.PERMIT_DORMANT, _("新居民：居住证逾期未签注，功能中止")),
    (Kind.TEMPORARY, _("新居民：暂住登记（临时居住证）有效")),
    (Kind.TEMPORARY_DORMANT, _("新居民：暂住登记已过期")),
    (Kind.ELSEWHERE, _("不住在本地")),
    (Kind.ORGANIZATION, _("企业或社会组织")),
]


class Unit(models.TextChoices):
    """What a time limit counts."""

    WORKING_DAY = "working_day", _("个工作日")
    DAY = "day", _("天")
    HOUR = "hour", _("小时")
    AT_ONCE = "at_once", _("当场办结")


class ForWhom(models.Model):
    """The columns that say for whom a row holds; left blank, it holds for everybody."""

    kinds = ChoiceSetField(_("适用对象"), options=KINDS, help_text=_("不选，就是对所有人适用。"))
    age_from = models.PositiveSmallIntegerField(
        _("年满（岁）"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("不超过（岁）"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    has = models.SlugField(_("仅当对这一问答“是”"), max_length=30, blank=True, help_text=_("填下面“自测提问”的代号。"))
    lacks = models.SlugField(_("仅当对这一问答“否”"), max_length=30, blank=True)

    override_translatable_fields = [SynchronizedField("has"), SynchronizedField("lacks")]

    class Meta:
        abstract = True

    @property
    def condition(self) -> Condition:
        """The columns as the rule reads them."""
        return Condition(frozenset(map(Kind, self.kinds)), self.age_from, self.age_to, self.has, self.lacks)

    def clean(self) -> None:
        """Raise ValidationError for an age span that is upside down."""
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise ValidationError({"age_to": _("上限不能小于下限。")})


FOR_WHOM_PANEL = MultiFieldPanel(
    [
        FieldPanel("kinds"),
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to"), FieldPanel("has"), FieldPanel("lacks")]),
    ],
    heading=_("对谁适用"),
    classname="collapsed",
)


class GuideQuestion(Row):
    """A yes-or-no question of the helper "who can apply": does the applicant have this?"""

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="own_questions")
    key = models.SlugField(_("代号"), max_length=30, help_text=_("英文小写，例如 has-job；其他各行用它引用这个问题。"))
    text = models.CharField(_("问题"), max_length=80, help_text=_("能用“是”或“否”回答，例如：在本地缴纳社保满一年吗？"))

    panels: list[Any] = [FieldRowPanel([FieldPanel("key"), FieldPanel("text")])]
    override_translatable_fields = [SynchronizedField("key")]

    class Meta(Row.Meta):
        verbose_name = _("自测提问")
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="pages_guide_question_key")]


class GuideEntitlement(ForWhom, Row):
    """What applicants of a sort get. The first row that fits counts; for who fits none, the answer is no."""

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="entitlements")
    outcome = models.CharField(
        _("能不能办"),
        max_length=8,
        choices=[(Outcome.YES, _("可以办")), (Outcome.LIMITED, _("可以办，但有限制")), (Outcome.NO, _("不能办"))],
        default=Outcome.YES,
    )
    explanation = models.CharField(
        _("怎么回事、怎么办"), max_length=200, blank=True, help_text=_("有限制或不能办的，写明原因和办法。")
    )

    panels: list[Any] = [FieldPanel("outcome"), FieldPanel("explanation"), FOR_WHOM_PANEL]

    class Meta(Row.Meta):
        verbose_name = _("谁可以办")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=list(Outcome)), name="pages_guide_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.explanation}"

    def clean(self) -> None:
        """Raise ValidationError when a limit or a refusal is not explained."""
        super().clean()
        if self.outcome != Outcome.YES and not self.explanation:
            raise ValidationError({"explanation": _("有限制或不能办的，请写明原因和办法。")})


class GuideBasis(Row):
    """The law on which a service rests."""

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="bases")
    law = models.CharField(_("法规或文件"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    text = models.TextField(_("条文"), blank=True)
    issuer = models.CharField(_("制定机关"), max_length=80, blank=True)
    in_force_on = models.DateField(_("施行日期"), null=True, blank=True)
    address = models.URLField(_("原文网址"), blank=True)

    panels: list[Any] = [
        FieldPanel("law"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("article"), FieldPanel("in_force_on")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("issuer"), FieldPanel("address")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("设定依据")


class GuideMaterial(ForWhom, Row):
    """One thing to bring, with where it comes from and a form to fill in."""

    class Source(models.TextChoices):
        """材料来源渠道."""

        APPLICANT = "applicant", _("申请人自备")
        GOVERNMENT = "government", _("政府部门核发")
        OTHERS = "others", _("其他机构出具")
        SHARED = "shared", _("部门间共享，不用提交")

    class Need(models.TextChoices):
        """Whether it must be there at once."""

        REQUIRED = "required", _("必要")
        LATER = "later", _("可以后补（容缺）")
        CONDITIONAL = "conditional", _("符合情形才需要")

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("材料名称"), max_length=80)
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.APPLICANT)
    issuer = models.CharField(_("出具单位"), max_length=80, blank=True)
    originals = models.PositiveSmallIntegerField(_("原件份数"), default=1)
    copies = models.PositiveSmallIntegerField(_("复印件份数"), default=0)
    on_paper = models.BooleanField(_("纸质"), default=True)
    electronic = models.BooleanField(_("电子"), default=True)
    need = models.CharField(_("必要性"), max_length=11, choices=Need, default=Need.REQUIRED)
    blank_form = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("空表"),
    )
    sample_form = models.ForeignKey(
        "wagtaildocs.Document",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("样表"),
    )
    note = models.CharField(_("填报须知"), max_length=200, blank=True)

    panels: list[Any] = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("issuer"), FieldPanel("need")]),
        FieldRowPanel(
            [FieldPanel("originals"), FieldPanel("copies"), FieldPanel("on_paper"), FieldPanel("electronic")]
        ),
        FieldRowPanel([FieldPanel("blank_form"), FieldPanel("sample_form")]),
        FieldPanel("note"),
        FOR_WHOM_PANEL,
    ]

    class Meta(Row.Meta):
        verbose_name = _("申请材料")

    def __str__(self) -> str:
        return self.name


class GuideStep(Row):
    """One step of the procedure, with the time it takes."""

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("步骤"), max_length=30, help_text=_("例如：申请、受理、审查、决定、送达"))
    text = models.CharField(_("做什么"), max_length=200)
    duration = models.CharField(_("用时"), max_length=30, blank=True, help_text=_("例如：当场、2 个工作日"))
    officer = models.CharField(_("谁来办"), max_length=60, blank=True)
    result = models.CharField(_("结果"), max_length=80, blank=True)

    panels: list[Any] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("duration")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("officer"), FieldPanel("result")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("办理流程")


class GuideAnswer(Row):
    """A question that is asked often, with its answer."""

    page = ParentalKey("portal_pages.GuidePage", on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("问"), max_length=80)
    answer = models.TextField(_("答"), max_length=500)

    panels: list[Any] = [FieldPanel("question"), FieldPanel("answer")]

    class Meta(Row.Meta):
        verbose_name = _("常见问题")
