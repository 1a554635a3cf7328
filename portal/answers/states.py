"""What can happen to a question, to the publication of its answer, to an emergency and to a call-back: four tables.

The first is the rule table of the desk. Its shape is that of the online spokespersons (Ningbo: accept within
24 hours, reply within seven working days); what they leave open is ours. Extension and co-handling run
beside the states, as steps that keep the state: an office that has asked for more time or for a
colleague's help goes on writing.
"""

from enum import StrEnum

from portal.kernel.machine import Machine, Step


class State(StrEnum):
    """Where a question stands. The asker sees a sentence for each (`labels.py`)."""

    SUBMITTED = "submitted"
    SCREENING = "screening"
    REFUSAL_REVIEW = "refusal_review"
    NOT_ADMITTED = "not_admitted"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    TRANSFERRED = "transferred"
    RETURN_REQUESTED = "return_requested"
    ACCEPTED = "accepted"
    DRAFTING = "drafting"
    REVIEW = "review"
    WAITING_ASKER = "waiting_asker"
    MERGED = "merged"
    REOPEN_REVIEW = "reopen_review"
    REOPENED = "reopened"
    ANSWERED = "answered"
    RATED = "rated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    HANDED_OVER = "handed_over"


# With the centre; with an office that has not accepted; with an office that has.
UNSORTED = frozenset({State.SUBMITTED, State.SCREENING})
WITH_CENTRE = UNSORTED | {State.REFUSAL_REVIEW}
OFFERED = frozenset({State.AWAITING_ACCEPTANCE, State.TRANSFERRED})
IN_WORK = frozenset({State.ACCEPTED, State.DRAFTING, State.REVIEW, State.REOPENED})
OPEN = (
    WITH_CENTRE | OFFERED | IN_WORK | {State.RETURN_REQUESTED, State.WAITING_ASKER, State.MERGED, State.REOPEN_REVIEW}
)
# What may still be taken back: not a question that has its first answer.
WITHDRAWABLE = OPEN - {State.REOPEN_REVIEW, State.REOPENED}
REPLIED = frozenset({State.ANSWERED, State.RATED, State.CLOSED})
# A stated time of receipt is looked at until somebody has decided; what ended without an answer counts for no promise.
CHECKABLE = OPEN | REPLIED
# Ended without an answer: counts for no promise, unless somebody outside the office says that it should.
EXCLUDED = frozenset({State.NOT_ADMITTED, State.HANDED_OVER, State.WITHDRAWN, State.LAPSED})

ASKER, CENTRE, OFFICE, APPROVER, CLOCK = "asker", "centre", "office", "approver", "clock"
SUPERIOR, HELPER, EDITOR, SYSTEM = "superior", "helper", "editor", "system"


def _step(name: str, sources: frozenset[State] | set[State], target: State | None, *by: str) -> Step:
    return Step(name, frozenset(sources), target, frozenset(by))


MACHINE = Machine(
    states=State,
    initial=State.SUBMITTED,
    steps=(
        # The centre looks at what came in.
        _step("screen", {State.SUBMITTED}, State.SCREENING, CENTRE),
        _step("dispatch", UNSORTED, State.AWAITING_ACCEPTANCE, CENTRE),
        # A dispatch that was a slip of the hand, taken back before the office has done anything.
        _step("recall", {State.AWAITING_ACCEPTANCE}, State.SCREENING, CENTRE),
        _step("propose_refusal", UNSORTED, State.REFUSAL_REVIEW, CENTRE),
        _step("approve_refusal", {State.REFUSAL_REVIEW}, State.NOT_ADMITTED, APPROVER),
        _step("reject_refusal", {State.REFUSAL_REVIEW}, State.SCREENING, APPROVER),
        # Life in danger: the asker is told to call, and the services are told.
        _step("hand_over", UNSORTED, State.HANDED_OVER, CENTRE),
        # The same matter asked again follows the first question; its own clocks run on.
        _step("merge", UNSORTED, State.MERGED, CENTRE),
        _step("unmerge", {State.MERGED}, State.SCREENING, CENTRE, SYSTEM),
        _step("follow", {State.MERGED}, None, SYSTEM),
        _step("receive_answer", {State.MERGED}, State.ANSWERED, SYSTEM),
        # What staff typed late for somebody: another person looks at the time of receipt.
        _step("confirm_receipt", CHECKABLE, None, APPROVER),
        _step("correct_receipt", CHECKABLE, None, APPROVER),
        # An office takes it on, or says that it is not the right one.
        _step("accept", OFFERED, State.ACCEPTED, OFFICE),
        _step("request_return", OFFERED | {State.ACCEPTED}, State.RETURN_REQUESTED, OFFICE),
        _step("transfer", OFFERED | {State.ACCEPTED, State.RETURN_REQUESTED}, State.TRANSFERRED, CENTRE),
        _step("fall_back", {State.RETURN_REQUESTED}, State.TRANSFERRED, SYSTEM),
        _step("refuse_return", {State.RETURN_REQUESTED}, State.AWAITING_ACCEPTANCE, CENTRE),
        _step("refuse_return_after_acceptance", {State.RETURN_REQUESTED}, State.ACCEPTED, CENTRE),
        # More time, a colleague's help, a word from the asker.
        _step("request_extension", IN_WORK - {State.REOPENED}, None, OFFICE),
        _step("approve_extension", IN_WORK - {State.REOPENED}, None, SUPERIOR),
        _step("refuse_extension", IN_WORK - {State.REOPENED}, None, SUPERIOR),
        _step("ask_helper", IN_WORK, None, OFFICE),
        _step("contribute", IN_WORK, None, HELPER),
        _step("ask_asker", {State.ACCEPTED, State.DRAFTING}, State.WAITING_ASKER, OFFICE),
        _step("supply", {State.WAITING_ASKER}, State.ACCEPTED, ASKER),
        _step("lapse", {State.WAITING_ASKER}, State.LAPSED, CLOCK),
        # The office writes, a second person signs.
        _step("save_draft", {State.ACCEPTED, State.DRAFTING, State.REOPENED}, State.DRAFTING, OFFICE),
        _step("submit_for_review", {State.DRAFTING}, State.REVIEW, OFFICE),
        _step("return_draft", {State.REVIEW}, State.DRAFTING, APPROVER),
        _step("release", {State.DRAFTING, State.REVIEW}, State.ANSWERED, APPROVER),
        # The asker has the last word.
        _step("rate", {State.ANSWERED}, State.RATED, ASKER),
        # Whoever spoke to staff hears the answer from staff, and may tell them the verdict.
        _step("tell_answer", REPLIED | {State.REOPEN_REVIEW}, None, OFFICE, CENTRE),
        _step("rate_told", {State.ANSWERED}, State.RATED, CENTRE),
        _step("request_reopening", REPLIED, State.REOPEN_REVIEW, ASKER),
        # On the telephone: the centre writes down what the asker asks for.
        _step("reopen_by_call", {State.ANSWERED, State.CLOSED}, State.REOPEN_REVIEW, CENTRE),
        _step("approve_reopening", {State.REOPEN_REVIEW}, State.REOPENED, SUPERIOR),
        _step("refuse_reopening", {State.REOPEN_REVIEW}, State.CLOSED, SUPERIOR),
        _step("close", {State.ANSWERED, State.RATED}, State.CLOSED, CLOCK),
        _step("withdraw", WITHDRAWABLE, State.WITHDRAWN, ASKER),
    ),
)


class Publication(StrEnum):
    """Whether the public may read it; parallel to the question's own state."""

    PRIVATE = "private"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


PUBLICATION = Machine(
    states=Publication,
    initial=Publication.PRIVATE,
    steps=(
        # Proposed by the release of an answer to which the asker has consented.
        Step("propose_publication", frozenset({Publication.PRIVATE}), Publication.PROPOSED, frozenset({OFFICE})),
        Step("publish", frozenset({Publication.PROPOSED}), Publication.PUBLISHED, frozenset({EDITOR})),
        Step("decline_publication", frozenset({Publication.PROPOSED}), Publication.DECLINED, frozenset({EDITOR})),
        # What has been public stays traceable: an amendment has date and reason, a withdrawal leaves a tombstone.
        Step("amend_publication", frozenset({Publication.PUBLISHED}), None, frozenset({EDITOR})),
        Step("withdraw_publication", frozenset({Publication.PUBLISHED}), Publication.WITHDRAWN, frozenset({EDITOR})),
    ),
)


class EmergencyState(StrEnum):
    """Where an emergency stands."""

    OPENED = "opened"
    LED = "led"
    INFORMED = "informed"
    CLOSED = "closed"


EMERGENCY = Machine(
    states=EmergencyState,
    initial=EmergencyState.OPENED,
    steps=(
        Step("name_lead", frozenset({EmergencyState.OPENED}), EmergencyState.LED, frozenset({CENTRE})),
        # The first word to the public, then one at least every day.
        Step(
            "publish_statement",
            frozenset({EmergencyState.LED, EmergencyState.INFORMED}),
            EmergencyState.INFORMED,
            frozenset({OFFICE, CENTRE}),
        ),
        Step("attach", frozenset(EmergencyState) - {EmergencyState.CLOSED}, None, frozenset({CENTRE})),
        Step(
            "close_emergency",
            frozenset(EmergencyState) - {EmergencyState.CLOSED},
            EmergencyState.CLOSED,
            frozenset({CENTRE}),
        ),
    ),
)


class CallState(StrEnum):
    """Where a call-back stands. NOT_CALLED: its time was over before the centre had tried often enough.

    DROPPED: there is nobody to call any more, because the asker had the question erased.
    """

    OPEN = "open"
    REACHED = "reached"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    NOT_CALLED = "not_called"
    DROPPED = "dropped"


_TO_CALL = frozenset({CallState.OPEN})
CALL_BACK = Machine(
    states=CallState,
    initial=CallState.OPEN,
    steps=(
        Step("no_answer", _TO_CALL, None, frozenset({CENTRE})),
        Step("give_up", _TO_CALL, CallState.NOT_REACHED, frozenset({CENTRE})),
        Step("refuse", _TO_CALL, CallState.REFUSED, frozenset({CENTRE})),
        Step("reach", _TO_CALL, CallState.REACHED, frozenset({CENTRE})),
        Step("expire", _TO_CALL, CallState.NOT_CALLED, frozenset({CLOCK})),
        Step("drop", _TO_CALL, CallState.DROPPED, frozenset({CLOCK})),
    ),
)
