"""Every step that a person can take with a question, with something valid to fill in."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from portal.accounts.models import Office
from portal.answers.actions import (
    aftercare,
    checking,
    clarifying,
    extending,
    handling,
    helping,
    merging,
    publication,
    reopening,
    replying,
    screening,
)
from portal.answers.models import Question
from portal.kernel.actors import Actor
from portal.kernel.clock import SHANGHAI, Clock

EARLY_ON_MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=SHANGHAI)
Filled = tuple[Callable[..., Any], dict[str, Any]]
WORDING = {"title": "题", "question_text": "问", "answer_text": "答"}

PLAIN: dict[str, Filled] = {
    "screen": (screening.screen, {}),
    "propose_refusal": (
        screening.propose_refusal,
        {"reason": "no_question", "explanation": "没有具体事项", "other_route": "12345"},
    ),
    "approve_refusal": (screening.approve_refusal, {}),
    "reject_refusal": (screening.reject_refusal, {"note": "应当受理"}),
    "hand_over": (screening.hand_over, {"service": "120", "told": "请拨打 120"}),
    "confirm_receipt": (checking.confirm_receipt, {}),
    "correct_receipt": (checking.correct_receipt, {"received_at": EARLY_ON_MONDAY, "reason": "以通话记录为准"}),
    "recall": (screening.recall, {}),
    "unmerge": (merging.unmerge, {}),
    "accept": (handling.accept, {}),
    "request_return": (handling.request_return, {"reason": "不归本单位", "proposed_office_id": None}),
    "refuse_return": (handling.refuse_return, {"reason": "属本单位职责"}),
    "refuse_return_after_acceptance": (handling.refuse_return, {"reason": "属本单位职责"}),
    "request_extension": (
        extending.request_extension,
        {"working_days": 3, "reason": "需要现场勘查", "interim": "正在勘查"},
    ),
    "approve_extension": (extending.approve_extension, {}),
    "refuse_extension": (extending.refuse_extension, {"note": "时间足够"}),
    "contribute": (helping.contribute, {"text": "已核实"}),
    "ask_asker": (clarifying.ask_asker, {"text": "哪一栋？"}),
    "supply": (clarifying.supply, {"text": "三号楼"}),
    "save_draft": (replying.save_draft, {"text": "您好，请携带居住证。"}),
    "submit_for_review": (replying.submit_for_review, {}),
    "return_draft": (replying.return_draft, {"note": "请写明地点"}),
    "release": (replying.release, {}),
    "rate": (aftercare.rate, {"resolved": "no", "satisfaction": 2, "comment": ""}),
    "tell_answer": (aftercare.tell_answer, {"way": "telephone", "told_at": None}),
    "rate_told": (aftercare.rate_told, {"resolved": "no", "satisfaction": 2, "comment": ""}),
    "request_reopening": (reopening.request_reopening, {"reason": "没有说清"}),
    "reopen_by_call": (reopening.request_reopening_by_call, {"reason": "还是没有说清"}),
    "approve_reopening": (reopening.approve_reopening, {}),
    "refuse_reopening": (reopening.refuse_reopening, {"note": "已经答清"}),
    "withdraw": (aftercare.withdraw, {}),
    "publish": (publication.publish, WORDING),
    "decline_publication": (publication.decline, {"reason": "personal"}),
    "amend_publication": (publication.amend, WORDING | {"reason": "电话有误"}),
    "withdraw_publication": (publication.take_down, {"reason": "wrong"}),
}
# These name another office, or another question.
WITH_ANOTHER = ("dispatch", "transfer", "ask_helper", "merge")
STEPS = (*PLAIN, *WITH_ANOTHER)


def take(step: str, question: Question, district: SimpleNamespace, *, by: Actor, clock: Clock, **typed: Any) -> Any:
    """Take `step` as `by`. Raises what the action raises.

    district.lead is what is merged into. typed: what is filled in otherwise than usual.
    """
    action, usual = PLAIN[step] if step in PLAIN else _with_another(step, question, district)
    return action(question.pk, **usual | typed, by=by, clock=clock)


def _with_another(step: str, question: Question, district: SimpleNamespace) -> Filled:
    match step:
        case "dispatch":
            cleared = {"cleared_text": "某处收费不开票。"} if question.confidential else {}
            return screening.dispatch, {"office_id": district.schools.pk, "public_title": "题"} | cleared
        case "transfer":
            return handling.transfer, {"office_id": _another_office(question).pk, "reason": "属该单位"}
        case "ask_helper":
            return helping.ask_helper, {"office_id": _another_office(question).pk, "request": "请核实"}
        case "merge":
            return merging.merge, {"lead_id": district.lead.pk}
    raise KeyError(step)


def _another_office(question: Question) -> Office:
    """One that neither holds the question nor was asked to help; where all do already, one that does."""
    offices = Office.objects.filter(takes_questions=True).exclude(pk=question.office_id).order_by("path")
    return offices.exclude(pk__in=question.helpers).first() or offices[0]
