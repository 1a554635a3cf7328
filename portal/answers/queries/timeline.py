"""What happened to a question, in words, from its journal and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import Office
from portal.answers.labels import ASKER_EVENT, LEG_VERDICT, STAFF_EVENT, verdict_label
from portal.answers.models import Question
from portal.journal.models import EventRecord
from portal.kernel.workdays import ONE_DAY, local_date


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. tone: as in `labels.Label`."""

    at: datetime
    text: str
    tone: str
    name: str


def timeline(question: Question, *, for_staff: bool) -> list[Entry]:
    """Return what happened, in the order in which it happened. Two queries."""
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
        elif record.name in sentences:
            text = str(sentences[record.name]).format(**_words(record.payload, offices))
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


def _words(payload: Mapping[str, Any], offices: Mapping[str, str]) -> dict[str, Any]:
    """Return what a sentence may name of an event: numbers as they are, an office by name, a date as people say it."""
    words = dict(payload) | {"office": offices.get(payload.get("office", ""), "")}
    if payload.get("due"):
        words["due"] = f"{local_date(datetime.fromisoformat(payload['due'])) - ONE_DAY:%Y-%m-%d}"
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
