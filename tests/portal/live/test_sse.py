import http.client
import threading
import time

import pytest
from django.test import Client

from portal.accounts import sessions
from portal.accounts.models import Role
from portal.live import queries
from tests.factories.accounts import OfficeFactory, UserFactory, holder
from tests.portal.live.conftest import Served
from tests.portal.live.things import ThingHidden, change

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def cookie_of(client):
    return f"sessionid={client.cookies['sessionid'].value}"


def positions(stream, count):
    return [stream.next()["position"] for _ in range(count)]


def test_an_open_page_hears_a_change(served):
    stream = served.open("thing:1")
    assert stream.status == 200
    assert stream.response.headers["Content-Type"].startswith("text/event-stream")
    assert stream.response.headers["Cache-Control"] == "no-store"
    assert stream.ready() == []

    change("2")
    position = change("1")

    assert stream.next() == {
        "event": "changed",
        "id": position,
        "position": position,
        "name": "tests.thing_changed",
        "ref": "tests.thing:1",
        "topics": ["thing:1"],
    }


def test_a_page_catches_up_from_where_it_was_made(served):
    start = queries.position()
    missed = [change("1"), change("1")]

    told = served.open("thing:1", after=start).ready()

    assert [event["position"] for event in told] == missed


def test_the_browser_s_last_id_counts_more_than_the_page_s_position(served):
    start = queries.position()
    first, second = change("1"), change("1")

    told = served.open("thing:1", after=start, Last_Event_ID=str(first)).ready()

    assert [event["position"] for event in told] == [second]


@pytest.mark.parametrize("behind", [queries.CATCH_UP, -5])
def test_who_has_missed_too_much_or_comes_from_another_database_loads_anew(served, behind):
    change("1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "position", lambda: change("1") + queries.CATCH_UP)
        head = queries.position()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "position", lambda: head)
        told = served.open("thing:1", after=max(head - behind - 1, 0)).ready()

    assert [(event["event"], event["id"]) for event in told] == [("reset", head)]


def test_nothing_is_lost_or_doubled_or_out_of_order_between_catching_up_and_following(served):
    start = queries.position()
    written = []
    writer = threading.Thread(target=lambda: [written.append(change("1")) for _ in range(60)])
    writer.start()
    streams = [served.open("thing:1", after=start) for _ in range(10)]
    writer.join()

    for stream in streams:
        heard = []
        while len(heard) < len(written):
            told = stream.next()
            if told["event"] == "changed":
                heard.append(told["position"])
        assert heard == written


def test_fifty_listeners_hear_everything(served):
    streams = [served.open("thing:1") for _ in range(50)]
    for stream in streams:
        stream.ready()

    written = [change("1") for _ in range(5)]

    assert [positions(stream, 5) for stream in streams] == [written] * 50
    for stream in streams:
        stream.close()


@pytest.mark.parametrize(
    ("status", "requests"),
    [
        (
            404,
            [(["secret:1"], {}), (["unknown:1"], {}), (["thing:1", "secret:1"], {})],
        ),
        (400, [([], {}), ([f"thing:{n}" for n in range(21)], {}), (["thing:" + "1" * 300], {})]),
        (400, [(["thing:1"], {"Last_Event_ID": "-1"}), (["thing:1"], {"Last_Event_ID": "１２"})]),
        (400, [(["thing:1"], {"Host": "evil.example"})]),
        (403, [(["thing:1"], {"Origin": "https://evil.example"}), (["thing:1"], {"Origin": "null"})]),
        (403, [(["thing:1"], {"Sec_Fetch_Site": "cross-site"}), (["thing:1"], {"Sec_Fetch_Site": "same-site"})]),
        (200, [(["thing:1"], {"Sec_Fetch_Site": "same-origin"})]),
    ],
    ids=["hidden", "topics", "position", "host", "origin", "site", "welcome"],
)
def test_the_door(served, status, requests):
    for asked, headers in requests:
        encoded = {name: value.encode() for name, value in headers.items()}

        assert served.open(*asked, **encoded).status == status, (asked, headers)


def test_the_same_origin_is_let_in(served):
    assert served.open("thing:1", Origin=f"http://127.0.0.1:{served.port}").status == 200


def test_a_person_hears_what_is_theirs_until_the_permission_is_withdrawn(doors):
    user = UserFactory()
    doors.add(str(user.pk))
    with Served(check_every=0.3) as served:
        stream = served.open("secret:1", cookie=cookie_of(signed_in(user)))
        stream.ready()
        written = change("1")
        assert stream.next()["position"] == written

        doors.clear()

        assert stream.next() is None, "the server ended the stream"
        assert served.open("secret:1", cookie=cookie_of(signed_in(user))).status == 404


@pytest.mark.parametrize("topic", ["secret:1", "thing:1"])
def test_a_stream_ends_with_its_login(doors, topic):
    user = UserFactory()
    doors.add(str(user.pk))
    client = signed_in(user)
    with Served(check_every=0.3) as served:
        stream = served.open(topic, cookie=cookie_of(client))
        stream.ready()

        client.logout()

        assert stream.next() is None


def test_a_stream_ends_when_the_person_may_no_longer_sign_in(doors):
    user = UserFactory()
    doors.add(str(user.pk))
    with Served(check_every=0.3) as served:
        stream = served.open("secret:1", cookie=cookie_of(signed_in(user)))
        stream.ready()

        user.is_active = False
        user.save()

        assert stream.next() is None


def test_staff_hear_nothing_while_the_pages_would_hold_them_up(served, doors, settings):
    settings.STAFF_MFA_REQUIRED = True
    clerk = holder(Role.DISPATCHER, OfficeFactory())
    doors.add(str(clerk.pk))
    client = signed_in(clerk)
    assert served.open("secret:1", cookie=cookie_of(client)).status == 404, "no second factor"

    settings.STAFF_MFA_REQUIRED = False
    assert served.open("secret:1", cookie=cookie_of(client)).status == 200

    session = client.session
    session[sessions.SEEN_AT] = 0
    session.save()
    assert served.open("secret:1", cookie=cookie_of(client)).status == 404, "idle"


def test_a_person_has_five_streams_and_another_one_when_one_is_closed(served):
    cookie = cookie_of(signed_in(UserFactory()))
    streams = [served.open("thing:1", cookie=cookie) for _ in range(5)]

    assert served.open("thing:1", cookie=cookie).status == 429
    assert served.open("thing:1").status == 200, "others are not affected"

    streams[0].close()
    deadline = time.monotonic() + 5
    while served.open("thing:1", cookie=cookie).status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_idle_stream_lives_on_heartbeats_and_keeps_its_place():
    with Served(heartbeat=0.1) as served:
        stream = served.open("thing:1")
        stream.ready()
        others = change("2", ThingHidden)
        deadline = time.monotonic() + 5
        while stream.last_id < others:
            assert time.monotonic() < deadline
            lines = stream.next_block()
            assert lines[0] == ": "
            stream.last_id = int(lines[1].removeprefix("id: "))

        written = change("1")

        assert stream.next()["position"] == written


def test_only_listening_is_answered_here(served):
    def status(method, path):
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
        connection.request(method, path)
        return connection.getresponse().status

    assert status("POST", "/live/events?topic=thing:1") == 405
    assert status("GET", "/live/events/?topic=thing:1") == 404
    assert status("GET", "/") == 404
