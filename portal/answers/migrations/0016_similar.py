"""Indexes for what is like a case: the newest open ones of a topic at a centre, the newest answers of an office."""

from django.db import migrations, models

OPEN = [
    "accepted",
    "awaiting_acceptance",
    "drafting",
    "merged",
    "refusal_review",
    "reopen_review",
    "reopened",
    "return_requested",
    "review",
    "screening",
    "submitted",
    "transferred",
    "waiting_asker",
]


class Migration(migrations.Migration):
    dependencies = [("portal_answers", "0015_passages")]

    operations = [
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["office", "-released_at"], name="answers_answer_office"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["centre", "topic", "-submitted_at"],
                name="answers_open_topic",
                condition=models.Q(state__in=OPEN),
            ),
        ),
    ]
