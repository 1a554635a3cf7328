"""The demo's life events, spokespersons and sessions: in both languages, around today, made in good time."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from portal.accounts.models import Office
from portal.config.demo.accounts import make_offices, make_people, read
from portal.config.demo.lives import make_lives
from portal.config.demo.pages import make_pages
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import local_date
from portal.pages.models import GuidePage, LifeEventPage, SessionPage, SpokespersonPage
from portal.workdays.queries import calendar

# What is made once for the module is made by one of the parallel workers.
pytestmark = [pytest.mark.db, pytest.mark.xdist_group("demo-lives")]

NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, tmp_path_factory):
    """Offices, people and pages, made once for this module and gone after it."""
    block = transaction.atomic()
    block._from_testcase = True
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), block:
        make_offices(NOW - timedelta(days=400))
        make_people(NOW - timedelta(days=400))
        make_pages(local_date(NOW))
        make_lives(NOW, calendar())
        yield settings.MEDIA_ROOT
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def made(pages, db):
    with override_settings(MEDIA_ROOT=pages):
        yield


def in_language(model, language):
    return list(model.objects.live().filter(locale__language_code=language).order_by("slug"))


@pytest.mark.parametrize(("model", "count"), [(LifeEventPage, 8), (SpokespersonPage, 10), (SessionPage, 5)])
def test_every_page_has_its_twin_in_english(model, count):
    chinese, english = (in_language(model, language) for language in ("zh-hans", "en"))

    assert len(chinese) == count
    assert [page.translation_key for page in chinese] == [page.translation_key for page in english]
    assert [page.slug for page in english if CHINESE.search(page.title + page.summary)] == []
    assert all(page.first_published_at for page in chinese + english)


def test_every_guide_that_a_step_names_exists_and_is_of_the_pages_language():
    known = set(GuidePage.objects.values_list("slug", flat=True))
    named = {slug for event in read("lives")["event"] for step in event["step"] for slug in step["guides"]}
    assert named <= known

    for language in ("zh-hans", "en"):
        found = [page for event in in_language(LifeEventPage, language) for page in guides_of(event)]
        assert len(found) >= len(named)
        assert {page.locale.language_code for page in found} == {language}


def guides_of(event):
    return [guide for step in event.steps for guide in step.value["guides"]]


def test_steps_are_the_same_in_both_languages_so_a_list_of_done_ones_is_good_in_both():
    for chinese, english in zip(in_language(LifeEventPage, "zh-hans"), in_language(LifeEventPage, "en"), strict=True):
        assert [step.id for step in chinese.steps] == [step.id for step in english.steps]
        assert not CHINESE.search(" ".join(str(step.value) for step in english.steps))


def test_sessions_lie_on_working_days_in_office_hours_before_and_after_today():
    found = in_language(SessionPage, "zh-hans")
    days = calendar()

    for session in found:
        start, end = session.starts_at.astimezone(SHANGHAI), session.ends_at.astimezone(SHANGHAI)
        assert days.is_working_day(start.date())
        assert time(9) <= start.time() < end.time() <= time(17)
    past = [session for session in found if session.ends_at < NOW]
    assert 0 < len(past) < len(found)
    assert all(session.record for session in past)
    assert [session.slug for session in found if session.is_cancelled] == ["wages-hotline"]


def test_who_is_shown_speaks_for_that_office():
    for profile in in_language(SpokespersonPage, "en"):
        profile.clean()
        assert profile.title == profile.title.title()
        assert profile.agreed_on < local_date(NOW)
        assert profile.office.code == profile.slug


def test_every_office_that_answers_says_what_it_is_for_and_where_it_is_in_both_languages():
    told = ("phone", "address", "address_en", "hours", "hours_en", "remit", "remit_en")
    silent = {
        office.code: missing
        for office in Office.objects.filter(takes_questions=True)
        if (missing := [name for name in told if not getattr(office, name)])
    }

    assert silent == {}
