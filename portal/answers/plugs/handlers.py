"""What follows from the desk's events: the public list and the published page."""

from portal.answers.actions.answer_page import bury_page, make_page
from portal.answers.actions.listing import refresh_listing
from portal.answers.actions.recounting import begin_recomputation
from portal.answers.models import AnswerPage
from portal.journal.handlers import Told, subscribe
from portal.kernel import clock as clocks
from portal.kernel.refs import Ref
from search.indexing import note

CHANGES_LISTING = (
    "answers.question_dispatched",
    "answers.question_listed",
    "answers.question_recalled",
    "answers.question_not_admitted",
    "answers.question_accepted",
    "answers.return_requested",
    "answers.return_refused",
    "answers.question_transferred",
    "answers.draft_saved",
    "answers.answer_released",
    "answers.question_rated",
    "answers.question_withdrawn",
    "answers.question_closed",
    "answers.publication_declined",
    "answers.question_handed_over",
    "answers.extension_granted",
    "answers.clock_paused",
    "answers.clock_resumed",
    "answers.question_lapsed",
    "answers.question_merged",
    "answers.question_followed",
    "answers.question_unmerged",
    "answers.due_recomputed",
    "answers.receipt_corrected",
)


@subscribe("answers.listing", *CHANGES_LISTING)
def keep_listing(told: Told) -> None:
    """Bring the public list's row up to the question's present state."""
    refresh_listing(Ref.parse(told.aggregate).id)


@subscribe("answers.page", "answers.answer_published", "answers.answer_amended", "answers.publication_withdrawn")
def keep_page(told: Told) -> None:
    """Bring the Wagtail page of a published answer, and its row in the list, up to the present state."""
    question_id, now = Ref.parse(told.aggregate).id, clocks.installed().now()
    if told.name == "answers.publication_withdrawn":
        bury_page(question_id, told.occurred_at, told.payload["reason"], now)
    elif not AnswerPage.objects.filter(question_id=question_id, withdrawn_at__isnull=False).exists():
        make_page(question_id, now)
    refresh_listing(question_id)
    note([f"answer:{question_id}"])


@subscribe("answers.recompute", "workdays.calendar_loaded")
def count_anew(told: Told) -> None:
    """Begin to count the open clocks by the new edition; the worker's job does the work."""
    begin_recomputation(told.payload["edition"], clock=clocks.installed())
