"""The forms of the steps beside the straight way: merge, hand over, more time, help, a word from the asker."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Min
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.answers.actions import clarifying, extending, helping, merging, publication, reopening, screening
from portal.answers.forms.step import OfficeChoice, StepForm, to_choose
from portal.answers.labels import WITHDRAWAL_REASONS
from portal.answers.models import HandOver, Question
from portal.answers.queries.told import gets_messages
from portal.answers.rules.deadlines import EXTENSION_WORKING_DAYS
from portal.answers.states import State
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.workdays import ONE_DAY, local_date


class HandOverForm(StepForm):
    """Life in danger: hand it over now."""

    step = "hand_over"
    hint = _("先打电话移交，再在这里登记。提问人马上看到要拨打的号码。")

    service = forms.ChoiceField(label=_("移交给"), choices=to_choose(HandOver.Service.choices))
    told = forms.CharField(label=_("告知提问人的话"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Hand over."""
        return screening.hand_over(question_id, **self.cleaned_data, by=by, clock=clock)


class MergeForm(StepForm):
    """Let it follow an earlier question on the same matter."""

    step = "merge"
    hint = _("两个提问人的时限各自照算，一个答复同时送达。24 小时内可以撤销。")

    lead = forms.CharField(label=_("并入的问题编号"), max_length=30, help_text=_("以 Q 开头，例如 Q261123-7K2M9Q。"))

    def clean_lead(self) -> Question:
        """Return the question with this number, if it is another one of this centre's."""
        number = "".join(str(self.cleaned_data["lead"]).upper().split())
        lead = (
            Question.objects.filter(number=number, centre=self.question.centre_id).exclude(pk=self.question.pk).first()
        )
        if lead is None:
            raise forms.ValidationError(_("没有找到这个编号，请检查；不能并入自己。"))
        return lead

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Merge."""
        typed = self.cleaned_data
        return merging.merge(question_id, lead_id=typed["lead"].pk, by=by, clock=clock, seen=typed["seen"])


class UnmergeForm(StepForm):
    """It is another matter after all."""

    step = "unmerge"

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Undo the merge."""
        return merging.unmerge(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class _MovesOneDateForm(StepForm):
    """A step with an extension: says that the askers who follow keep their dates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.question.members_due is None:
            return
        following = self.question.members.filter(state=State.MERGED).aggregate(
            count=Count("pk"), first=Min("reply_due")
        )
        last_day = local_date(following["first"]) - ONE_DAY
        self.warning = ngettext(
            "延期只改这一件的日期。并入的 %(count)s 个问题日期不变，最早的一件仍须在 %(day)s 或之前答复。",
            "延期只改这一件的日期。并入的 %(count)s 个问题日期不变，最早的一件仍须在 %(day)s 或之前答复。",
            following["count"],
        ) % {"count": following["count"], "day": last_day.isoformat()}


class RequestExtensionForm(_MovesOneDateForm):
    """Ask the superior for more time."""

    step = "request_extension"
    hint = _("到期前申请，只能一次，由上级决定。原定日期保留并单独统计，阶段性答复会公开。")

    working_days = forms.IntegerField(
        label=_("延长几个工作日"),
        min_value=1,
        max_value=EXTENSION_WORKING_DAYS,
        help_text=format_lazy(_("1 到 {most} 个工作日。"), most=EXTENSION_WORKING_DAYS),
        error_messages={
            "required": _("请填写延长几个工作日。"),
            "invalid": _("请填写一个整数，例如 3。"),
            "min_value": _("至少延长 1 个工作日。"),
            "max_value": _("最多只能延长 %(limit_value)s 个工作日，请改小。"),
        },
    )
    reason = forms.CharField(label=_("延期理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    interim = forms.CharField(
        label=_("阶段性答复"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("做到哪一步、还要做什么；提问人和公众都会看到，请勿写入个人信息。"),
    )

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Ask."""
        return extending.request_extension(question_id, **self.cleaned_data, by=by, clock=clock)


class ApproveExtensionForm(_MovesOneDateForm):
    """Grant it."""

    step = "approve_extension"
    is_primary = True

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Grant."""
        return extending.approve_extension(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class RefuseExtensionForm(StepForm):
    """The date stands."""

    step = "refuse_extension"

    note = forms.CharField(label=_("不同意的理由"), max_length=300)

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Refuse."""
        return extending.refuse_extension(question_id, **self.cleaned_data, by=by, clock=clock)


class AskHelperForm(StepForm):
    """Ask another office to contribute."""

    step = "ask_helper"
    hint = _("本单位仍是主办，时限不变；会办单位须在主办时限前 2 个工作日提交。")

    office_id = OfficeChoice(label=_("会办单位"), empty_label=_("请选择单位"))
    request = forms.CharField(label=_("请会办什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].leave_out(self.question.office_id, *self.question.helpers)

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Ask."""
        typed = self.cleaned_data
        return helping.ask_helper(
            question_id,
            office_id=typed["office_id"].pk,
            request=typed["request"],
            by=by,
            clock=clock,
            seen=typed["seen"],
        )


class ContributeForm(StepForm):
    """Hand in the helping office's part."""

    step = "contribute"
    is_primary = True

    text = forms.CharField(label=_("会办意见"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Contribute."""
        return helping.contribute(question_id, **self.cleaned_data, by=by, clock=clock)


class AskAskerForm(StepForm):
    """Ask the asker what only the asker knows."""

    step = "ask_asker"
    hint = _("只能一次。答复计时从现在起暂停，提问人补充后继续；10 个工作日没有补充，问题结束。")

    text = forms.CharField(label=_("请提问人补充什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gets_messages(self.question):
            return
        if self.question.contact_kind == Question.ContactKind.CALL:
            self.warning = _(
                "提问人只接电话，系统不发通知：提出后请马上打电话告知（保密问题请受理中心打）。没有人告知，到时没有补充，问题就结束了。"
            )
        else:
            self.warning = _(
                "提问人没有留联系方式，没有人能告诉他：只有他自己用查询码来看才会知道，到时没有补充，问题就结束了。能按现有情况答复的，请直接答复。"
            )

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Ask."""
        return clarifying.ask_asker(question_id, **self.cleaned_data, by=by, clock=clock)


class ReopenByCallForm(StepForm):
    """An asker who was called back asks for a second look, perhaps in a call of their own later."""

    step = "reopen_by_call"
    hint = _("提问人在电话回访中说没有解决或不满意，后来打电话要求再办的，替他记在这里。")

    reason = forms.CharField(label=_("还有什么没有解决"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Write it down."""
        return reopening.request_reopening_by_call(question_id, **self.cleaned_data, by=by, clock=clock)


class ApproveReopeningForm(StepForm):
    """Open it again."""

    step = "approve_reopening"
    is_primary = True
    hint = _("承办单位须在 5 个工作日内再次答复；第一次的时限结果不变。")

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Reopen."""
        return reopening.approve_reopening(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class RefuseReopeningForm(StepForm):
    """The answer stands."""

    step = "refuse_reopening"

    note = forms.CharField(label=_("给提问人的说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Refuse."""
        return reopening.refuse_reopening(question_id, **self.cleaned_data, by=by, clock=clock)


class AmendPublicationForm(StepForm):
    """Change the published wording, with a reason that the public reads."""

    step = "amend_publication"
    hint = _("页面会写明更正日期和理由；提问人收到的答复不变。")

    title = forms.CharField(label=_("公开标题"), max_length=60)
    question_text = forms.CharField(label=_("公开的问题"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
    answer_text = forms.CharField(label=_("公开的答复"), max_length=10000, widget=forms.Textarea(attrs={"rows": 10}))
    reason = forms.CharField(label=_("更正理由"), max_length=300)

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Start from what is public now."""
        public = getattr(question, "redaction", None)
        if public is None:
            return {}
        return {"title": public.title, "question_text": public.question_text, "answer_text": public.answer_text}

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Amend."""
        return publication.amend(question_id, **self.cleaned_data, by=by, clock=clock)


class WithdrawPublicationForm(StepForm):
    """Take it off the public pages."""

    step = "withdraw_publication"
    hint = _("页面只留编号、日期和理由，不能恢复。")

    reason = forms.ChoiceField(label=_("撤下的理由"), choices=to_choose(WITHDRAWAL_REASONS.items()))
    checked = forms.BooleanField(label=_("我已核对，撤下后不能恢复。"))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Withdraw."""
        typed = self.cleaned_data
        return publication.take_down(question_id, reason=typed["reason"], by=by, clock=clock, seen=typed["seen"])


EXCEPTION_FORMS: tuple[type[StepForm], ...] = (
    HandOverForm,
    MergeForm,
    UnmergeForm,
    RequestExtensionForm,
    ApproveExtensionForm,
    RefuseExtensionForm,
    AskHelperForm,
    ContributeForm,
    AskAskerForm,
    ReopenByCallForm,
    ApproveReopeningForm,
    RefuseReopeningForm,
    AmendPublicationForm,
    WithdrawPublicationForm,
)
