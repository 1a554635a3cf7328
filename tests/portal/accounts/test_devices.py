"""On which devices one is signed in: told truly, ended from afar, and a new one is noticed."""

import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts import devices, ticks
from portal.accounts.actions.devices import end_device
from portal.accounts.models import Device, Role, User
from portal.accounts.permissions import P
from portal.journal.models import EventRecord
from portal.journal.realtime import real_now
from portal.kernel.actors import ANONYMOUS
from portal.kernel.permissions import NotAllowed, can
from tests.factories.accounts import PASSWORD, OfficeFactory, UserFactory, actor, holder

pytestmark = pytest.mark.django_db

LOGIN, ACCOUNT, DEVICES = "/accounts/login/", "/account/", "/account/devices/"
END_OTHERS = f"{DEVICES}end-others/"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"


def browser(user_agent=CHROME):
    return Client(headers={"User-Agent": user_agent})


def sign_in(client, user):
    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    return client


def is_in(client):
    return client.get(ACCOUNT).status_code == 200


def listed(client, prefix=""):
    response = client.get(prefix + DEVICES)
    assert response.status_code == 200
    return [(device.name, is_here) for device, is_here in response.context["rows"]]


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def spokesperson():
    return holder(Role.SPOKESPERSON, OfficeFactory())


# --- The list -------------------------------------------------------------------------------


def test_it_names_browser_and_system_and_marks_this_one(user):
    at_the_desk, phone = sign_in(browser(), user), sign_in(browser(PHONE), user)

    assert listed(at_the_desk) == [("Chrome · Windows", True), ("Safari · 苹果手机或平板", False)]
    assert listed(phone) == [("Safari · 苹果手机或平板", True), ("Chrome · Windows", False)]
    assert listed(phone, "/en")[0] == ("Safari · iPhone or iPad", True)


def test_no_address_no_version_and_no_cookie_is_kept(user):
    client = browser()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9")

    kept = str(list(Device.objects.values()))
    assert "203.0.113.9" not in kept
    device = Device.objects.get()
    assert "126" not in device.browser + device.system
    assert client.cookies["device"].value not in kept


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(user):
    cookie = sign_in(browser(), user).cookies["device"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == devices.LIVES.total_seconds()


def test_visitors_get_no_cookie(client):
    client.get(LOGIN)
    client.post(LOGIN, {"login": "nobody@example.com", "password": "wrong-wrong-wrong"})

    assert "device" not in client.cookies


def test_two_people_in_one_browser_are_not_found_to_share_it(user):
    other = UserFactory()
    client = sign_in(browser(), user)
    client.post("/accounts/logout/")
    sign_in(client, other)

    mine, theirs = Device.objects.get(user=user), Device.objects.get(user=other)
    assert mine.key_index != theirs.key_index
    assert listed(client) == [("Chrome · Windows", True)]


def test_signing_in_again_in_the_same_browser_is_the_same_device(user):
    client = sign_in(browser(), user)
    client.post("/accounts/logout/")
    sign_in(client, user)

    assert Device.objects.count() == 1
    assert listed(client) == [("Chrome · Windows", True)]


def test_who_has_left_is_not_listed(user):
    here, there = sign_in(browser(), user), sign_in(browser(PHONE), user)

    there.post("/accounts/logout/")
    assert listed(here) == [("Chrome · Windows", True)]


def test_a_session_that_has_ended_by_itself_is_not_listed(user, spokesperson):
    here, _there = sign_in(browser(), user), sign_in(browser(PHONE), user)
    Session.objects.exclude(session_key=here.session.session_key).update(expire_date=real_now())
    assert len(listed(here)) == 1

    staff_here, _staff_there = sign_in(browser(), spokesperson), sign_in(browser(PHONE), spokesperson)
    Device.objects.filter(user=spokesperson, system="ios").update(signed_in_at=real_now() - timedelta(hours=12))
    assert listed(staff_here) == [("Chrome · Windows", True)]


def test_a_session_from_before_there_were_devices_is_listed(client, user):
    client.force_login(user)

    assert [is_here for _name, is_here in listed(client)] == [True]
    assert [is_here for _name, is_here in listed(client)] == [True]
    assert Device.objects.count() == 1


def test_when_somebody_was_there_last_is_written_now_and_then(user, monkeypatch):
    client = sign_in(browser(), user)
    start = real_now()
    moment = [start]
    monkeypatch.setattr(devices, "real_now", lambda: moment[0])

    for minutes, noted in ((9, False), (11, True), (15, False)):
        before = Device.objects.get().seen_at
        moment[0] = start + timedelta(minutes=minutes)
        client.get(ACCOUNT)
        assert (Device.objects.get().seen_at != before) is noted, minutes

    moment[0] = start + timedelta(hours=5)
    before = Device.objects.get().seen_at
    client.get(ACCOUNT, headers={"Sec-Fetch-Mode": "cors"})  # a page that refreshes itself
    assert Device.objects.get().seen_at == before


def test_one_and_three_devices_cost_the_same(user, django_assert_num_queries):
    client = sign_in(browser(), user)
    client.get(DEVICES)
    with CaptureQueriesContext(connection) as one:
        client.get(DEVICES)
    count = len(one)  # the next request begins a new log
    sign_in(browser(PHONE), user)
    sign_in(browser(PHONE), user)
    with django_assert_num_queries(count):
        assert len(listed(client)) == 3


# --- Ending ---------------------------------------------------------------------------------


def test_one_is_ended_from_afar_at_once(user):
    here, there = sign_in(browser(), user), sign_in(browser(PHONE), user)
    lost = Device.objects.get(system="ios")

    assert here.post(f"{DEVICES}{lost.pk}/end/").url == DEVICES
    assert (is_in(here), is_in(there)) == (True, False)
    assert listed(here) == [("Chrome · Windows", True)]


def test_all_others_are_ended_and_this_one_stays(user):
    here, *others = (sign_in(browser(), user) for _ in range(3))

    here.post(END_OTHERS)
    assert (is_in(here), [is_in(other) for other in others]) == (True, [False, False])
    assert "没有别的设备登录着" in here.post(END_OTHERS, follow=True).content.decode()


def test_a_session_that_got_another_key_meanwhile_is_ended_all_the_same(user):
    here, there = sign_in(browser(), user), sign_in(browser(PHONE), user)
    session = there.session
    session.cycle_key()  # as when a tracking code is shown
    there.cookies["sessionid"] = session.session_key
    there.get(ACCOUNT)

    here.post(END_OTHERS)
    assert not is_in(there)


def test_ending_this_one_is_leaving(user):
    client = sign_in(browser(), user)

    assert client.post(f"{DEVICES}{Device.objects.get().pk}/end/").url == LOGIN
    assert not is_in(client)


def test_another_password_ends_the_others_and_the_list_says_so(user):
    here, there = sign_in(browser(), user), sign_in(browser(PHONE), user)

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x" * 20, "password2": "x" * 20})
    assert (is_in(here), is_in(there)) == (True, False)
    assert listed(here) == [("Chrome · Windows", True)]


def test_somebody_elses_device_does_not_exist(user):
    other = UserFactory()
    sign_in(browser(), other)
    theirs = Device.objects.get(user=other)
    client = sign_in(browser(), user)

    assert client.post(f"{DEVICES}{theirs.pk}/end/").status_code == 404
    with pytest.raises(NotAllowed):
        end_device(theirs.pk, by=actor(user))
    assert Device.objects.get(pk=theirs.pk).session_key


def test_the_permission_and_its_list_agree(user):
    for one in (user, UserFactory()):
        sign_in(browser(), one)

    for who in (actor(user), actor(UserFactory(administrator=True)), ANONYMOUS):
        visible = set(Device.objects.visible_to(who))
        assert visible == {one for one in Device.objects.all() if can(who, P.END_DEVICE, one)}


def test_browsers_nobody_uses_are_forgotten(user, clock):
    sign_in(browser(), user)
    sign_in(browser(PHONE), user)
    Device.objects.filter(system="ios").update(seen_at=real_now() - devices.LIVES - timedelta(minutes=1))

    assert ticks.purge_devices(clock) == 1
    assert [device.system for device in Device.objects.all()] == ["windows"]


# --- New ones -------------------------------------------------------------------------------


def added():
    return list(EventRecord.objects.filter(name="accounts.device_added").values_list("aggregate", flat=True))


def test_staff_are_told_of_a_new_device_and_not_of_a_known_one(spokesperson, background, mailoutbox):
    here = sign_in(browser(), spokesperson)
    assert added() == [], "there was nothing to compare with"

    sign_in(browser(PHONE), spokesperson)
    background()

    assert added() == [f"portal.accounts.user:{spokesperson.pk}"]
    [letter] = mailoutbox
    assert letter.to == [spokesperson.email]
    assert "一台以前没用过的设备上登录：Safari，苹果手机或平板" in letter.body
    assert letter.body.count("/account/devices/") == 1
    assert "不能停发" in letter.body

    here.post("/accounts/logout/")
    sign_in(here, spokesperson)
    assert len(added()) == 1


def test_residents_are_not_told(user):
    sign_in(browser(), user)
    sign_in(browser(PHONE), user)

    assert added() == []


def test_a_cookie_that_somebody_made_up_makes_a_new_device(spokesperson):
    sign_in(browser(), spokesperson)
    stranger = browser()
    stranger.cookies["device"] = "guessed"
    sign_in(stranger, spokesperson)

    assert len(added()) == 1


def test_a_new_device_is_told_after_the_second_step_too(client, spokesperson, carrier):
    spokesperson.set_phone("+8613800138000")
    spokesperson.phone_verified = True
    spokesperson.save()
    sign_in(browser(), spokesperson)

    client.post("/accounts/login/code/", {"contact": "13800138000"})
    client.post("/accounts/login/code/confirm/", {"code": carrier.last_code})

    assert is_in(client)
    assert len(added()) == 1


def test_the_journal_names_ids_only(spokesperson):
    sign_in(browser(), spokesperson)
    sign_in(browser(PHONE), spokesperson)

    assert EventRecord.objects.get(name="accounts.device_added").payload == {
        "device": str(Device.objects.get(system="ios").pk)
    }


@pytest.mark.django_db(transaction=True)
def test_signing_in_twice_at_once_in_one_browser_is_one_device(user):
    together, answers = threading.Barrier(4), []
    User.objects.update(last_login=real_now())

    def enter():
        client = browser()
        client.cookies["device"] = "the same browser"
        together.wait()
        answers.append(client.post(LOGIN, {"login": user.email, "password": PASSWORD}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [302] * 4
    assert Device.objects.count() == 1
