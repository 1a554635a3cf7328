"""What the exceptions of one question allow now: actions refuse by it, and pages ask it beforehand.

One place for both, so that no button is shown that must fail and nothing fails that was offered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.answers.models import (
    Amendment,
    Clarification,
    Decision,
    Extension,
    HandOver,
    Helping,
    Intake,
    Leg,
    Question,
    Reopening,
)
from portal.answers.permissions import OFFICE_ROLES
from portal.answers.reasons import (
    ANSWERED_ALREADY,
    ASKED_ALREADY,
    ASKED_ONLINE,
    EXTENDED_ALREADY,
    EXTENSION_TOO_LATE,
    FALLBACK_KEEPS,
    HAS_MEMBERS,
    LAPSED_ALREADY,
    NO_CHECK_OPEN,
    NO_POOR_CALL,
    NO_REQUEST,
    NOT_ASKED,
    NOT_POOR,
    OFFICE_ACTED,
    PAUSE_TOO_LATE,
    RATING_OVER,
    RECALL_TOO_LATE,
    REOPENED_ALREADY,
    REOPENING_OVER,
    RETURN_TOO_LATE,
    TOLD_ALREADY,
    UNMERGE_TOO_LATE,
)
from portal.answers.rules.aftermath import REVERSIBLE, is_poor, may_recall
from portal.answers.rules.deadlines import may_pause
from portal.answers.rules.returns import may_still_return
from portal.answers.states import OPEN
from portal.kernel.actors import Actor
from portal.kernel.permissions import Reason
from portal.workdays.queries import calendar

# The page shows these anyway, or nobody is looking for the step; the others are said beside the buttons.
UNTOLD = frozenset(
    {
        ANSWERED_ALREADY,
        ASKED_ALREADY,
        ASKED_ONLINE,
        EXTENDED_ALREADY,
        NO_CHECK_OPEN,
        NO_REQUEST,
        NOT_ASKED,
        NO_POOR_CALL,
        TOLD_ALREADY,
        RECALL_TOO_LATE,
    }
)


@dataclass(frozen=True)
class Follower:
    """A question that follows another one. accept_by: the nearer end of its own acceptance and of the office's."""

    question: Question
    accept_by: datetime | None


def accept_by(question: Question, legs: Iterable[Leg]) -> datetime | None:
    """Return by when an open question must be accepted, by its asker's 24 hours or the present leg's; None when it is."""
    if question.state not in OPEN:
        return None
    ends = [] if question.accepted_at else [question.accept_due]
    ends += [leg.accept_due for leg in legs if leg.accept_due and not leg.accepted_at and not leg.ended_at]
    return min(ends, default=None)


@dataclass(frozen=True)
class Circumstances:
    """The exceptions that a question has met; empty lists and None where it met none. leg: the present one."""

    question: Question
    leg: Leg | None
    extension: Extension | None
    clarification: Clarification | None
    helpings: list[Helping]
    reopening: Reopening | None
    hand_over: HandOver | None
    members: list[Question]
    amendments: list[Amendment]
    intake: Intake | None

    @property
    def followers(self) -> list["Follower"]:
        """The members, each with what is still to be accepted of it."""
        return [Follower(member, accept_by(member, list(member.legs.all()))) for member in self.members]

    @property
    def earliest_acceptance(self) -> datetime | None:
        """The first end of an acceptance among the question and those that follow it; None where all is accepted."""
        own = accept_by(self.question, [self.leg] if self.leg else [])
        ends = [own, *(follower.accept_by for follower in self.followers)]
        return min((end for end in ends if end), default=None)

    def hindrance(self, step: str, actor: Actor, now: datetime) -> Reason | None:
        """Tell what keeps `actor` from a step that table and permission leave open; None when nothing does.

        What depends on what is typed (another office, another question) is left to the action.
        """
        check = CHECKS.get(step)
        return check(self, actor, now) if check else None


def circumstances(question: Question, leg: Leg | None = None) -> Circumstances:
    """Load what exceptions a question has met. Four queries where it comes from `queries.case.load_question`.

    One more where others follow it.

    leg: the present one, for those who hold it.
    """
    return Circumstances(
        question=question,
        leg=leg,
        extension=question.extensions.select_related("requested_by", "decided_by").order_by("-pk").first(),
        clarification=getattr(question, "clarification", None),
        helpings=list(question.helpings.select_related("office")),
        reopening=getattr(question, "reopening", None),
        hand_over=getattr(question, "hand_over", None),
        members=list(question.members.order_by("submitted_at").prefetch_related("legs")),
        amendments=list(question.amendments.all()),
        intake=getattr(question, "intake", None),
    )


def _recall(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.leg is None or not may_recall(met.leg.started_at, now):
        return RECALL_TOO_LATE
    return OFFICE_ACTED if met.leg.return_requests.exists() else None


def _request_return(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.question.centre.fallback_id == met.question.office_id:
        return FALLBACK_KEEPS
    if met.leg and not may_still_return(met.leg.started_at, now, calendar()):
        return RETURN_TOO_LATE
    return None


def _request_extension(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.question.answered_at is not None:
        return ANSWERED_ALREADY  # a reopened question has another clock
    if met.extension is not None and met.extension.decision != Decision.REFUSED:
        return EXTENDED_ALREADY
    return EXTENSION_TOO_LATE if now >= met.question.reply_due else None


def _ask_asker(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.question.answered_at is not None:
        return ANSWERED_ALREADY
    if met.clarification is not None:
        return ASKED_ALREADY
    if met.question.members_due is not None:
        return HAS_MEMBERS  # the others would wait for an answer that is not theirs to give
    return None if may_pause(now, met.question.reply_due, calendar()) else PAUSE_TOO_LATE


def _contribute(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    offices = actor.office_ids(*OFFICE_ROLES)
    open_ = any(str(one.office_id) in offices and one.contributed_at is None for one in met.helpings)
    return None if open_ else NOT_ASKED


def _approve_extension(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if reason := _refuse_extension(met, actor, now):
        return reason
    return EXTENSION_TOO_LATE if now >= met.question.reply_due else None


def _refuse_extension(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.extension is None or met.extension.decision != Decision.OPEN:
        return NO_REQUEST
    return ANSWERED_ALREADY if met.question.answered_at is not None else None


def _check_receipt(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if met.intake is None or met.intake.check_state != Intake.Check.OPEN:
        return NO_CHECK_OPEN
    return None


def _merge(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    return HAS_MEMBERS if met.question.members_due is not None else None


def _unmerge(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if actor.kind == "system":  # the lead has ended without an answer
        return None
    merged_at = met.question.merged_at
    return UNMERGE_TOO_LATE if merged_at is None or now >= merged_at + REVERSIBLE else None


def _supply(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    lapses_at = met.question.lapses_at
    return LAPSED_ALREADY if lapses_at is not None and now >= lapses_at else None


def _rate(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    ends_at = met.question.rating_ends_at
    return RATING_OVER if ends_at is not None and now >= ends_at else None


def _rate_told(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    return _rate(met, actor, now) if met.question.by_staff else ASKED_ONLINE


def _tell_answer(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    if not met.question.by_staff:
        return ASKED_ONLINE
    return TOLD_ALREADY if met.question.told_at is not None else None


def _request_reopening(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    question = met.question
    if met.reopening is not None:
        return REOPENED_ALREADY
    if question.closes_at is not None and now >= question.closes_at:
        return REOPENING_OVER
    verdict = question.rating or question.told_by_phone
    poor = verdict is not None and is_poor(verdict.resolved, verdict.satisfaction)
    return None if poor else NOT_POOR


def _reopen_by_call(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    told = met.question.told_by_phone
    poor = told is not None and is_poor(told.resolved, told.satisfaction)
    return _request_reopening(met, actor, now) if poor else NO_POOR_CALL


def _withdraw(met: Circumstances, actor: Actor, now: datetime) -> Reason | None:
    return ANSWERED_ALREADY if met.question.answered_at is not None else None


CHECKS: dict[str, Callable[[Circumstances, Actor, datetime], Reason | None]] = {
    "recall": _recall,
    "request_return": _request_return,
    "request_extension": _request_extension,
    "ask_asker": _ask_asker,
    "contribute": _contribute,
    "approve_extension": _approve_extension,
    "refuse_extension": _refuse_extension,
    "confirm_receipt": _check_receipt,
    "correct_receipt": _check_receipt,
    "merge": _merge,
    "unmerge": _unmerge,
    "supply": _supply,
    "rate": _rate,
    "rate_told": _rate_told,
    "tell_answer": _tell_answer,
    "request_reopening": _request_reopening,
    "reopen_by_call": _reopen_by_call,
    "withdraw": _withdraw,
}
