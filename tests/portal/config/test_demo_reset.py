"""Starting the demo over: nothing of what people did is left, and the same questions stand again."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
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
from tests.factories.answers import make_district, published
from tests.factories.pages import guide
from tests.factories.workdays import day_off, load, official_year

# What is made once for the module is made by one of the parallel workers.
pytestmark = [pytest.mark.db, pytest.mark.xdist_group("demo-reset")]

CALENDAR = ("versions", "calendar", "days")


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """A demo that people used and that was started over, once for this module and gone after it; returns what it was like."""
    folder = tmp_path_factory.mktemp("demo")
    block = transaction.atomic()
    block._from_testcase = True  # as a test case's own: durable blocks may stand in it
    with django_db_blocker.unblock(), override_settings(**demo_settings(folder)), block:
        call_command("demo_seed", stdout=StringIO())
        seeded = as_it_is()
        was = SimpleNamespace(folder=folder, seeded=seeded, used=use_it(folder))
        call_command("demo_clock", "reset", stdout=StringIO())
        yield was
        transaction.set_rollback(True)


def demo_settings(folder):
    """Folders of this module's own, so that nobody else's are emptied."""
    return {
        "VAR_DIR": folder,
        "PRIVATE_ROOT": folder / "private",
        "OUTBOX_DIR": folder / "outbox",
        "CLOCK_OFFSET_FILE": folder / "clock-offset.json",
    }


@pytest.fixture
def started_over(story, db):
    """The demo after it was started over, and what it was like before."""
    with override_settings(**demo_settings(story.folder)):
        yield story


def as_it_is() -> dict[str, object]:
    """What is the same whenever the demo is filled on one day; numbers and codes are drawn."""
    return {
        "questions": sorted(Question.objects.values_list("title", "state", "publication")),
        "pages": Page.objects.count(),
        "documents": Document.objects.count(),
        "days": CalendarDay.objects.count(),
        "calendar": calendar().version,
        "versions": list(CalendarVersion.objects.order_by("pk").values_list("pk", "status")),
    }


def use_it(folder) -> SimpleNamespace:
    """What people do with a demo: they sign up, send files, move the clock, change the calendar."""
    codes = read_codes()
    resident = UserFactory(email="somebody.new@example.com")
    assert EmailAddress.objects.filter(email=resident.email).exists()
    UserProfile.get_for_user(User.objects.get(email="admin@demo.example"))
    (folder / "private" / "ab").mkdir(parents=True)
    (folder / "private" / "ab" / "attachment").write_bytes(b"x")
    message = outbox().keep("eml", b"x")
    browser = Client()
    browser.force_login(resident)
    assert browser.get(reverse("answers:mine")).status_code == 200

    call_command("demo_clock", "+26h", stdout=StringIO())
    clock = clocks.installed()
    load(official_year(2027), clock)
    load(official_year(2027, day_off("2027-03-01", "本地活动")), clock)
    propose(official_year(2028), text="通知原文", by=actor(UserFactory(administrator=True)), clock=clock)
    YearAlarm.objects.create(year=2029, urgent=False, raised_at=clock.now())
    assert EventRecord.objects.filter(recorded_at__gt=clock.now() - timedelta(hours=25)).exists()
    return SimpleNamespace(codes=codes, resident=resident, message=message, browser=browser)


def test_the_same_day_gives_the_same_questions_and_nothing_else_is_left(started_over):
    used = started_over.used

    assert as_it_is() == started_over.seeded
    assert Document.objects.exists()
    assert set(read_codes()).isdisjoint(used.codes)
    assert not User.objects.filter(pk=used.resident.pk).exists()
    assert used.browser.get(reverse("answers:mine")).status_code == 302
    assert not EmailAddress.objects.filter(email=used.resident.email).exists()
    assert list((started_over.folder / "private").iterdir()) == []
    assert not used.message.exists()
    assert list(faults()) == []
    assert User.objects.get(email="editor@demo.example").has_perm("wagtailimages.add_image")


def test_a_reset_brings_the_clock_back_and_leaves_no_event_of_the_future(started_over):
    assert read_offset() == timedelta(0)
    assert not EventRecord.objects.filter(recorded_at__gt=clocks.installed().now()).exists()
    assert AnswerPage.objects.live().exists()


def test_a_reset_takes_back_what_people_made_of_the_calendar(started_over):
    now = as_it_is()

    assert {name: now[name] for name in CALENDAR} == {name: started_over.seeded[name] for name in CALENDAR}
    assert not YearAlarm.objects.filter(year=2029).exists()


@pytest.mark.django_db
def test_a_reset_that_fails_leaves_clock_and_data_as_they_were(tmp_path, monkeypatch):
    published(make_district())
    guide()
    monkeypatch.setattr(demo_reset, "_bring_back_the_calendar", fails)
    with override_settings(**demo_settings(tmp_path)):
        call_command("demo_clock", "+26h", stdout=StringIO())
        before = everything()

        with pytest.raises(ArithmeticError):
            call_command("demo_clock", "reset", stdout=StringIO())

        assert everything() == before
        assert read_offset() == timedelta(hours=26)


def everything() -> tuple[object, ...]:
    """What a reset that fails must leave as it is."""
    return (
        read_offset(),
        set(Question.objects.values_list("pk")),
        EventRecord.objects.count(),
        User.objects.count(),
        as_it_is(),
    )


def fails() -> None:
    """Stand in for a step that cannot be done."""
    raise ArithmeticError


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


@pytest.mark.django_db
def test_only_a_demo_is_reset(settings):
    settings.CLOCK_MAY_BE_MOVED = False

    with pytest.raises(CommandError):
        call_command("demo_reset", stdout=StringIO())
