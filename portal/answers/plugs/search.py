"""Published questions and answers, as they are found: among what is written in their own language."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.answers.models import AnswerPage
from portal.journal.handlers import Told
from portal.kernel.refs import Ref
from portal.kernel.workdays import local_date
from search import ways_on
from search.analysis.tokens import IS_HAN
from search.documents import ORIGINAL, Document
from search.registry import Hit, Kind, register
from search.ways_on import WayOn

KIND = "answer"


def _public() -> QuerySet[AnswerPage]:
    """Return the answers that can be read; what was withdrawn says nothing any more."""
    pages: QuerySet[AnswerPage] = AnswerPage.objects.live().filter(
        withdrawn_at=None, question__listing__is_answered=True
    )
    return pages.select_related("question__listing__office", "question__listing__topic").order_by("question")


def _document(page: AnswerPage) -> Document:
    listing = page.question.listing
    return Document(
        id=f"{KIND}:{page.question_id}",
        kind=KIND,
        title=page.title,
        # Nobody says in which language he asks; a title without a Chinese character is one in letters.
        language=ORIGINAL if IS_HAN.search(page.title) else "en",
        keywords=f"{listing.number} {listing.topic.name}",
        body=f"{page.question_text}\n{page.answer_text}",
        office=listing.office.code,
        published=local_date(listing.answered_at) if listing.answered_at else None,
    )


def _documents() -> Iterator[Document]:
    return map(_document, _public().iterator())


def _keys() -> Iterator[str]:
    return map(str, _public().values_list("question", flat=True).iterator())


def _one(key: str) -> Document | None:
    page = _public().filter(question=UUID(key)).first()
    return _document(page) if page else None


def _shown(keys: Sequence[str], request: HttpRequest) -> Mapping[str, Hit]:
    # The words come from the page itself: what was amended because it said too much is not shown from a copy.
    return {
        str(page.question_id): Hit(
            page.title,
            reverse("answers:page", args=page.url_path.rstrip("/").split("/")[-3:]),
            f"{page.question_text}\n{page.answer_text}",
        )
        for page in _public().filter(question__in=map(UUID, keys))
    }


def _stale(told: Told) -> list[str]:
    return [Ref.parse(told.aggregate).id]


register(
    Kind(
        name=KIND,
        label=_("问答"),
        documents=_documents,
        keys=_keys,
        document=_one,
        shown=_shown,
        # That a page was made or emptied is noted by `keep_page`, which does it: this is what happens to it besides.
        changed_by={"answers.question_erased": _stale},
        answers=True,
    )
)


def _ask(request: HttpRequest, text: str) -> list[WayOn]:
    begin = f"?{urlencode({'title': text})}" if text else ""
    return [WayOn(_("向网上发言人提问"), reverse("answers:ask") + begin, is_first=True)]


ways_on.register("answers", _ask)
