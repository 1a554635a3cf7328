"""What happens to questions. Ids, codes, instants and commitments only: never text or contacts."""

from dataclasses import dataclass
from datetime import date, datetime
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
    """A question came in; both clocks start. leg and office: who holds it first, as a rule the centre.

    What was told to staff happened at `received_at`, when the person spoke; `recorded_at` is when it was
    typed. On-line both are the one instant and stay None.
    """

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
    channel: str = "online"
    received_at: datetime | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionForwarded(QuestionEvent):
    """The office to which it was told passed it to the centre. leg, office: the centre's."""

    name: ClassVar[str] = "answers.question_forwarded"
    leg: str
    office: str


@dataclass(frozen=True, kw_only=True)
class ReceiptCheckNeeded(QuestionEvent):
    """It was typed well after it was told: a second person must look at the stated time."""

    name: ClassVar[str] = "answers.receipt_check_needed"


@dataclass(frozen=True, kw_only=True)
class ReceiptConfirmed(QuestionEvent):
    """A second person finds the stated time of receipt right."""

    name: ClassVar[str] = "answers.receipt_confirmed"


@dataclass(frozen=True, kw_only=True)
class ReceiptCorrected(QuestionEvent):
    """A second person corrected the time of receipt; the clocks without verdict run from there.

    All ends are given, those of ended clocks as they stood. plain_due: None where it has not split off.
    """

    name: ClassVar[str] = "answers.receipt_corrected"
    received_at: datetime
    accept_due: datetime
    reply_due: datetime
    reply_provisional: bool
    plain_due: datetime | None
    plain_provisional: bool
    calendar: str
    moved: bool


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
class QuestionRecalled(QuestionEvent):
    """The centre took its dispatch back at once. leg, office: the centre's; from_office: which had it for minutes."""

    name: ClassVar[str] = "answers.question_recalled"
    leg: str
    office: str
    from_office: str


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
    """The asker's verdict: resolved or not, and 1 to 5, separately. told: to the centre, which wrote it down."""

    name: ClassVar[str] = "answers.question_rated"
    resolved: str
    satisfaction: int
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerTold(QuestionEvent):
    """Staff have told the asker the answer. It happened when they spoke. way: a code of `WAYS_OF_TELLING`."""

    name: ClassVar[str] = "answers.answer_told"
    way: str


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
    """Staff must be told that a clock runs out, or has run out. due: its end."""

    name: ClassVar[str] = "answers.reminder_due"
    clock: str
    rung: str
    office: str
    due: datetime


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
class QuestionHandedOver(QuestionEvent):
    """Life in danger: the asker was told to call, the service was told. service: "110", "119" or "120"."""

    name: ClassVar[str] = "answers.question_handed_over"
    service: str


@dataclass(frozen=True, kw_only=True)
class ExtensionRequested(QuestionEvent):
    """The office asks its superior for more time."""

    name: ClassVar[str] = "answers.extension_requested"
    working_days: int


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(QuestionEvent):
    """The reply clock runs to `due`; what was promised first stays on record as `plain_due`."""

    name: ClassVar[str] = "answers.extension_granted"
    working_days: int
    due: datetime
    plain_due: datetime
    provisional: bool
    calendar: str


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(QuestionEvent):
    """The superior gives no more time."""

    name: ClassVar[str] = "answers.extension_refused"


@dataclass(frozen=True, kw_only=True)
class HelperAsked(QuestionEvent):
    """Another office shall contribute to the answer. office: which; due: by when, inside the lead's own limit."""

    name: ClassVar[str] = "answers.helper_asked"
    office: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class HelperContributed(QuestionEvent):
    """The helping office has said its part."""

    name: ClassVar[str] = "answers.helper_contributed"
    office: str
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class ClockPaused(QuestionEvent):
    """The office waits for the asker: the reply clock stands still, the plain one runs on to `plain_due`."""

    name: ClassVar[str] = "answers.clock_paused"
    plain_due: datetime
    lapses_at: datetime


@dataclass(frozen=True, kw_only=True)
class ClockResumed(QuestionEvent):
    """The asker has answered: the reply clock runs on to `due`."""

    name: ClassVar[str] = "answers.clock_resumed"
    due: datetime
    provisional: bool
    calendar: str


@dataclass(frozen=True, kw_only=True)
class QuestionLapsed(QuestionEvent):
    """The asker did not answer the office's question in time; open clocks end without verdict."""

    name: ClassVar[str] = "answers.question_lapsed"


@dataclass(frozen=True, kw_only=True)
class QuestionMerged(QuestionEvent):
    """It follows another question on the same matter. lead: id of that question; leg, office: who holds both now.

    leg_accept_due: of a new leg; None where the question stays where it is.
    """

    name: ClassVar[str] = "answers.question_merged"
    lead: str
    leg: str
    office: str
    leg_accept_due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionFollowed(QuestionEvent):
    """A merged question went with its lead to another office. leg_accept_due: None on the way back to the centre."""

    name: ClassVar[str] = "answers.question_followed"
    leg: str
    office: str
    leg_accept_due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionUnmerged(QuestionEvent):
    """It goes its own way again, from the centre. leg, office: the centre's."""

    name: ClassVar[str] = "answers.question_unmerged"
    leg: str
    office: str


@dataclass(frozen=True, kw_only=True)
class ReopeningRequested(QuestionEvent):
    """The asker says that the answer did not settle it."""

    name: ClassVar[str] = "answers.reopening_requested"


@dataclass(frozen=True, kw_only=True)
class QuestionReopened(QuestionEvent):
    """One level up agreed: a clock of its own starts; the first verdicts stand."""

    name: ClassVar[str] = "answers.question_reopened"
    due: datetime
    provisional: bool
    calendar: str


@dataclass(frozen=True, kw_only=True)
class ReopeningRefused(QuestionEvent):
    """One level up says that the answer stands."""

    name: ClassVar[str] = "answers.reopening_refused"


@dataclass(frozen=True, kw_only=True)
class ReopeningAnswered(QuestionEvent):
    """The second answer stands on the asker's page."""

    name: ClassVar[str] = "answers.reopening_answered"
    version: int
    office: str
    text_commitment: str


@dataclass(frozen=True, kw_only=True)
class AnswerAmended(QuestionEvent):
    """The published wording was changed, with date and reason beside it."""

    name: ClassVar[str] = "answers.answer_amended"
    question_commitment: str
    answer_commitment: str


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(QuestionEvent):
    """The page holds a tombstone from now on: that there was an answer, and why it is gone."""

    name: ClassVar[str] = "answers.publication_withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DueRecomputed(QuestionEvent):
    """A calendar change moved an open date, later and never earlier. clock: "reply", "plain" or "reopen"."""

    name: ClassVar[str] = "answers.due_recomputed"
    clock: str
    old_due: datetime
    due: datetime
    provisional: bool
    calendar: str


@dataclass(frozen=True, kw_only=True)
class EmergencyOpened(Event):
    """Something happens that many ask about; a lead and a first word to the public are due."""

    name: ClassVar[str] = "answers.emergency_opened"
    centre: str
    lead_due: datetime
    statement_due: datetime


@dataclass(frozen=True, kw_only=True)
class EmergencyLeadNamed(Event):
    """An office speaks for all of them."""

    name: ClassVar[str] = "answers.emergency_lead_named"
    office: str
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class StatementPublished(Event):
    """A word to the public; the first one stops the four hours."""

    name: ClassVar[str] = "answers.statement_published"
    number: int
    in_time: bool
    update_due: datetime
    text_commitment: str


@dataclass(frozen=True, kw_only=True)
class QuestionAttached(Event):
    """A question belongs to the emergency: its asker gets the statements, its clocks run on."""

    name: ClassVar[str] = "answers.question_attached"
    question: str


@dataclass(frozen=True, kw_only=True)
class EmergencyClockMissed(Event):
    """A limit has passed. clock: "lead", "statement" or "update"; it happened at `due`."""

    name: ClassVar[str] = "answers.emergency_clock_missed"
    clock: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class EmergencyClosed(Event):
    """It is over."""

    name: ClassVar[str] = "answers.emergency_closed"


@dataclass(frozen=True, kw_only=True)
class ContactRevealed(QuestionEvent):
    """Somebody at the desk looked at the asker's contact. reason: a code of `REVEAL_REASONS`."""

    name: ClassVar[str] = "answers.contact_revealed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class NoticeResent(QuestionEvent):
    """A message that had not reached the asker was sent once more. notice: its number."""

    name: ClassVar[str] = "answers.notice_resent"
    notice: int


@dataclass(frozen=True, kw_only=True)
class CallDrawCommitted(Event):
    """A seed for the call-backs of a period was chosen and sealed; this is all that may be known of it."""

    name: ClassVar[str] = "answers.call_draw_committed"
    begins: date
    ends: date
    commitment: str


@dataclass(frozen=True, kw_only=True)
class CallsDrawn(Event):
    """The pool of the period is closed and drawn from. drawn: how many; pool_digest: `portal.kernel.draw`."""

    name: ClassVar[str] = "answers.calls_drawn"
    pool: int
    pool_digest: str
    drawn: int
    per_office: int
    due: datetime


@dataclass(frozen=True, kw_only=True)
class CallDrawOpened(Event):
    """The calls are over: the seed is public, and anybody can draw again."""

    name: ClassVar[str] = "answers.call_draw_opened"
    seed: str


@dataclass(frozen=True, kw_only=True)
class CallTaken(Event):
    """Somebody looked at the number of an asker in order to call. About the call: the office's case shows nothing."""

    name: ClassVar[str] = "answers.call_taken"
    question: str


@dataclass(frozen=True, kw_only=True)
class CallTried(Event):
    """Somebody telephoned. About the call. outcome: a code of `CallAttempt.Outcome`."""

    name: ClassVar[str] = "answers.call_tried"
    question: str
    number: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class AskerCalledBack(QuestionEvent):
    """The asker's verdict, as told to the centre on the telephone."""

    name: ClassVar[str] = "answers.asker_called_back"
    resolved: str
    satisfaction: int


@dataclass(frozen=True, kw_only=True)
class CallBackFailed(QuestionEvent):
    """The asker was drawn to be called and said nothing. outcome: "refused", "not_reached", "not_called" or "dropped"."""

    name: ClassVar[str] = "answers.call_back_failed"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ExclusionUpheld(QuestionEvent):
    """Somebody outside the office agrees that the figures leave it out."""

    name: ClassVar[str] = "answers.exclusion_upheld"


@dataclass(frozen=True, kw_only=True)
class ExclusionObjected(QuestionEvent):
    """Somebody outside the office says that it should have been answered. adds_missed: it counts as missed from now on."""

    name: ClassVar[str] = "answers.exclusion_objected"
    adds_missed: bool


@dataclass(frozen=True, kw_only=True)
class AssessmentExported(Event):
    """The satisfaction half of a year's assessment was taken along. About the export itself.

    points_of, verdicts_from: the numbers of the formula.
    """

    name: ClassVar[str] = "answers.assessment_exported"
    year: int
    offices: int
    points_of: int
    verdicts_from: int


@dataclass(frozen=True, kw_only=True)
class RotaChanged(Event):
    """Somebody was put on duty at an office, or taken off."""

    name: ClassVar[str] = "answers.rota_changed"
    person: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class QueueExported(Event):
    """Staff took the queue along as a table. About the export itself.

    columns: names of the columns. reason: a code of `EXPORT_REASONS`, "" where nothing personal went along.
    """

    name: ClassVar[str] = "answers.queue_exported"
    rows: int
    columns: tuple[str, ...]
    reason: str
    personal: bool


@dataclass(frozen=True, kw_only=True)
class ErasureProposed(QuestionEvent):
    """Staff want the asker's data erased; a second person decides. reason: of `Erasure.Reason`."""

    name: ClassVar[str] = "answers.erasure_proposed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ErasureRejected(QuestionEvent):
    """The second person says that they stay."""

    name: ClassVar[str] = "answers.erasure_rejected"


@dataclass(frozen=True, kw_only=True)
class QuestionErased(QuestionEvent):
    """Text, contact, files and the keys of their commitments are gone; clocks and verdicts stay.

    taken_down: the public page went, too.
    """

    name: ClassVar[str] = "answers.question_erased"
    reason: str
    taken_down: bool


@dataclass(frozen=True, kw_only=True)
class DataExported(QuestionEvent):
    """The asker took along what is held about them with this question."""

    name: ClassVar[str] = "answers.data_exported"
