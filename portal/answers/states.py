"""What can happen to a question, and to the publication of its answer: two tables.

The first is the rule table of the desk (research: city practice of online spokespersons).
Extension, co-handling, waiting for the asker, merging and reopening will be rows of it.
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
    ANSWERED = "answered"
    RATED = "rated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# With the centre; with an office that has not accepted; with an office that has.
UNSORTED = frozenset({State.SUBMITTED, State.SCREENING})
WITH_CENTRE = UNSORTED | {State.REFUSAL_REVIEW}
OFFERED = frozenset({State.AWAITING_ACCEPTANCE, State.TRANSFERRED})
IN_WORK = frozenset({State.ACCEPTED, State.DRAFTING, State.REVIEW})
OPEN = WITH_CENTRE | OFFERED | IN_WORK | {State.RETURN_REQUESTED}
REPLIED = frozenset({State.ANSWERED, State.RATED, State.CLOSED})

ASKER, CENTRE, OFFICE, APPROVER, CLOCK = "asker", "centre", "office", "approver", "clock"


def _step(name: str, sources: frozenset[State] | set[State], target: State, *by: str) -> Step:
    return Step(name, frozenset(sources), target, frozenset(by))


MACHINE = Machine(
    states=State,
    initial=State.SUBMITTED,
    steps=(
        # The centre looks at what came in.
        _step("screen", {State.SUBMITTED}, State.SCREENING, CENTRE),
        _step("dispatch", UNSORTED, State.AWAITING_ACCEPTANCE, CENTRE),
        _step("propose_refusal", UNSORTED, State.REFUSAL_REVIEW, CENTRE),
        _step("approve_refusal", {State.REFUSAL_REVIEW}, State.NOT_ADMITTED, APPROVER),
        _step("reject_refusal", {State.REFUSAL_REVIEW}, State.SCREENING, APPROVER),
        # An office takes it on, or says that it is not the right one.
        _step("accept", OFFERED, State.ACCEPTED, OFFICE),
        _step("request_return", OFFERED | {State.ACCEPTED}, State.RETURN_REQUESTED, OFFICE),
        _step("transfer", OFFERED | {State.ACCEPTED, State.RETURN_REQUESTED}, State.TRANSFERRED, CENTRE),
        _step("refuse_return", {State.RETURN_REQUESTED}, State.AWAITING_ACCEPTANCE, CENTRE),
        _step("refuse_return_after_acceptance", {State.RETURN_REQUESTED}, State.ACCEPTED, CENTRE),
        # The office writes, a second person signs.
        _step("save_draft", {State.ACCEPTED, State.DRAFTING}, State.DRAFTING, OFFICE),
        _step("submit_for_review", {State.DRAFTING}, State.REVIEW, OFFICE),
        _step("return_draft", {State.REVIEW}, State.DRAFTING, APPROVER),
        _step("release", {State.DRAFTING, State.REVIEW}, State.ANSWERED, APPROVER),
        # The asker has the last word.
        _step("rate", {State.ANSWERED}, State.RATED, ASKER),
        _step("close", {State.ANSWERED, State.RATED}, State.CLOSED, CLOCK),
        _step("withdraw", OPEN, State.WITHDRAWN, ASKER),
    ),
)


class Publication(StrEnum):
    """Whether the public may read it; parallel to the question's own state."""

    PRIVATE = "private"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DECLINED = "declined"


PUBLICATION = Machine(
    states=Publication,
    initial=Publication.PRIVATE,
    steps=(
        # Proposed by the release of an answer to which the asker has consented.
        Step("propose_publication", frozenset({Publication.PRIVATE}), Publication.PROPOSED, frozenset({OFFICE})),
        Step("publish", frozenset({Publication.PROPOSED}), Publication.PUBLISHED, frozenset({"editor"})),
        Step("decline_publication", frozenset({Publication.PROPOSED}), Publication.DECLINED, frozenset({"editor"})),
    ),
)
