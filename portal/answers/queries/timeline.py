"""What happened to a question, in words, from its journal and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import Office
from portal.answers.labels import ASKER_EVENT, BY_STAFF, LEG_VERDICT, STAFF_EVENT, WAYS_OF_TELLING, verdict_label
from portal.answers.models import Question
from portal.journal.models import EventRecord
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, local_date


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. tone: as in `labels.Label`."""

    at: datetime
    text: str
    tone: str
    name: str


def timeline(question: Question, *, for_staff: bool, from_the_start: bool = True) -> list[Entry]:
    """Return what happened, in the order in which it happened. Two queries.

    from_the_start: how and where it was told, too; of a confidential question only for those who may.
    """
    records = list(EventRecord.objects.filter(aggregate=question.ref).order_by("occurred_at", "position"))
    offices = _offices(records)
    sentences = STAFF_EVENT if for_staff else ASKER_EVENT
    moved = question.plain_due is not None
    entries = []
    for record in records:
        if record.name == "answers.verdict_recorded":
            entry = _verdict(record, for_staff, moved)
        elif record.name == "answers.due_recomputed" and record.payload["clock"] == "plain":
            continue  # counted, and nothing that anybody waits for
        elif record.name == "answers.question_forwarded" and not from_the_start:
            continue
        elif (key := _sentence_of(record) if from_the_start else record.name) in sentences:
            text = str(sentences[key]).format(**_words(record.payload, offices))
            entry = Entry(record.occurred_at, text, "neutral", record.name)
        else:
            continue
        if entry:
            entries.append(entry)
    return entries


def changes_since(question: Question, seq: int) -> list[Entry]:
    """Return what staff must know has changed since a form was shown: the entries of later events."""
    later = EventRecord.objects.filter(aggregate=question.ref, seq__gt=seq)
    known = set(later.values_list("occurred_at", "name"))
    return [entry for entry in timeline(question, for_staff=True) if (entry.at, entry.name) in known]


def last_seq(question: Question) -> int:
    """Return the number of the question's newest event, for a form to remember."""
    return (
        EventRecord.objects.filter(aggregate=question.ref).order_by("-seq").values_list("seq", flat=True).first() or 0
    )


def _offices(records: list[EventRecord]) -> Mapping[str, str]:
    ids = {record.payload["office"] for record in records if record.payload.get("office")}
    return {str(office.pk): office.local_name for office in Office.objects.filter(pk__in=ids)}


def _sentence_of(record: EventRecord) -> str:
    """Return the key of the event's sentence: what staff entered reads otherwise than what the asker typed."""
    payload = record.payload
    told = payload.get("channel", Question.Channel.ONLINE) != Question.Channel.ONLINE or payload.get("told")
    return f"{record.name}{BY_STAFF}" if told else record.name


def _words(payload: Mapping[str, Any], offices: Mapping[str, str]) -> dict[str, Any]:
    """Return what a sentence may name of an event: numbers as they are, an office by name, times as people say them."""
    words = dict(payload) | {"office": offices.get(payload.get("office", ""), "")}
    if payload.get("due"):
        words["due"] = f"{local_date(datetime.fromisoformat(payload['due'])) - ONE_DAY:%Y-%m-%d}"
    if payload.get("received_at"):
        words["received_at"] = f"{datetime.fromisoformat(payload['received_at']).astimezone(SHANGHAI):%m-%d %H:%M}"
    if payload.get("channel"):
        words["channel"] = Question.Channel(payload["channel"]).label
    if payload.get("way"):
        words["way"] = WAYS_OF_TELLING[payload["way"]]
    return words


def _verdict(record: EventRecord, for_staff: bool, moved: bool) -> Entry | None:
    outcome = record.payload["outcome"]
    if not record.payload["leg"]:
        label = verdict_label(record.payload["clock"], outcome, moved=moved)
    elif for_staff and outcome in LEG_VERDICT:
        label = LEG_VERDICT[outcome]
    else:
        return None  # a leg's own 24 hours never stand in for the asker's
    return Entry(record.occurred_at, str(label), label.tone, record.name)
