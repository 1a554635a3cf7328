"""Starting the demo over: nothing of what people did is left, and the same questions stand again."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.answers.models import AnswerPage, Question
from portal.config.clocks import read_offset
from portal.config.demo.codes import read_codes
from portal.config.management.commands import demo_reset
from portal.config.management.commands.demo_reset import KEPT, emptied_tables
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel import clock as clocks
from portal.notifications.outbox.store import outbox
from portal.workdays.actions.proposing import propose
from portal.workdays.models import CalendarDay, CalendarVersion, YearAlarm
from portal.workdays.queries.calendars import calendar
from tests.factories.accounts import UserFactory, actor
from tests.factories.workdays import day_off, load, official_year

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Folders of this test's own, so that nobody else's are emptied."""
    settings.VAR_DIR = tmp_path
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.CLOCK_OFFSET_FILE = tmp_path / "clock-offset.json"


def seeded_questions() -> list[tuple[str, str, str]]:
    """What is the same whenever the demo is filled on one day; numbers and codes are drawn."""
    return list(Question.objects.order_by("title", "state", "publication").values_list("title", "state", "publication"))


def test_the_same_day_gives_the_same_questions_and_nothing_else_is_left(settings, client):
    call_command("demo_seed", stdout=StringIO())
    first, codes, pages = seeded_questions(), read_codes(), Page.objects.count()
    days, documents = CalendarDay.objects.count(), Document.objects.count()
    resident = UserFactory(email="somebody.new@example.com")
    UserProfile.get_for_user(User.objects.get(email="admin@demo.example"))
    settings.PRIVATE_ROOT.mkdir()
    (settings.PRIVATE_ROOT / "ab").mkdir()
    (settings.PRIVATE_ROOT / "ab" / "attachment").write_bytes(b"x")
    message = outbox().keep("eml", b"x")
    client.force_login(resident)

    call_command("demo_reset", stdout=StringIO())

    assert seeded_questions() == first
    assert set(read_codes()).isdisjoint(codes)
    assert not User.objects.filter(pk=resident.pk).exists()
    assert client.get(reverse("answers:mine")).status_code == 302
    assert not EmailAddress.objects.filter(email=resident.email).exists()
    assert list(settings.PRIVATE_ROOT.iterdir()) == []
    assert not message.exists()
    assert list(faults()) == []
    assert User.objects.get(email="editor@demo.example").has_perm("wagtailimages.add_image")
    assert Page.objects.count() == pages
    assert CalendarDay.objects.count() == days
    assert Document.objects.count() == documents > 0


def test_every_table_of_ours_is_emptied_or_kept_on_purpose():
    tables = set(emptied_tables())
    left = {
        model._meta.label
        for config in apps.get_app_configs()
        if config.name.startswith("portal.") and config.label not in KEPT
        for model in config.get_models(include_auto_created=True)
        if model._meta.db_table not in tables
    }

    # People are deleted by the ORM.
    assert left == {"portal_accounts.User"}


def test_a_reset_brings_the_clock_back_and_leaves_no_event_of_the_future():
    call_command("demo_clock", "+26h", stdout=StringIO())
    call_command("demo_seed", stdout=StringIO())
    assert EventRecord.objects.filter(recorded_at__gt=clocks.installed().now() - timedelta(hours=25)).exists()

    call_command("demo_clock", "reset", stdout=StringIO())

    assert read_offset() == timedelta(0)
    assert not EventRecord.objects.filter(recorded_at__gt=clocks.installed().now()).exists()
    assert AnswerPage.objects.live().exists()


def test_a_reset_takes_back_what_people_made_of_the_calendar():
    installed = list(CalendarVersion.objects.order_by("pk").values_list("pk", "status"))
    edition, days = calendar().version, CalendarDay.objects.count()
    clock = clocks.installed()
    load(official_year(2027), clock)
    load(official_year(2027, day_off("2027-03-01", "本地活动")), clock)
    propose(official_year(2028), text="通知原文", by=actor(UserFactory(administrator=True)), clock=clock)
    YearAlarm.objects.create(year=2029, urgent=False, raised_at=clock.now())

    call_command("demo_clock", "reset", stdout=StringIO())

    assert list(CalendarVersion.objects.order_by("pk").values_list("pk", "status")) == installed
    assert (calendar().version, CalendarDay.objects.count()) == (edition, days)
    assert not YearAlarm.objects.filter(year=2029).exists()


def test_a_reset_that_fails_leaves_clock_and_data_as_they_were(monkeypatch):
    call_command("demo_seed", stdout=StringIO())
    call_command("demo_clock", "+26h", stdout=StringIO())
    questions, events = set(Question.objects.values_list("pk")), EventRecord.objects.count()
    monkeypatch.setattr(demo_reset, "_bring_back_the_calendar", fails)

    with pytest.raises(ArithmeticError):
        call_command("demo_clock", "reset", stdout=StringIO())

    assert read_offset() == timedelta(hours=26)
    assert (set(Question.objects.values_list("pk")), EventRecord.objects.count()) == (questions, events)


def fails() -> None:
    """Stand in for a step that cannot be done."""
    raise ArithmeticError


def test_only_a_demo_is_reset(settings):
    settings.CLOCK_MAY_BE_MOVED = False

    with pytest.raises(CommandError):
        call_command("demo_reset", stdout=StringIO())
