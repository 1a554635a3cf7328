"""Indexes for the lists of a large city, and on PostgreSQL one of the pairs of characters in titles.

A Chinese word is two characters more often than three, so an index of trigrams would not find it.
"""

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

# The function uses built-in ones only: a backup is restored with no search path set. The column is the
# database's own affair; Django names its columns and never meets it (portal/answers/queries/titles.py).
PAIRS = """
CREATE FUNCTION answers_pairs(title text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT substr(upper(title), i, 2)), '{}') FROM generate_series(1, length(title) - 1) AS i
$$;
ALTER TABLE portal_answers_question ADD COLUMN title_pairs text[] GENERATED ALWAYS AS (answers_pairs(title)) STORED;
CREATE INDEX answers_title_pairs ON portal_answers_question USING gin (title_pairs);
"""
UNPAIR = """
ALTER TABLE portal_answers_question DROP COLUMN title_pairs;
DROP FUNCTION answers_pairs(text);
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PAIRS, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNPAIR, params=None)


class Migration(migrations.Migration):
    dependencies = [("portal_answers", "0008_intake")]

    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["is_answered", "office", "topic", "-sorted_at"], name="answers_listing_both"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["-submitted_at", "id"],
                name="answers_replied",
                condition=models.Q(state__in=["answered", "closed", "rated"]),
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                fields=["nearest_due", "id"],
                name="answers_queue_edited",
                condition=models.Q(("state__in", OPEN), models.Q(("publication", "private"), _negated=True)),
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
