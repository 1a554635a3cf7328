"""What is published for strangers who count for themselves: events, wording, calendar. No text that is not public."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from portal.accounts.models import Office
from portal.answers.models import Listing, Question, Redaction
from portal.journal.models import EventRecord
from portal.kernel.workdays import local_date
from portal.workdays.models import CalendarEdition, CalendarVersion

FORMAT = "yishi.evidence.1"
# Events that an outsider needs to count. All others stand in the chain with their hash only:
# that a draft was saved, or who was reminded, is nobody's business but the office's.
DISCLOSED = frozenset(
    f"answers.{name}"
    for name in (
        "question_submitted",
        "question_forwarded",
        "receipt_confirmed",
        "receipt_corrected",
        "question_dispatched",
        "question_recalled",
        "question_transferred",
        "question_followed",
        "question_unmerged",
        "question_accepted",
        "return_requested",
        "return_refused",
        "extension_granted",
        "clock_paused",
        "clock_resumed",
        "due_recomputed",
        "answer_released",
        "question_reopened",
        "reopening_answered",
        "question_rated",
        "asker_called_back",
        "question_closed",
        "verdict_recorded",
        "answer_published",
        "answer_amended",
    )
)
BATCH = 200


def evidence_of(question: Question) -> dict[str, Any]:
    """Return a published question's evidence. `question` is loaded with `redaction`. Two statements."""
    return next(_evidence([question]))


def evidence_of_month(month: date) -> Iterator[dict[str, Any]]:
    """Yield the evidence of all published questions that were answered in `month` (its first day)."""
    rows = Listing.objects.filter(is_answered__in=[True], month=month).order_by("-sorted_at", "question_id")
    ids = list(rows.values_list("question_id", flat=True))
    for start in range(0, len(ids), BATCH):
        found = Question.objects.select_related("redaction").in_bulk(ids[start : start + BATCH])
        yield from _evidence([found[pk] for pk in ids[start : start + BATCH] if pk in found])


def published_calendar() -> dict[str, Any]:
    """Return every edition of the calendar with the notices it consists of. Five statements."""
    versions = CalendarVersion.objects.filter(editions__isnull=False).distinct().prefetch_related("days")
    return {
        "format": "yishi.calendar.1",
        "editions": {
            str(edition.number): [str(version) for version in edition.versions.all()]
            for edition in CalendarEdition.objects.prefetch_related("versions").order_by("number")
        },
        "versions": {
            str(version): {
                "layer": version.layer,
                "year": version.year,
                "announced": version.announced,
                "source": version.source,
                "document_number": version.document_number,
                "days": {day.date.isoformat(): day.kind for day in version.days.all()},
            }
            for version in versions
        },
    }


def _evidence(questions: Iterable[Question]) -> Iterator[dict[str, Any]]:
    by_ref = {question.ref: question for question in questions}
    chains: dict[str, list[dict[str, Any]]] = {ref: [] for ref in by_ref}
    offices: set[str] = set()
    for record in EventRecord.objects.filter(aggregate__in=by_ref).order_by("position"):
        chains[record.aggregate].append(_published(record))
        if record.name in DISCLOSED and record.payload.get("office"):
            offices.add(record.payload["office"])
    names = {str(office.pk): office.name for office in Office.objects.filter(pk__in=offices)}
    for ref, question in by_ref.items():
        used = {event["payload"]["office"] for event in chains[ref] if event.get("payload", {}).get("office")}
        yield {
            "format": FORMAT,
            "number": question.number,
            "question": ref,
            "asked_on": local_date(question.submitted_at).isoformat(),
            "offices": {pk: names[pk] for pk in sorted(used)},
            "published": _wording(question.redaction),
            "events": chains[ref],
        }


def _published(record: EventRecord) -> dict[str, Any]:
    """Return an event as it is published; one written before actors were committed to is withheld as well."""
    if record.name in DISCLOSED and record.actor_key is not None:
        return record.canonical() | {"hash": record.hash}
    return {"seq": record.seq, "previous_hash": record.previous_hash, "hash": record.hash}


def _wording(redaction: Redaction) -> dict[str, str]:
    return {
        "title": redaction.title,
        "question": redaction.question_text,
        "answer": redaction.answer_text,
        "key": bytes(redaction.commit_key).hex(),
    }
