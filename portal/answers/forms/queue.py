"""The queue's filters and its bulk dispatch."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.forms.step import OfficeChoice
from portal.answers.labels import TURN
from portal.answers.models import Topic
from portal.answers.queries.queue import QueueFilter
from portal.kernel.workdays import WorkCalendar

GROUPS = (
    ("open", _("未办结")),
    ("unsorted", _("待审核")),
    ("receipt", _("待核对收到时间")),
    ("offered", _("待受理")),
    ("returns", _("申请退回")),
    ("in_work", _("办理中")),
    ("sign", _("待审签")),
    ("extensions", _("延期待决定")),
    ("reopenings", _("再办待决定")),
    ("asker", _("待提问人补充")),
    ("to_tell", _("待打电话告知答复")),
    ("publish", _("待公开审核")),
    ("answered", _("已答复")),
    ("ended", _("不予受理、已撤回、已移交")),
)

# What is the same as leaving the filter out.
SAYS_NOTHING = {("group", "open"), ("scope", "level")}


class QueueFilterForm(forms.Form):
    """The filters above the queue, as a GET form. turns: what can wait for whoever looks; none: all kinds."""

    # Chosen by the tabs above the filters, and kept when one filters further.
    turn = forms.ChoiceField(label=_("轮到我"), choices=list(TURN.items()), required=False, widget=forms.HiddenInput)
    group = forms.ChoiceField(label=_("状态"), choices=GROUPS, required=False)
    scope = forms.ChoiceField(
        label=_("范围"), choices=(("level", _("本级及下级")), ("office", _("本单位"))), required=False
    )
    office = forms.ModelChoiceField(
        label=_("单位"), queryset=Office.objects.none(), required=False, empty_label=_("全部单位")
    )
    topic = forms.ModelChoiceField(
        label=_("主题"), queryset=Topic.objects.filter(is_active=True), required=False, empty_label=_("全部主题")
    )
    overdue = forms.BooleanField(label=_("只看超时"), required=False)
    late = forms.TypedChoiceField(
        label=_("督办"),
        choices=(("", _("不限")), (2, _("超时满 2 个工作日")), (5, _("超时满 5 个工作日（通报）"))),
        coerce=int,
        required=False,
    )
    text = forms.CharField(
        label=_("编号或标题"), max_length=60, required=False, widget=forms.TextInput(attrs={"data-key": "/"})
    )

    def __init__(self, *args: Any, turns: Collection[str] = TURN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["turn"].choices = [(kind, TURN[kind]) for kind in turns]
        self.fields["office"].queryset = Office.objects.filter(is_active=True, takes_questions=True).order_by("path")

    def said(self) -> dict[str, str]:
        """Return what the filters say beyond "everything open", by field; what makes no sense is left out."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        found = {name: _written(typed[name]) for name in self.fields if typed.get(name)}
        return {name: word for name, word in found.items() if word and (name, word) not in SAYS_NOTHING}

    def chosen(self, now: datetime, days: WorkCalendar) -> QueueFilter:
        """Return what was chosen."""
        return QueueFilter.of(self.said(), now, days)


def _written(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    return "on" if value is True else str(value).strip()


class BulkDispatchForm(forms.Form):
    """Several questions to one office, or each to the one its asker wished for."""

    questions = forms.TypedMultipleChoiceField(coerce=str, error_messages={"required": _("请先勾选要分派的问题。")})
    office_id = OfficeChoice(label=_("分派给"), required=False, empty_label=_("各自希望的单位"))

    def __init__(self, *args: Any, ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [(pk, pk) for pk in ids]
