"""What the database holds after a crowd: printed as one JSON object, inside a deployment's environment.

python -m benchmarks.crowd.books
"""

import json

import django

django.setup()

from portal.answers.models import AskDraft, Leg, Question  # noqa: E402
from portal.journal.models import EventRecord, HandlerRun  # noqa: E402
from portal.journal.verification import faults  # noqa: E402


def main() -> None:
    """Print the counts, and the number and id of every question that came from the crowd."""
    asked = Question.objects.filter(asker=None)
    print(
        json.dumps(
            {
                "questions": {number: str(pk) for number, pk in asked.values_list("number", "pk")},
                "first_legs": Leg.objects.filter(question__in=asked, number=1).count(),
                "told": EventRecord.objects.filter(name="answers.question_submitted", actor="anonymous:").count(),
                "drafts_with_question": AskDraft.objects.filter(question__in=asked).count(),
                "dead_handlers": HandlerRun.objects.filter(status="dead").count(),
                "waiting_handlers": HandlerRun.objects.filter(status="waiting").count(),
                "journal_faults": [str(fault) for fault in faults()],
            }
        )
    )


if __name__ == "__main__":
    main()
