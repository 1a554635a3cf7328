"""When what a published answer's page shows was last made."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Now


def fill(apps, schema_editor):
    pages = apps.get_model("portal_answers", "AnswerPage").objects
    shown = apps.get_model("wagtailcore", "Page").objects.filter(pk=OuterRef("pk")).values("last_published_at")
    pages.update(changed_at=Coalesce("withdrawn_at", Subquery(shown), Now()))


class Migration(migrations.Migration):
    dependencies = [("portal_answers", "0017_exclusion_reviews")]

    operations = [
        migrations.AddField("answerpage", "changed_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("answerpage", "changed_at", models.DateTimeField(editable=False)),
        migrations.AddIndex(
            "answerpage", models.Index(fields=["changed_at", "question"], name="answers_page_changed")
        ),
    ]
