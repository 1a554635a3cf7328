"""What ``tests/conftest.py`` promises about the suite's database."""

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale, Page

from portal.accounts.models import Office, User
from portal.accounts.queries import actor_for
from portal.journal.models import EventRecord, JournalHead
from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.events import Event
from portal.workdays.models import CalendarDay, CalendarEdition
from tests import database
from tests.factories.accounts import PASSWORD
from tests.factories.answers import POSTS, make_district
from tests.fakes.clock import MONDAY_MORNING

SEEDED = (CalendarDay, CalendarEdition, JournalHead, Locale, Page)


class SuiteTried(Event):
    name = "tests.suite_tried"


def tell() -> EventRecord:
    with transaction.atomic():
        return publish(SuiteTried(), about="tests.suite:1", by=system("tests"), at=MONDAY_MORNING)[0]


@pytest.mark.django_db(transaction=True)
def test_what_migrations_seeded_is_back_after_a_test_that_commits():
    seeded = {model: set(model.objects.values_list("pk", flat=True)) for model in SEEDED}
    tell()
    CalendarDay.objects.all().delete()

    database.restore()

    assert {model: set(model.objects.values_list("pk", flat=True)) for model in SEEDED} == seeded
    assert EventRecord.objects.count() == JournalHead.objects.get().position == 0
    assert all(seeded.values())


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_append_only_after_a_restore_too():
    database.restore()
    record = tell()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventRecord.objects.filter(pk=record.pk).delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventRecord.objects.filter(pk=record.pk).update(name="tests.forged")


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_is_a_file_with_the_locking_that_users_meet():
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert "memory" not in str(connection.settings_dict["NAME"])


@pytest.mark.postgresql
@pytest.mark.django_db
def test_no_query_is_compiled_before_it_is_run():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


@pytest.mark.django_db
def test_the_district_made_in_few_statements_is_the_one_that_signing_in_finds(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        district = make_district()

    people = [*POSTS, "resident", "stranger"]
    assert [getattr(district, name) for name in people] == [
        actor_for(User.objects.get(pk=getattr(district, name).id)) for name in people
    ]
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert Office.find_problems() == ([], [], [], [], [])
