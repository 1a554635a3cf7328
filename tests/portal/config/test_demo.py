"""The demo: deterministic, complete, true to the rules, and described for outside checks."""

import json
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.test import Client, override_settings
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.answers.models import CallBack, Question, Refusal, Verdict
from portal.answers.states import State
from portal.config.demo.accounts import PASSWORD
from portal.config.routes import ROLES, VISITOR
from portal.journal.verification import faults
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.pages.conditions import phase_is, validity_is
from portal.pages.models import InterpretationPage, NewsPage, NoticePage, PolicyPage
from portal.pages.rules.periods import Phase
from portal.pages.rules.validity import Validity

# What is made once for the module is made by one of the parallel workers.
pytestmark = [pytest.mark.db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def seed(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo's data, made once for this module and gone after it; returns its folder."""
    folder = tmp_path_factory.mktemp("demo")
    block = transaction.atomic()
    block._from_testcase = True  # as a test case's own: durable blocks may stand in it
    with django_db_blocker.unblock(), override_settings(**demo_settings(folder)), block:
        call_command("demo_seed", stdout=StringIO())
        yield folder
        transaction.set_rollback(True)


def demo_settings(folder):
    weekly = settings.ANSWERS_CALL_BACKS | {"every": "week"}
    return {"DEMO": True, "VAR_DIR": folder, "PRIVATE_ROOT": folder / "private", "ANSWERS_CALL_BACKS": weekly}


@pytest.fixture
def seeded(seed, db):
    with override_settings(**demo_settings(seed)):
        yield


@pytest.fixture
def manifest(seeded):
    """The manifest, read as an outsider reads it."""
    out = StringIO()
    call_command("demo_manifest", stdout=out)
    return json.loads(out.getvalue())


def test_there_are_questions_in_every_state(seeded):
    assert Question.objects.count() == 56
    assert set(Question.objects.values_list("state", flat=True)) == {str(state) for state in State}


def test_the_seed_holds_what_a_trainer_wants_to_show(seeded):
    assert Verdict.objects.filter(outcome="late").exists()
    assert Refusal.objects.filter(decision="released").exists()
    transfers = Question.objects.annotate(legs_count=Count("legs")).filter(legs_count__gte=4)
    assert transfers.exists(), "one that was transferred twice: centre, office, office, office"
    assert Question.objects.filter(language="en").exists()
    assert set(CallBack.objects.values_list("state", flat=True)) >= {"open", "reached"}


def test_there_are_news_notices_and_policies_of_every_kind_in_both_languages(seeded):
    now = clocks.installed().now()
    for kind in (NewsPage, NoticePage, PolicyPage, InterpretationPage):
        languages = Counter(kind.objects.live().values_list("locale__language_code", flat=True))
        assert languages["en"] == languages["zh-hans"] >= 6, kind
    assert all(NoticePage.objects.filter(phase_is(phase, now)).exists() for phase in Phase)
    assert all(PolicyPage.objects.filter(validity_is(found, local_date(now))).exists() for found in Validity)
    assert set(NoticePage.objects.values_list("kind", flat=True)) == set(NoticePage.Kind.values)
    assert NoticePage.objects.exclude(outcome="").exists()
    assert get_image_model().objects.exists()
    assert get_document_model().objects.exists()


def test_nobody_is_overdue_in_a_year_that_was_not_announced(seeded):
    late = Verdict.objects.filter(outcome="late").select_related("question")
    assert all(local_date(verdict.occurred_at).year <= 2026 for verdict in late)
    assert not any(verdict.question.reply_provisional for verdict in late if verdict.clock == "reply")


def test_the_seeds_journal_is_whole(seeded):
    assert list(faults()) == []


def test_a_second_seed_leaves_what_is_there(seeded):
    before = set(Question.objects.values_list("pk", flat=True))
    call_command("demo_seed", "--if-empty", stdout=StringIO())

    assert set(Question.objects.values_list("pk", flat=True)) == before


# --- The manifest ---------------------------------------------------------------------------


def test_there_is_an_account_for_every_role_and_its_password_opens_the_door(manifest):
    roles = Counter(account["role"] for account in manifest["accounts"])
    assert set(ROLES) - {VISITOR} <= set(roles)
    for role in ("resident", "spokesperson", "administrator"):
        login = next(account["login"] for account in manifest["accounts"] if account["role"] == role)
        client = Client()
        response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
        assert response.status_code == 302, role


def test_one_account_has_a_second_factor_and_its_secret_makes_codes_that_are_taken(manifest):
    (account,) = (account for account in manifest["accounts"] if account["totp_secret"])
    client = Client()
    client.post(reverse("account_login"), {"login": account["login"], "password": account["password"]})
    assert "_auth_user_id" not in client.session

    counter = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(account["totp_secret"], counter))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" in client.session


def test_every_tracking_code_opens_its_question(manifest):
    for question in manifest["questions"][:5]:
        client = Client()
        response = client.post(reverse("answers:track"), {"code": question["tracking_code"]})
        assert response.status_code == 302
        assert question["id"] in response["Location"]


def test_the_manifest_names_addresses_folders_database_and_limits(manifest):
    assert any(url["name"] == "answers_desk:step" and url["part"] == "accept" for url in manifest["urls"])
    assert set(manifest["folders"]) == {"outbox", "media", "private", "logs"}
    assert "://" in manifest["database"]
    assert manifest["limits"]["sign_in"]["login_failed"]
    assert manifest["limits"]["desk"]["submit"]


@pytest.mark.django_db
def test_outside_the_demo_there_is_neither_manifest_nor_moving_of_time(settings):
    settings.DEMO = False
    settings.CLOCK_MAY_BE_MOVED = False
    for command in (["demo_manifest"], ["demo_clock", "+26h"], ["demo_seed"]):
        with pytest.raises(CommandError):
            call_command(*command, stdout=StringIO())


# --- Moving the clock -----------------------------------------------------------------------


@pytest.fixture
def offset_file(settings, tmp_path):
    settings.CLOCK_OFFSET_FILE = tmp_path / "clock-offset.json"


def test_the_clock_is_moved_forward_for_all_processes_and_never_back(offset_file):
    from portal.config.clocks import read_offset

    call_command("demo_clock", "+26h", stdout=StringIO())
    assert read_offset() == timedelta(hours=26)
    call_command("demo_clock", "+15m", stdout=StringIO())
    assert read_offset() == timedelta(hours=26, minutes=15)
    with pytest.raises(CommandError, match="forward only"):
        call_command("demo_clock", "2020-01-01T00:00", stdout=StringIO())
    with pytest.raises(CommandError, match=r"\+26h"):
        call_command("demo_clock", "yesterday", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["X-Clock", "X-Now", "Date", "X-Fake-Time"])
def test_no_request_can_move_time(client, clock, header):
    before = clock.now()
    client.get("/", headers={header: "2030-01-01T00:00:00Z"})

    assert clock.now() == before
