"""The published answers as an Atom feed, with the filters of the list."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from portal.answers.forms.public import PublicFilterForm
from portal.answers.models import AnswerPage, Listing
from portal.answers.presenting import public_address
from portal.answers.queries.public import listed

ENTRIES = 30


class AnswersFeed(Feed):
    """The newest published answers, question and answer in full as they were published."""

    feed_type = Atom1Feed
    author_name = None

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[tuple[Listing, AnswerPage]]:
        """Choose the rows and fetch their pages: two queries however many there are."""
        filters = request.GET.copy()
        filters.pop("tab", None)  # what waits has no answer to read
        rows = list(listed(PublicFilterForm(filters).chosen())[:ENTRIES])
        pages = AnswerPage.objects.live().filter(question_id__in=[row.question_id for row in rows])
        by_question = {page.question_id: page for page in pages}
        return [(row, by_question[row.question_id]) for row in rows if row.question_id in by_question]

    def title(self) -> str:
        """Return the feed's name."""
        return _("网上发言人：最新答复")

    def subtitle(self) -> str:
        """Return what the feed is."""
        return _("经提问人同意公开的问题和单位的答复。")

    def link(self) -> str:
        """Return the list's address."""
        return reverse("answers:list")

    def items(self, obj: list[tuple[Listing, AnswerPage]]) -> list[tuple[Listing, AnswerPage]]:
        """Return the entries."""
        return obj

    def item_title(self, item: tuple[Listing, AnswerPage]) -> str:
        """Return the question in one line."""
        return item[0].title

    def item_link(self, item: tuple[Listing, AnswerPage]) -> str:
        """Return the answer's page."""
        return public_address(item[0])

    def item_guid(self, item: tuple[Listing, AnswerPage]) -> str:
        """Return a name that stays the same in both languages and on every host."""
        return item[0].question_id.urn

    def item_description(self, item: tuple[Listing, AnswerPage]) -> str:
        """Return question and answer; feed readers take this for HTML."""
        _row, page = item
        return f"{linebreaks(page.question_text, autoescape=True)}<hr>{linebreaks(page.answer_text, autoescape=True)}"

    def item_author_name(self, item: tuple[Listing, AnswerPage]) -> str:
        """Return the office that answered."""
        return item[0].office.local_name

    def item_categories(self, item: tuple[Listing, AnswerPage]) -> list[str]:
        """Return the topic."""
        return [item[0].topic.local_name]

    def item_pubdate(self, item: tuple[Listing, AnswerPage]) -> datetime:
        """Return when it was answered."""
        return item[0].sorted_at

    def item_updateddate(self, item: tuple[Listing, AnswerPage]) -> datetime:
        """Return the same."""
        return item[0].sorted_at
