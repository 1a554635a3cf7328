"""What is like the case somebody works on: open ones, earlier answers of the office, published answers of any.

What everybody may read is found by the search, however old it is and on whatever topic. What only the desk may see is
in no index but the database's (decision 25): the newest open cases of the office and of the topic at the centre and the
newest answers of the office are read, filtered by what the actor may see, and ranked by `rules.similar`. Bounded from
both ends, so that it costs the same in a desk of a million; what the newest do not hold is not found. While the search
is away, the newest published answers on the topic take its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left

from portal.answers.models import Answer, Listing, Question, Redaction
from portal.answers.queries.visibility import desk_of
from portal.answers.rules.similar import Matter, ranked
from portal.answers.states import OPEN, State
from portal.kernel.actors import Actor
from search.documents import EVERYBODY
from search.engines import current
from search.engines.base import EngineAway
from search.likeness import alike
from search.synonyms import installed

# Our numbers: some weeks of a busy office; the beginning of a letter says what it is about.
NEWEST = 200
EXCERPT = 120
SHOWN = 5
PUBLISHED = "answer"  # published answers in the search: `plugs.search`


@dataclass(frozen=True)
class Earlier:
    """An answer that was given before.

    question: None where the actor may not see the case. listing: of a published answer; `answer` is
    then the public wording, which anybody may use again.
    """

    question: Question | None
    listing: Listing | None
    answer: str


@dataclass(frozen=True)
class Similar:
    """What was found, most alike first. open: cases that wait or are worked on."""

    open: list[Question]
    earlier: list[Earlier]


def similar_to(question: Question, actor: Actor) -> Similar:
    """Return what is like a question that the actor may see. Eleven statements at most, however much there is.

    A confidential question is compared with none: its words are not in the row, or cleared of what makes them its own.
    """
    if question.confidential:
        return Similar([], [])
    waiting = {matter.id: matter for matter in _waiting(question, actor)}
    answered = {matter.id: matter for matter in _answered(question, actor)}
    found = _found(question)
    # The public row of an answer that is among them already adds nothing.
    published = {matter.id: matter for matter in _published(question, found) if matter.id not in answered}
    own = Matter(str(question.pk), question.title, question.text[:EXCERPT], str(question.topic_id), question.place)
    best = [pk for pk, _alike in ranked(own, [*waiting.values(), *answered.values(), *published.values()])]
    still_open = [pk for pk in best if pk in waiting][:SHOWN]
    # The search knows other names of things, which the ranking does not: what only it holds to be alike stands at the end.
    known = [pk for pk in found or () if pk in answered or pk in published]
    earlier = list(dict.fromkeys([*(pk for pk in best if pk not in waiting), *known]))[:SHOWN]
    seen = [*still_open, *(pk for pk in earlier if pk in answered)]
    rows = {str(pk): row for pk, row in Question.objects.select_related("office", "topic").in_bulk(seen).items()}
    return Similar([rows[pk] for pk in still_open if pk in rows], _earlier(earlier, rows))


def _waiting(question: Question, actor: Actor) -> Iterator[Matter]:
    """Yield the newest open cases of the office, and those of the topic at the centre; not what follows another one."""
    opened = Question.objects.filter(state__in=sorted(OPEN), answered_at=None).exclude(state=State.MERGED)
    opened = opened.order_by("-submitted_at")
    at_office = opened.filter(office_id=question.office_id)
    of_topic = opened.filter(centre_id=question.centre_id, topic_id=question.topic_id)
    return _matters(question, actor, at_office.values("pk")[:NEWEST], of_topic.values("pk")[:NEWEST])


def _answered(question: Question, actor: Actor) -> Iterator[Matter]:
    """Yield what the office answered last."""
    answers = Answer.objects.filter(office_id=question.office_id).order_by("-released_at")
    return _matters(question, actor, answers.values("question")[:NEWEST])


def _matters(question: Question, actor: Actor, *newest: QuerySet[Any]) -> Iterator[Matter]:
    desk = desk_of(actor).filter(confidential=False).exclude(pk=question.pk)
    for pks in newest:
        found = desk.filter(pk__in=pks).values_list("pk", "title", Left("text", EXCERPT), "topic", "place")
        for pk, title, text, topic, place in found.order_by("-submitted_at"):
            yield Matter(str(pk), title, text, str(topic), place)


def _found(question: Question) -> list[str] | None:
    """Return the published answers that the search holds to be about the same, the best first; None while it is away."""
    filters = {"kind": [PUBLISHED], "audience": [EVERYBODY]}
    try:
        ids = alike(current(), question.title, question.text, installed(), filters=filters, limit=SHOWN + 1)
    except EngineAway:
        return None
    return [pk for one in ids if (pk := one.partition(":")[2]) != str(question.pk)][:SHOWN]


def _published(question: Question, found: list[str] | None) -> Iterator[Matter]:
    """Yield published answers in their public wording, which names no place: what was found, else the newest on the topic."""
    answered = Listing.objects.filter(is_answered__in=[True]).exclude(pk=question.pk)
    if found is None:
        chosen = answered.filter(topic_id=question.topic_id).order_by("-sorted_at")[:NEWEST]
    else:
        chosen = answered.filter(pk__in=map(UUID, found)).order_by("-sorted_at")
    wording = Left("question__redaction__question_text", EXCERPT)
    for pk, title, text, topic in chosen.values_list("pk", "title", wording, "topic"):
        yield Matter(str(pk), title, text or "", str(topic), "")


def _earlier(ids: list[str], rows: dict[str, Question]) -> list[Earlier]:
    """Return the answers, in the public wording where there is one; what was erased holds none."""
    listed = Listing.objects.filter(is_answered__in=[True]).select_related("office").in_bulk(ids)
    public = Redaction.objects.filter(question__in=listed).values_list("question", "answer_text")
    given = Answer.objects.filter(question__in=[UUID(pk) for pk in ids]).values_list("question", "text")
    wording = dict(given) | dict(public)
    listings = {str(pk): listing for pk, listing in listed.items()}
    words = {str(pk): text for pk, text in wording.items()}
    return [Earlier(rows.get(pk), listings.get(pk), words[pk]) for pk in ids if words.get(pk)]
