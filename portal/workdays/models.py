"""Tables of the working calendar: what a notice says, and which notices count at a time.

Of a version that has counted nothing is ever changed but its status: a date that was promised under
an older edition can be recomputed for as long as the question is kept.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.workdays.rules.notices import Kind, Layer
from portal.workdays.states import VersionState


class CalendarVersion(models.Model):
    """One notice for one year, or what stands in for a notice that has not come yet.

    number: 1, 2, 3 … within (layer, year), rejected ones included.
    announced: false for a provisional year: statutory days off only, no make-up days (预计). It is
    a fact of its own, not a status: an old edition must still know that it was provisional.
    document_number: only where it was verified; else empty, and `source` says so.
    text: the notice as it was pasted. replaces: what was in force when this was proposed.
    loaded_at: when it began to count; null for the versions that came with the installation, which
    nobody proposed, and for drafts. reason: why it was rejected.
    """

    layer = models.CharField(
        _("层级"), max_length=8, choices=[(Layer.NATIONAL.value, _("全国")), (Layer.LOCAL.value, _("本地"))]
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("版次"))
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=[
            (VersionState.DRAFT.value, _("待确认")),
            (VersionState.ACTIVE.value, _("生效")),
            (VersionState.SUPERSEDED.value, _("已被取代")),
            (VersionState.REJECTED.value, _("未同意")),
            (VersionState.WITHDRAWN.value, _("已撤回")),
        ],
    )
    announced = models.BooleanField(_("已公布"))
    source = models.CharField(_("依据"), max_length=200)
    source_en = models.CharField(_("依据（英文）"), max_length=300, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    announced_on = models.DateField(_("公布日期"), null=True, blank=True)
    address = models.URLField(_("网址"), blank=True)
    text = models.TextField(_("通知原文"), blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    proposed_at = models.DateTimeField(_("登记的时间"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, editable=False)
    reason = models.CharField(_("不同意的理由"), max_length=300, blank=True)
    loaded_at = models.DateTimeField(_("载入时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("日历版本")
        verbose_name_plural = _("日历版本")
        ordering = ["layer", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "year", "number"], name="workdays_version_number"),
            models.UniqueConstraint(
                fields=["layer", "year"], condition=Q(status="active"), name="workdays_version_one_active"
            ),
            models.CheckConstraint(condition=Q(layer__in=["national", "local"]), name="workdays_version_layer_known"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "active", "superseded", "rejected", "withdrawn"]),
                name="workdays_version_status_known",
            ),
            # What was proposed counts only by the word of somebody else.
            models.CheckConstraint(
                condition=Q(proposed_by=None)
                | ~Q(status__in=["active", "superseded"])
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="workdays_version_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.year}.{self.number}"


class CalendarDay(models.Model):
    """A day that a notice makes a day off or a working day; all other days follow the week.

    name: the festival or the cause; of a make-up day, the festival it makes up for.
    named_by: the earlier version on whose word the day rests, where this one, an amendment, only
    carries it on; null for its own.
    """

    version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(_("日期"))
    kind = models.CharField(
        _("类别"), max_length=4, choices=[(Kind.OFF.value, _("放假")), (Kind.WORK.value, _("上班"))]
    )
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    named_by = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="carried_on", null=True)

    class Meta:
        verbose_name = _("特殊日期")
        verbose_name_plural = _("特殊日期")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["version", "date"], name="workdays_day_once_per_version"),
            models.CheckConstraint(condition=Q(kind__in=["off", "work"]), name="workdays_day_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind} {self.name}"


class CalendarEdition(models.Model):
    """The set of versions in force from one load to the next. The highest number is in force now.

    key: what processes compare to see whether their calendar is still the right one. A number
    would not do: a load that was rolled back gives the same number out again.
    """

    number = models.PositiveIntegerField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versions = models.ManyToManyField(CalendarVersion, related_name="editions")

    class Meta:
        verbose_name = _("日历总版次")
        verbose_name_plural = _("日历总版次")

    def __str__(self) -> str:
        return str(self.number)


class YearAlarm(models.Model):
    """Administrators were told that a year is missing, once when it was time and once when it was urgent."""

    year = models.PositiveSmallIntegerField()
    urgent = models.BooleanField()
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "urgent"], name="workdays_alarm_once")]

    def __str__(self) -> str:
        return f"{self.year} {'urgent' if self.urgent else 'due'}"
