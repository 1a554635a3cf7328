"""The tree of offices."""

import uuid
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from portal.accounts.roles import OVERSEERS
from portal.kernel.actors import Actor


def below(prefixes: tuple[str, ...], field: str = "path") -> Q:
    """Return the condition that `field` holds the path of one of these offices or of one below; none for none."""
    return reduce(or_, (Q(**{f"{field}__startswith": prefix}) for prefix in prefixes), Q(pk__in=()))


class OfficeQuerySet(MP_NodeQuerySet["Office"]):
    """Queries over the tree."""

    def visible_to(self, actor: Actor) -> "OfficeQuerySet":
        """Keep the offices that `actor` may look at in the back office; twin of `P.SEE_OFFICE`."""
        if actor.is_administrator:
            return self
        return self.filter(below(actor.paths(*OVERSEERS)))


class OfficeManager(MP_NodeManager["Office"]):
    """Keeps treebeard's order (by path) and adds our queries."""

    def get_queryset(self) -> OfficeQuerySet:
        """Return all offices, parents before children."""
        return OfficeQuerySet(self.model, using=self._db).order_by("path")

    def visible_to(self, actor: Actor) -> OfficeQuerySet:
        """See `OfficeQuerySet.visible_to`."""
        return self.get_queryset().visible_to(actor)


class Office(MP_Node):
    """An office of the city: a department, a county or district, a street, a community.

    The depth of the tree is data: some cities have no streets. `level` says what the office
    is, the path says what it belongs to. The numbers of the house (a second person's approval)
    are settings of each office.
    """

    class Level(models.TextChoices):
        """The four levels; spokespersons exist on the first three."""

        CITY = "city", _("市级")
        COUNTY = "county", _("区县级")
        TOWNSHIP = "township", _("镇街级")
        COMMUNITY = "community", _("社区")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    is_centre = models.BooleanField(
        _("受理中心"), default=False, help_text=_("审核、分派全区问题的单位；问题在分派之前由它负责。")
    )
    takes_questions = models.BooleanField(_("接受提问"), default=True)
    answers_need_review = models.BooleanField(_("答复须经第二人审签"), default=True)
    refusals_need_review = models.BooleanField(_("不予受理须经第二人审签"), default=True)
    fallback = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("兜底承办单位"),
        help_text=_("受理中心填写：一个问题第二次被申请退回时，直接转给这个单位，它不能再退回。"),
    )
    phone = models.CharField(_("办公电话"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    address_en = models.CharField(_("英文地址"), max_length=200, blank=True)
    hours = models.CharField(
        _("办公时间"), max_length=120, blank=True, help_text=_("例如：工作日 9:00—12:00，13:30—17:00。")
    )
    hours_en = models.CharField(_("英文办公时间"), max_length=160, blank=True)
    remit = models.TextField(
        _("职责"), max_length=500, blank=True, help_text=_("公开在机构名录里：管什么、不管什么，用居民的话写。")
    )
    remit_en = models.TextField(_("英文职责"), max_length=1000, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    objects: ClassVar[OfficeManager] = OfficeManager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=["city", "county", "township", "community"]),
                name="accounts_office_level_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(level="community", takes_questions=True),
                name="accounts_office_spokespersons_on_three_levels",
            ),
        ]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return self._local("name")

    @property
    def local_address(self) -> str:
        """The address, likewise."""
        return self._local("address")

    @property
    def local_hours(self) -> str:
        """The office hours, likewise."""
        return self._local("hours")

    @property
    def local_remit(self) -> str:
        """What the office is for, likewise."""
        return self._local("remit")

    def _local(self, name: str) -> str:
        english: str = getattr(self, f"{name}_en") if get_language() == "en" else ""
        chinese: str = getattr(self, name)
        return english or chinese
