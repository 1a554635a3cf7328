"""What follows from the desk's events: the public list and the published page."""

from portal.answers.actions.listing import refresh_listing
from portal.answers.actions.page import make_page
from portal.journal.handlers import Told, subscribe
from portal.kernel.refs import Ref

CHANGES_LISTING = (
    "answers.question_dispatched",
    "answers.question_listed",
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
)


@subscribe("answers.listing", *CHANGES_LISTING)
def keep_listing(told: Told) -> None:
    """Bring the public list's row up to the question's present state."""
    refresh_listing(Ref.parse(told.aggregate).id)


@subscribe("answers.page", "answers.answer_published")
def publish_page(told: Told) -> None:
    """Make the Wagtail page of a published answer and list it."""
    question_id = Ref.parse(told.aggregate).id
    make_page(question_id)
    refresh_listing(question_id)
