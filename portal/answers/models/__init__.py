"""The desk's tables. Originals live here and nowhere else; the public page holds the redacted copy."""

from portal.answers.models.asking import AskDraft, ContactCheck
from portal.answers.models.call_backs import CallAttempt, CallBack, CallDraw, CallStratum
from portal.answers.models.clocks import Reminder, Verdict
from portal.answers.models.confidence import CONFIDENTIAL_TITLE, Confided, Confidence
from portal.answers.models.dispatching import BulkDispatch
from portal.answers.models.duty import Duty
from portal.answers.models.emergencies import Emergency, Statement
from portal.answers.models.erasing import Erasure
from portal.answers.models.exceptions import (
    Clarification,
    Decision,
    Extension,
    HandOver,
    Helping,
    Reopening,
)
from portal.answers.models.exclusions import ExclusionReview
from portal.answers.models.filters import SavedFilter
from portal.answers.models.handling import Leg, Note, Refusal, ReturnRequest
from portal.answers.models.intake import Intake
from portal.answers.models.pages import AnswerMonthPage, AnswerPage, AnswersIndexPage, AnswerYearPage
from portal.answers.models.passages import Passage
from portal.answers.models.publishing import Amendment, Listing, Redaction
from portal.answers.models.questions import Question, Topic
from portal.answers.models.recounting import Recomputation
from portal.answers.models.replying import Answer, Draft, Rating, Review

__all__ = [
    "CONFIDENTIAL_TITLE",
    "Amendment",
    "Answer",
    "AnswerMonthPage",
    "AnswerPage",
    "AnswerYearPage",
    "AnswersIndexPage",
    "AskDraft",
    "BulkDispatch",
    "CallAttempt",
    "CallBack",
    "CallDraw",
    "CallStratum",
    "Clarification",
    "Confided",
    "Confidence",
    "ContactCheck",
    "Decision",
    "Draft",
    "Duty",
    "Emergency",
    "Erasure",
    "ExclusionReview",
    "Extension",
    "HandOver",
    "Helping",
    "Intake",
    "Leg",
    "Listing",
    "Note",
    "Passage",
    "Question",
    "Rating",
    "Recomputation",
    "Redaction",
    "Refusal",
    "Reminder",
    "Reopening",
    "ReturnRequest",
    "Review",
    "SavedFilter",
    "Statement",
    "Topic",
    "Verdict",
]
