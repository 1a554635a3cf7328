"""The queue's filters, its bulk dispatch, and the internal note."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.forms.step import OfficeChoice
from portal.answers.models import Topic
from portal.answers.queries.queue import QueueFilter
from portal.answers.rules.reminders import late_by
from portal.kernel.workdays import WorkCalendar

GROUPS = (
    ("open", _("未办结")),
    ("unsorted", _("待审核")),
    ("offered", _("待受理")),
    ("returns", _("申请退回")),
    ("in_work", _("办理中")),
    ("sign", _("待审签")),
    ("decide", _("待决定的申请")),
    ("asker", _("待提问人补充")),
    ("answered", _("已答复")),
    ("ended", _("不予受理、已撤回、已移交")),
)


class QueueFilterForm(forms.Form):
    """The filters above the queue, as a GET form."""

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
    text = forms.CharField(label=_("编号或标题"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(is_active=True, takes_questions=True).order_by("path")

    def chosen(self, now: datetime, days: WorkCalendar) -> QueueFilter:
        """Return what was chosen; what makes no sense is left out."""
        self.is_valid()
        typed = getattr(self, "cleaned_data", {})
        return QueueFilter(
            group=typed.get("group") or "open",
            scope=typed.get("scope") or "level",
            office=str(typed["office"].pk) if typed.get("office") else "",
            topic=str(typed["topic"].pk) if typed.get("topic") else "",
            overdue=bool(typed.get("overdue")),
            late_since=late_by(now, typed["late"], days) if typed.get("late") else None,
            text=typed.get("text", "").strip(),
        )


class BulkDispatchForm(forms.Form):
    """Several questions to one office, or each to the one its asker wished for."""

    questions = forms.TypedMultipleChoiceField(coerce=str, error_messages={"required": _("请先勾选要分派的问题。")})
    office_id = OfficeChoice(label=_("分派给"), required=False, empty_label=_("各自希望的单位"))

    def __init__(self, *args: Any, ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [(pk, pk) for pk in ids]


class NoteForm(forms.Form):
    """A word among colleagues."""

    text = forms.CharField(
        label=_("内部备注"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("提问人看不到。")
    )
