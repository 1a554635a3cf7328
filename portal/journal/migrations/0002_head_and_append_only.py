"""Create the head row, and let the database itself refuse to change or remove an event."""

from django.db import migrations

REFUSE_POSTGRES = """
CREATE FUNCTION journal_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only'; END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON portal_journal_eventrecord
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_delete BEFORE DELETE ON portal_journal_eventrecord
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
"""

REFUSE_SQLITE = [
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON portal_journal_eventrecord
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON portal_journal_eventrecord
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
]


def forwards(apps, schema_editor):
    apps.get_model("portal_journal", "JournalHead").objects.get_or_create(id=1)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE_POSTGRES, params=None)
    else:
        for statement in REFUSE_SQLITE:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    apps.get_model("portal_journal", "JournalHead").objects.all().delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER journal_no_update ON portal_journal_eventrecord", params=None)
        schema_editor.execute("DROP TRIGGER journal_no_delete ON portal_journal_eventrecord", params=None)
        schema_editor.execute("DROP FUNCTION journal_refuse()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER journal_no_update")
        schema_editor.execute("DROP TRIGGER journal_no_delete")


class Migration(migrations.Migration):
    dependencies = [("portal_journal", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
