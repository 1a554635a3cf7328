"""What the public figures add up, beside the verdicts, answers and returns that it is taken from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.kernel.workdays import month_of


def fill(apps, schema_editor):
    """Take office, month and count of days from what is there."""
    verdict = apps.get_model("portal_answers", "Verdict")
    for one in verdict.objects.select_related("held_by", "question").iterator(chunk_size=2000):
        one.office_id = one.held_by.office_id
        one.month = month_of(one.occurred_at)
        headline = "reply" if one.question.plain_due is None else "plain"
        one.is_headline = one.leg_id is None and one.clock == headline
        one.save(update_fields=["office", "month", "is_headline"])
    returned = apps.get_model("portal_answers", "ReturnRequest")
    for one in returned.objects.filter(decided_at__isnull=False):
        one.month = month_of(one.decided_at)
        one.save(update_fields=["month"])
    answer = apps.get_model("portal_answers", "Answer")
    if answer.objects.exists():
        from portal.answers.rules.deadlines import working_days_taken
        from portal.workdays.queries import calendar

        days = calendar()
        for one in answer.objects.select_related("question").iterator(chunk_size=2000):
            one.month = month_of(one.released_at)
            one.working_days = working_days_taken(one.question.submitted_at, one.released_at, days)
            one.save(update_fields=["month", "working_days"])


class Migration(migrations.Migration):
    # PostgreSQL alters no table while checks of the rows just written are put off.
    atomic = False

    dependencies = [
        ("portal_accounts", "0003_office_fallback"),
        ("portal_answers", "0003_recomputation"),
        ("portal_workdays", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("answer", "month", models.DateField(null=True)),
        migrations.AddField("answer", "working_days", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("returnrequest", "month", models.DateField(blank=True, null=True)),
        migrations.AddField("verdict", "is_headline", models.BooleanField(default=False)),
        migrations.AddField("verdict", "month", models.DateField(null=True)),
        migrations.AddField(
            "verdict",
            "office",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal_accounts.office",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("answer", "month", models.DateField()),
        migrations.AlterField("answer", "working_days", models.PositiveSmallIntegerField()),
        migrations.AlterField("verdict", "month", models.DateField()),
        migrations.AlterField(
            "verdict",
            "office",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal_accounts.office"
            ),
        ),
        migrations.AddIndex(
            "answer", models.Index(fields=["month", "office", "working_days"], name="answers_answer_figures")
        ),
        migrations.AddIndex("returnrequest", models.Index(fields=["month", "decision"], name="answers_return_month")),
        migrations.AddIndex(
            "verdict",
            models.Index(
                condition=models.Q(("leg", None)),
                fields=["month", "office", "clock", "outcome", "is_headline"],
                name="answers_verdict_figures",
            ),
        ),
    ]
