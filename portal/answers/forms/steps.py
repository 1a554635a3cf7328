"""One form per step of the tables; each knows the one action it calls.

The case page offers the forms of the steps that are open, so screen and rule cannot differ.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.actions import aftercare, checking, handling, publication, replying, screening
from portal.answers.forms.asking import LinesField
from portal.answers.forms.exceptions import EXCEPTION_FORMS
from portal.answers.forms.step import MomentField, OfficeChoice, StepForm, to_choose
from portal.answers.forms.tracking import RatingForm
from portal.answers.labels import DECLINE_REASONS, WAYS_OF_TELLING
from portal.answers.models import Question, Rating, Refusal, ReturnRequest
from portal.answers.queries.passages import named_askers
from portal.answers.rules.confidence import telltales
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock


class ScreenForm(StepForm):
    """Begin to look at it."""

    step = "screen"

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Begin to screen."""
        return screening.screen(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class DispatchForm(StepForm):
    """Give it to an office, with the title that the public may read meanwhile."""

    step = "dispatch"
    is_primary = True

    office_id = OfficeChoice(label=_("承办单位"), empty_label=_("请选择单位"))
    public_title = forms.CharField(
        label=_("公开标题"),
        max_length=60,
        required=False,
        help_text=_("办理期间公众看到的标题；请去掉姓名、电话、门牌。"),
    )
    cleared_text = LinesField(
        label=_("给承办单位看的内容"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("只写事情，不写人：去掉姓名、称呼、电话、门牌、车牌，和只有本人才知道的细节。"),
    )
    cleared = forms.BooleanField(label=_("我已核对：从这段内容认不出提问人，也认不出其他人。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.question.consents:
            del self.fields["public_title"]
        else:
            self.fields["public_title"].required = True
        if not self.question.confidential:
            del self.fields["cleared_text"], self.fields["cleared"]

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Suggest the office the asker wished for and the asker's own words."""
        suggested = {"office_id": question.wished_office_id, "public_title": question.title}
        if question.confidential:
            suggested["cleared_text"] = question.confidence.words.text
        return suggested

    def clean_cleared_text(self) -> str:
        """Refuse a wording from which a number or an account leads to somebody, and say which."""
        text = str(self.cleaned_data["cleared_text"])
        if found := telltales(text):
            seen = str(_("、")).join(text[mark.start : mark.end] for mark in found)
            raise forms.ValidationError(_("还有能认出人的内容：%(seen)s。请去掉。") % {"seen": seen})
        return text

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Dispatch."""
        typed = self.cleaned_data
        return screening.dispatch(
            question_id,
            office_id=typed["office_id"].pk,
            public_title=typed.get("public_title", ""),
            cleared_text=typed.get("cleared_text", ""),
            by=by,
            clock=clock,
            seen=typed["seen"],
        )


class RecallForm(StepForm):
    """Take the dispatch back."""

    step = "recall"
    hint = _("分派后 10 分钟内、承办单位还没有处理时可以收回；时限不停。")

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Recall."""
        return screening.recall(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class ProposeRefusalForm(StepForm):
    """Say why it is not for this channel and where to turn instead."""

    step = "propose_refusal"

    reason = forms.ChoiceField(label=_("理由"), choices=to_choose(Refusal.Reason.choices))
    explanation = forms.CharField(label=_("给提问人的说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    other_route = forms.CharField(label=_("可以找谁"), max_length=300, help_text=_("部门、电话或网址。"))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Propose the refusal."""
        return screening.propose_refusal(question_id, **self.cleaned_data, by=by, clock=clock)


class ApproveRefusalForm(StepForm):
    """Tell the asker that it is not admitted."""

    step = "approve_refusal"
    is_primary = True

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Release the refusal."""
        return screening.approve_refusal(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class RejectRefusalForm(StepForm):
    """It must be admitted."""

    step = "reject_refusal"

    note = forms.CharField(label=_("意见"), max_length=300)

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Reject the refusal."""
        return screening.reject_refusal(question_id, **self.cleaned_data, by=by, clock=clock)


class ConfirmReceiptForm(StepForm):
    """The stated time is right."""

    step = "confirm_receipt"
    hint = _("向登记的人或提问人核实过再确认。日期不变。")

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Confirm."""
        return checking.confirm_receipt(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class CorrectReceiptForm(StepForm):
    """The time is another one."""

    step = "correct_receipt"
    hint = _("还没有结论的时限从更正的时间重新计算，并告知提问人；已有的结论不变。")

    received_at = MomentField(label=_("实际收到时间"))
    reason = forms.CharField(label=_("更正理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Start from the stated time."""
        return {"received_at": question.submitted_at}

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Correct."""
        return checking.correct_receipt(question_id, **self.cleaned_data, by=by, clock=clock)


class AcceptForm(StepForm):
    """Accept for the office."""

    step = "accept"
    is_primary = True
    key = "a"
    hint = _("受理时限到此为止，不能撤销。")

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Accept."""
        return handling.accept(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class RequestReturnForm(StepForm):
    """Say that another office is right."""

    step = "request_return"
    hint = _("收到后一个工作日内可以申请；时限不停。")

    reason = forms.CharField(label=_("退回理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    proposed_office_id = OfficeChoice(label=_("建议承办单位"), required=False, empty_label=_("不清楚"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed_office_id"].leave_out(self.question.office_id)

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Ask for the return."""
        typed = self.cleaned_data
        proposed = typed["proposed_office_id"]
        return handling.request_return(
            question_id,
            reason=typed["reason"],
            proposed_office_id=proposed.pk if proposed else None,
            by=by,
            clock=clock,
            seen=typed["seen"],
        )


class TransferForm(StepForm):
    """Give it to another office."""

    step = "transfer"
    hint = _("提问人的两个时限不变；新单位另有 24 小时受理。")

    office_id = OfficeChoice(label=_("转给"), empty_label=_("请选择单位"))
    reason = forms.CharField(label=_("转办理由"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_id"].leave_out(self.question.office_id)

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Suggest the office that was proposed by the one that returns it."""
        asked = ReturnRequest.objects.filter(leg__question=question, decision=ReturnRequest.Decision.OPEN)
        return {"office_id": asked.values_list("proposed_office", flat=True).first()}

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Transfer."""
        typed = self.cleaned_data
        return handling.transfer(
            question_id,
            office_id=typed["office_id"].pk,
            reason=typed["reason"],
            by=by,
            clock=clock,
            seen=typed["seen"],
        )


class RefuseReturnForm(StepForm):
    """Leave it with the office."""

    step = "refuse_return"

    reason = forms.CharField(label=_("不同意的理由"), max_length=300)

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Refuse the return."""
        return handling.refuse_return(question_id, **self.cleaned_data, by=by, clock=clock)


class RefuseReturnAfterAcceptanceForm(RefuseReturnForm):
    """The same, for an office that had accepted already."""

    step = "refuse_return_after_acceptance"


class SaveDraftForm(StepForm):
    """Write the next version."""

    step = "save_draft"
    opens = True

    text = forms.CharField(
        label=_("答复"), max_length=10000, widget=forms.Textarea(attrs={"rows": 14, "data-key": "d"})
    )

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Go on from the latest version."""
        latest = question.drafts.order_by("-version").values_list("text", flat=True).first()
        return {"text": latest or ""}

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Keep the version."""
        return replying.save_draft(question_id, **self.cleaned_data, by=by, clock=clock)


class _ReadByAllForm(StepForm):
    """A step with an answer that may go to several askers: says whose name it would tell the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found := named_askers(self.question):
            self.warning = _(
                "这个答复同时给几位提问人，稿子里有其中一位的称呼：%(names)s。其他人会看到，请先改好再继续。"
            ) % {"names": str(_("、")).join(found)}


class SubmitForReviewForm(_ReadByAllForm):
    """Put the latest version before the second person."""

    step = "submit_for_review"
    is_primary = True
    key = "s"

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Send it for review."""
        return replying.submit_for_review(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class ReturnDraftForm(StepForm):
    """Give the version back."""

    step = "return_draft"

    note = forms.CharField(label=_("修改意见"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Return the draft."""
        return replying.return_draft(question_id, **self.cleaned_data, by=by, clock=clock)


class ReleaseForm(_ReadByAllForm):
    """Deliver the latest version."""

    step = "release"
    is_primary = True
    key = "s"
    hint = _("签发后立即送达提问人，答复时限到此为止，不能撤销。")

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Release the answer."""
        return replying.release(question_id, by=by, clock=clock, seen=self.cleaned_data["seen"])


class TellAnswerForm(StepForm):
    """The asker has heard the answer."""

    step = "tell_answer"
    is_primary = True
    hint = _("先把答复念给提问人听，再在这里登记。没有打通的，写一条内部备注，下次再打。")

    way = forms.ChoiceField(label=_("怎么告知的"), choices=list(WAYS_OF_TELLING.items()))
    told_at = MomentField(label=_("告知时间"), required=False, help_text=_("不填就是现在。"))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Note it."""
        return aftercare.tell_answer(question_id, **self.cleaned_data, by=by, clock=clock)


class RateToldForm(StepForm):
    """The asker's verdict, told to the centre."""

    step = "rate_told"
    hint = _("只记提问人自己说的，先问“解决了吗”，再问“几分”。")

    resolved = forms.ChoiceField(label=_("问题解决了吗？"), choices=to_choose(Rating.Resolved.choices))
    satisfaction = forms.TypedChoiceField(label=_("您对答复满意吗？"), coerce=int, choices=to_choose(RatingForm.POINTS))
    comment = forms.CharField(
        label=_("想对我们说的"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Write it down."""
        return aftercare.rate_told(question_id, **self.cleaned_data, by=by, clock=clock)


class PublishForm(StepForm):
    """The privacy gate: the wording that the public will read."""

    step = "publish"
    is_primary = True

    title = forms.CharField(label=_("公开标题"), max_length=60)
    question_text = forms.CharField(label=_("公开的问题"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}))
    answer_text = forms.CharField(label=_("公开的答复"), max_length=10000, widget=forms.Textarea(attrs={"rows": 12}))
    checked = forms.BooleanField(label=_("我已逐条核对标出的内容，公开的文字里没有个人信息。"))

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Start from the originals."""
        return {
            "title": question.public_title or question.title,
            "question_text": question.text,
            "answer_text": question.answer.text,
        }

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Publish."""
        typed = {key: value for key, value in self.cleaned_data.items() if key != "checked"}
        return publication.publish(question_id, **typed, by=by, clock=clock)


class DeclinePublicationForm(StepForm):
    """Keep it private."""

    step = "decline_publication"

    reason = forms.ChoiceField(label=_("不公开的理由"), choices=to_choose(DECLINE_REASONS.items()))

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Decline."""
        return publication.decline(question_id, **self.cleaned_data, by=by, clock=clock)


_STRAIGHT_FORMS: tuple[type[StepForm], ...] = (
    ScreenForm,
    DispatchForm,
    RecallForm,
    ProposeRefusalForm,
    ApproveRefusalForm,
    RejectRefusalForm,
    ConfirmReceiptForm,
    CorrectReceiptForm,
    AcceptForm,
    RequestReturnForm,
    TransferForm,
    RefuseReturnForm,
    RefuseReturnAfterAcceptanceForm,
    SaveDraftForm,
    SubmitForReviewForm,
    ReturnDraftForm,
    ReleaseForm,
    TellAnswerForm,
    RateToldForm,
    PublishForm,
    DeclinePublicationForm,
)

STEP_FORMS = {form.step: form for form in (*_STRAIGHT_FORMS, *EXCEPTION_FORMS)}
