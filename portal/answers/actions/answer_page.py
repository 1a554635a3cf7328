"""The published answer becomes a Wagtail page below year and month; a withdrawn one a tombstone there."""

from datetime import datetime

from wagtail.models import Page, Site

from portal.answers.models import AnswerMonthPage, AnswerPage, AnswersIndexPage, AnswerYearPage, Redaction
from portal.kernel.workdays import local_date


def make_page(question_id: str, at: datetime) -> AnswerPage:
    """Make, or bring up to date, the page of a published answer from its redacted copy. at: the present moment."""
    redaction = Redaction.objects.select_related("question__answer").get(question_id=question_id)
    page = AnswerPage.objects.filter(question_id=question_id).first()
    if page is None:
        page = AnswerPage(question=redaction.question, slug=redaction.question.number.lower(), changed_at=at)
        _fill(page, redaction)
        _month_page(redaction.question.answer.released_at).add_child(instance=page)
    else:
        _fill(page, redaction)
    return _show(page, at)


def bury_page(question_id: str, withdrawn_at: datetime, reason: str, at: datetime) -> AnswerPage:
    """Empty the page of a withdrawn answer: what stays is its number, the date and the reason.

    reason: a code of `WITHDRAWAL_REASONS`. at: the present moment.
    """
    page = AnswerPage.objects.select_related("question").get(question_id=question_id)
    page.title = page.draft_title = page.question.number
    page.question_text = page.answer_text = ""
    page.withdrawn_at, page.withdrawal_reason = withdrawn_at, reason
    return _show(page, at)


def _show(page: AnswerPage, at: datetime) -> AnswerPage:
    """Publish the page as it is now and forget its earlier revisions: they may hold what had to go."""
    page.changed_at = at
    revision = page.save_revision(log_action=False)
    revision.publish()
    page.revisions.exclude(pk=revision.pk).delete()
    return page


def _fill(page: AnswerPage, redaction: Redaction) -> None:
    page.title = page.draft_title = redaction.title
    page.question_text = redaction.question_text
    page.answer_text = redaction.answer_text


def _month_page(answered_at: datetime) -> Page:
    answered_on = local_date(answered_at)
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    index = _child(root, AnswersIndexPage, "answers", "问答")
    year = _child(index, AnswerYearPage, f"{answered_on:%Y}", f"{answered_on:%Y}")
    return _child(year, AnswerMonthPage, f"{answered_on:%m}", f"{answered_on:%Y-%m}")


def _child(parent: Page, kind: type[Page], slug: str, title: str) -> Page:
    # Locking the parent keeps two handlers from making the same month twice.
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    found: Page | None = kind.objects.child_of(locked).filter(slug=slug).first()
    if found is not None:
        return found
    child = kind(title=title, slug=slug)
    locked.add_child(instance=child)
    return child
