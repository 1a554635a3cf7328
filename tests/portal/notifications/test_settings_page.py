"""The settings page: what there is to choose, what is refused, whose it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role
from portal.notifications.addresses import person
from portal.notifications.checks import quiet_hours_can_be_read
from portal.notifications.models import Preference
from portal.notifications.queries import wishes_of
from portal.notifications.rules.timing import Rhythm
from tests.factories.accounts import OfficeFactory, UserFactory, holder

pytestmark = pytest.mark.django_db

PAGE = "/account/notices/"
PHONE = "+8613800138000"
AS_IT_IS = {
    "rhythm": "at_once",
    "hour": "8",
    "weekday": "0",
    "quiet": "site",
    "group-answers-own": ["email", "sms"],
    "group-answers-statements": ["email", "sms"],
}


@pytest.fixture
def user(client):
    user = UserFactory(phone=PHONE, phone_verified=True)
    client.force_login(user)
    return user


def groups_on(response):
    return {name for name in response.context["form"].fields if name.startswith("group-")}


def wishes(user):
    return wishes_of([person(user.pk)])[person(user.pk)]


def test_it_asks_to_sign_in_first(client):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_residents_choose_about_their_own_and_staff_about_duties_too(client, user):
    mine = {"group-answers-own", "group-answers-statements"}
    assert groups_on(client.get(PAGE)) >= mine
    assert "group-answers-turns" not in groups_on(client.get(PAGE))

    client.force_login(holder(Role.SPOKESPERSON, OfficeFactory()))
    assert groups_on(client.get(PAGE)) >= mine | {"group-answers-turns", "group-answers-reminders"}


def test_what_cannot_be_switched_off_is_said(client, user):
    html = client.get(PAGE).content.decode()

    assert "一定会发：提交回执、答复结果、" in html
    assert "按网站的规定（不设）" in html


def test_the_sites_quiet_hours_are_named(client, user, settings):
    settings.NOTICES_QUIET_HOURS = "22:00-07:30"

    assert "按网站的规定（22:00–07:30）" in client.get(PAGE).content.decode()
    assert "The site&#x27;s (22:00–07:30)" in client.get(f"/en{PAGE}").content.decode()


def test_what_is_chosen_is_kept_and_shown_again(client, user):
    chosen = AS_IT_IS | {
        "rhythm": "weekly",
        "hour": "18",
        "weekday": "4",
        "quiet": "own",
        "quiet_from": "21:00",
        "quiet_until": "06:30",
        "group-answers-own": ["email"],
    }
    assert client.post(PAGE, chosen).url == PAGE

    kept = wishes(user)
    assert (kept.rhythm, kept.hour, kept.weekday) == (Rhythm.WEEKLY, 18, 4)
    assert f"{kept.own_quiet.start:%H:%M}-{kept.own_quiet.end:%H:%M}" == "21:00-06:30"
    assert kept.off["answers.own"] == {"sms"}
    initial = client.get(PAGE).context["form"].initial
    assert (initial["group-answers-own"], initial["quiet"], initial["rhythm"]) == (["email"], "own", "weekly")


def test_own_quiet_hours_are_forgotten_with_the_choice(client, user):
    client.post(PAGE, AS_IT_IS | {"quiet": "own", "quiet_from": "21:00", "quiet_until": "06:30"})
    client.post(PAGE, AS_IT_IS | {"quiet": "none", "quiet_from": "21:00", "quiet_until": "06:30"})

    assert wishes(user).own_quiet is None


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"quiet": "own"}, "quiet_from quiet_until"),
        ({"quiet": "own", "quiet_from": "21:00"}, "quiet_until"),
        ({"quiet": "own", "quiet_from": "21:00", "quiet_until": "21:00"}, "quiet_until"),
        ({"quiet": "own", "quiet_from": "late", "quiet_until": "06:30"}, "quiet_from"),
        ({"hour": "24"}, "hour"),
        ({"weekday": "7"}, "weekday"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"quiet": ""}, "quiet"),
        ({"group-answers-own": ["pigeon"]}, "group-answers-own"),
    ],
)
def test_nonsense_is_refused_next_to_its_field_and_nothing_typed_is_lost(client, user, wrong, fields):
    response = client.post(PAGE, AS_IT_IS | {"group-answers-statements": ["sms"]} | wrong)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields.split()
    assert response.context["form"]["group-answers-statements"].value() == ["sms"]
    assert not Preference.objects.exists()


def test_who_has_no_address_is_not_asked_about_digests(client):
    user = UserFactory(phone_only=True, phone=PHONE)
    client.force_login(user)

    assert "rhythm" not in client.get(PAGE).context["form"].fields
    client.post(PAGE, {"quiet": "none", "group-answers-own": ["sms"]})
    assert wishes(user).quiet == "none"
    off = wishes(user).off
    assert (off["answers.own"], off["answers.statements"]) == (frozenset(), {"sms"})


def test_who_cannot_be_reached_is_told_so(client):
    client.force_login(UserFactory(email=None))

    html = client.get(PAGE).content.decode()
    assert "您没有留下邮箱或手机号" in html
    assert '<form method="post" class' not in html


def test_the_account_page_and_the_inbox_lead_there(client, user):
    for page in ("/account/", "/inbox/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode()


def test_the_page_takes_the_same_queries_whatever_was_chosen(client, user):
    with CaptureQueriesContext(connection) as before:
        client.get(PAGE)
    client.post(PAGE, AS_IT_IS | {"group-answers-own": [], "group-answers-statements": []})
    client.get(PAGE)  # shows the message, which changes the session
    with CaptureQueriesContext(connection) as after:
        client.get(PAGE)

    assert len(before) == len(after)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("22:00-07:30", []),
        ("", []),
        ("22:00", ["portal_notifications.E006"]),
        ("22-7", ["portal_notifications.E006"]),
        ("25:00-07:30", ["portal_notifications.E006"]),
        ("22:00-22:00", ["portal_notifications.E006"]),
    ],
)
def test_quiet_hours_that_nobody_can_read_stop_the_start(settings, text, faults):
    settings.NOTICES_QUIET_HOURS = text

    assert [fault.id for fault in quiet_hours_can_be_read()] == faults


def test_the_address_exists_in_both_languages():
    assert reverse("notice_settings") == PAGE
