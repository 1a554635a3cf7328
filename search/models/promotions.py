"""What editors put in front of the results of a query."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from portal.ui.languages import HTML_CODES, NAMES
from search.countable import written
from search.models.index import Entry

# Results of a query. More would push down what was found.
MOST_RESULTS = 3
SEPARATORS = "、，,；;\n"


class Promotion(ClusterableModel):
    """A query, or several ways to say it, and what is recommended for it.

    said: several apart by `SEPARATORS`; what means the same is served without being named. language: of the pages on
    which it is shown. since, until: local days, both included; open where blank.
    """

    said = models.CharField(
        _("搜什么"),
        max_length=200,
        help_text=_(
            "一个或几个搜索词，用顿号分开，例如：积分入学、新居民孩子上学。同义词、繁体和“怎么办”不用写；"
            "同义词表里有的名称，拼音也不用写。"
        ),
    )
    language = models.CharField(
        _("语言"),
        max_length=10,
        choices=[(code, NAMES[name]) for name, code in HTML_CODES.items()],
        default="zh-Hans",
        help_text=_("显示在哪种语言的页面上。"),
    )
    since = models.DateField(_("从哪天起"), null=True, blank=True)
    until = models.DateField(_("到哪天为止"), null=True, blank=True, help_text=_("含这一天。不填就一直显示。"))

    panels = [
        FieldPanel("said"),
        FieldPanel("language"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        InlinePanel("results", heading=_("推荐什么"), label=_("一条"), min_num=1, max_num=MOST_RESULTS),
    ]

    class Meta:
        verbose_name = _("推荐结果")
        verbose_name_plural = _("推荐结果")
        ordering = ["said", "pk"]

    def __str__(self) -> str:
        return self.said

    @classmethod
    def on(cls, day: date) -> "QuerySet[Promotion]":
        """Return those that are shown on a day, in the order in which they were entered."""
        begun = Q(since=None) | Q(since__lte=day)
        return cls.objects.filter(begun, Q(until=None) | Q(until__gte=day)).order_by("pk")

    @property
    def queries(self) -> list[str]:
        """What is said, one by one."""
        return [one.strip() for one in self.said.translate(dict.fromkeys(map(ord, SEPARATORS), "、")).split("、")]

    def clean(self) -> None:
        """Raise ValidationError for what nobody can look for, and for days in the wrong order."""
        super().clean()
        if not all(map(written, self.queries)):
            raise ValidationError({"said": _("请写搜索词，标点之间不要空着。")})
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("结束日期在开始日期之前。")})


class PromotedResult(Orderable):
    """A document that can be found, or an address.

    entry: kept by its id even while the document cannot be read, so that it is there again when the document is.
    """

    promotion = ParentalKey(Promotion, on_delete=models.CASCADE, related_name="results")
    entry = models.ForeignKey(
        Entry,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("网站里的内容"),
        help_text=_("搜索能找到的任何内容：指南、新闻、答复、机构……"),
    )
    title = models.CharField(_("标题"), max_length=120, blank=True, help_text=_("推荐网址时填写。"))
    address = models.CharField(
        _("网址"),
        max_length=500,
        blank=True,
        validators=[RegexValidator(r"^(https?://|/)\S+$", _("网址以 https:// 开头，本网站的也可以以 / 开头。"))],
        help_text=_("网站里的内容和网址只填一个。"),
    )

    panels = [FieldPanel("entry"), FieldRowPanel([FieldPanel("title"), FieldPanel("address")])]

    def __str__(self) -> str:
        return self.title or self.address or self.entry_id or ""

    def clean(self) -> None:
        """Raise ValidationError for a line that leads nowhere, or to two places."""
        super().clean()
        if bool(self.entry_id) == bool(self.address):
            raise ValidationError({"address": _("请选网站里的内容，或者填网址，只填一个。")})
        if self.address and not self.title:
            raise ValidationError({"title": _("请填标题。")})
