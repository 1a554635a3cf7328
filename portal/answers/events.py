"""What happens to questions. Ids, codes, instants and commitments only: never text or contacts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class QuestionEvent(Event):
    """Something that happened to a question.

    desks: paths of the offices whose queues it changes, filled in by `actions.telling.tell`:
    the holder's, the centre's, and of whoever gave it away.
    """

    desks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionSubmitted(QuestionEvent):
    """A question came in; both clocks start. leg and office: the centre holds it first."""

    name: ClassVar[str] = "answers.question_submitted"
    number: str
    leg: str
    office: str
    accept_due: datetime
    reply_due: datetime
    reply_provisional: bool
    calendar: str
    title_commitment: str
    text_commitment: str
    consents: bool


@dataclass(frozen=True, kw_only=True)
class ScreeningStarted(QuestionEvent):
    """Somebody at the centre looks at it."""

    name: ClassVar[str] = "answers.screening_started"


@dataclass(frozen=True, kw_only=True)
class QuestionDispatched(QuestionEvent):
    """The centre gave it to an office."""

    name: ClassVar[str] = "answers.question_dispatched"
    leg: str
    office: str
    leg_accept_due: datetime


@dataclass(frozen=True, kw_only=True)
class RefusalProposed(QuestionEvent):
    """The centre wants not to admit it; a second person decides."""

    name: ClassVar[str] = "answers.refusal_proposed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefusalRejected(QuestionEvent):
    """The second person says that it must be admitted."""

    name: ClassVar[str] = "answers.refusal_rejected"


@dataclass(frozen=True, kw_only=True)
class QuestionNotAdmitted(QuestionEvent):
    """The refusal was released to the asker."""

    name: ClassVar[str] = "answers.question_not_admitted"
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuestionAccepted(QuestionEvent):
    """A spokesperson accepted it for the office."""

    name: ClassVar[str] = "answers.question_accepted"
    leg: str
    office: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class ReturnRequested(QuestionEvent):
    """The office says that it is not the right one."""

    name: ClassVar[str] = "answers.return_requested"
    leg: str
    proposed_office: str


@dataclass(frozen=True, kw_only=True)
class ReturnRefused(QuestionEvent):
    """The dispatcher says that it is."""

    name: ClassVar[str] = "answers.return_refused"
    leg: str


@dataclass(frozen=True, kw_only=True)
class QuestionTransferred(QuestionEvent):
    """Another office has it now; the asker's dates stand."""

    name: ClassVar[str] = "answers.question_transferred"
    leg: str
    office: str
    from_office: str
    leg_accept_due: datetime


@dataclass(frozen=True, kw_only=True)
class DraftSaved(QuestionEvent):
    """A version of the answer was kept."""

    name: ClassVar[str] = "answers.draft_saved"
    version: int


@dataclass(frozen=True, kw_only=True)
class ReviewRequested(QuestionEvent):
    """A version waits for the second person."""

    name: ClassVar[str] = "answers.review_requested"
    version: int


@dataclass(frozen=True, kw_only=True)
class DraftReturned(QuestionEvent):
    """The second person wants it changed."""

    name: ClassVar[str] = "answers.draft_returned"
    version: int


@dataclass(frozen=True, kw_only=True)
class AnswerReleased(QuestionEvent):
    """The answer stands on the asker's page: delivered."""

    name: ClassVar[str] = "answers.answer_released"
    version: int
    office: str
    text_commitment: str
    publication: str


@dataclass(frozen=True, kw_only=True)
class QuestionRated(QuestionEvent):
    """The asker's verdict: resolved or not, and 1 to 5, separately."""

    name: ClassVar[str] = "answers.question_rated"
    resolved: str
    satisfaction: int


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(QuestionEvent):
    """The asker took it back; open clocks end without verdict."""

    name: ClassVar[str] = "answers.question_withdrawn"


@dataclass(frozen=True, kw_only=True)
class QuestionClosed(QuestionEvent):
    """The time for rating is over."""

    name: ClassVar[str] = "answers.question_closed"
    rated: bool


@dataclass(frozen=True, kw_only=True)
class VerdictRecorded(QuestionEvent):
    """A clock got its verdict. leg: "" for the asker's clock; held_by: the leg it is booked to."""

    name: ClassVar[str] = "answers.verdict_recorded"
    clock: str
    leg: str
    outcome: str
    due: datetime
    held_by: str


@dataclass(frozen=True, kw_only=True)
class ReminderDue(QuestionEvent):
    """Staff must be told that a clock runs out."""

    name: ClassVar[str] = "answers.reminder_due"
    clock: str
    rung: str
    office: str


@dataclass(frozen=True, kw_only=True)
class QuestionListed(QuestionEvent):
    """The waiting question is public: title, office and clocks."""

    name: ClassVar[str] = "answers.question_listed"


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(QuestionEvent):
    """The editor let question and answer through the privacy gate."""

    name: ClassVar[str] = "answers.answer_published"
    question_commitment: str
    answer_commitment: str


@dataclass(frozen=True, kw_only=True)
class PublicationDeclined(QuestionEvent):
    """The editor keeps it private."""

    name: ClassVar[str] = "answers.publication_declined"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TrackingCodeReplaced(QuestionEvent):
    """A lost code was replaced; the old one is dead."""

    name: ClassVar[str] = "answers.tracking_code_replaced"


@dataclass(frozen=True, kw_only=True)
class ContactRevealed(QuestionEvent):
    """Somebody at the desk looked at the asker's contact. reason: a code of `REVEAL_REASONS`."""

    name: ClassVar[str] = "answers.contact_revealed"
    reason: str
