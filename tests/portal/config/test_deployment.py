"""The shipped units and the shipped proxy settings, with production settings, over real connections."""

import gzip
import json
import shutil
import socket
from collections.abc import Callable
from time import sleep

import pytest
from django.db import connection

from benchmarks.burst import play
from benchmarks.crowd.memory import thirds
from portal.files.models import Upload
from portal.kernel import vault
from scripts.check_django import DEPLOYMENT
from tests import database
from tests.fakes.clock import MONDAY_MORNING
from tests.portal.config.deployment import HOST, Deployment

# The database does not matter here; the other round has enough to do.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.sqlite,
    # It is started once, whatever the number of parallel workers.
    pytest.mark.xdist_group("deployment"),
]

PHONE = "13812345678"
MAIL = "wang.min@example.com"
SECRET = "a-very-secret-code"
BROWSER = "Private-Browser/7"


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    """The running deployment."""
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed (Debian: nginx)")
    with django_db_blocker.unblock():
        url = database.address()
        connection.close()
    environment = DEPLOYMENT | {
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "TRUSTED_PROXY_COUNT": "1",
        "PRIVATE_ACCEL_PREFIX": "/_private/",
    }
    with Deployment(tmp_path_factory.mktemp("site"), environment) as site:
        yield site
        stopped_within = max(site.stop("web"), site.stop("live"))
    assert stopped_within < 6, "a restart of the services is short"


def test_a_page_comes_over_tls_with_what_keeps_it_there(site):
    page = site.ask("/ask/")
    plain = site.ask("/ask/?q=1", tls=False)

    assert page.status == 200
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/ask/?q=1")


def eventually(look: Callable[[], list[str]], *, count: int) -> list[str]:
    """Look again until there are `count`, for two seconds at most; return what was seen last."""
    for _ in range(20):
        if len(found := look()) >= count:
            break
        sleep(0.1)
    return found


def test_the_proxy_keeps_pages_for_those_who_are_nobody_in_particular(site):
    def kept():
        return [line.split()[-1] for line in site.proxy_log() if " /answers " in line]

    before = len(kept())
    for headers in ({}, {}, {"Cookie": "display=elder"}, {"Cookie": "__Host-session=x"}):
        assert site.ask("/answers/?topic=nobody-else-asks-for-this", **headers).status == 200

    # The proxy writes its line after it has answered.
    asked = eventually(lambda: kept()[before:], count=4)
    assert asked == ["MISS", "HIT", "BYPASS", "BYPASS"]


def test_a_page_older_than_a_second_is_served_while_it_is_renewed(site):
    def kept():
        return [line.split()[-1] for line in site.proxy_log() if " /about " in line]

    for wait in (0, 0, 2.2, 0.5):  # nginx counts in whole seconds
        sleep(wait)
        assert site.ask("/about/").status == 200

    assert eventually(kept, count=4) == ["MISS", "HIT", "STALE", "HIT"]


def test_pages_travel_compressed_and_for_elders_are_their_own(site):
    page = site.ask("/accessibility/", Accept_Encoding="gzip")
    elder = site.ask("/accessibility/", Cookie="display=elder.normal.light")

    assert page.headers["Content-Encoding"] == "gzip"
    assert b'data-size="standard"' in gzip.decompress(page.body)
    assert b'data-size="elder"' in elder.body
    assert b'data-size="standard"' in site.ask("/accessibility/").body


def test_of_what_editors_upload_only_shown_pictures_have_an_address(site):
    for name in ("documents/form.txt", "original_images/photo.txt", "images/photo.txt"):
        path = site.var / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("bytes")

    assert {
        name: site.ask(f"/media/{name}").status
        for name in (
            "documents/form.txt",
            "original_images/photo.txt",
            "images/photo.txt",
            "images/../documents/form.txt",
        )
    } == {
        "documents/form.txt": 404,
        "original_images/photo.txt": 404,
        "images/photo.txt": 200,
        "images/../documents/form.txt": 404,
    }


def test_attachments_leave_through_the_portal_only_and_can_run_nothing(site, settings):
    settings.PRIVATE_ROOT = site.var / "private"
    upload = Upload(
        slot=1, content_type="application/pdf", size=5, sha256="0" * 64, path="ab/cd", uploaded_at=MONDAY_MORNING,
        state=Upload.State.KEPT, ref="tests.thing:1", is_public=True,
        name_sealed=vault.Vault([DEPLOYMENT["DATA_KEYS"]], DEPLOYMENT["INDEX_KEY"]).seal("表.pdf"),
    )  # fmt: skip
    upload.save()
    (site.var / "private/ab").mkdir(exist_ok=True)
    (site.var / "private/ab/cd").write_bytes(b"bytes")

    given = site.ask(f"/files/{upload.pk}/")

    assert (given.status, given.body) == (200, b"bytes")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert given.headers["Cache-Control"] == "private, no-store"
    assert site.ask("/_private/ab/cd").status == 404


def test_a_form_with_five_attachments_passes_and_more_does_not(site):
    assert site.ask("/no/such/page/", method="POST", body=b"x" * (56 << 20)).status == 413


def test_live_events_come_from_their_own_process(site):
    refused = site.ask("/live/events?topic=tests.unknown:1")

    assert (refused.status, refused.body) == (404, b"")
    assert site.ask("/live/events").status == 400


def test_probes_answer_the_machine_itself(site):
    assert site.ask("/-/live").status == 200
    ready = json.loads(site.ask("/-/ready").body)
    assert ready["checks"] | {"background": None} == {
        "database": True, "migrations": True, "cache": True, "background": None, "disk": True, "calendar": True,
    }  # fmt: skip


def test_a_burst_of_askers_loses_no_receipt(site):
    played = play(site, seconds=2, rate=6, readers=2, pause=0.2, warm_up=0.5, answers=1, offices=3)

    assert played.wrong == []
    assert played.results.errors == {}
    assert len(played.results.receipts) == 12
    assert len(played.results.read_ms) > 2
    assert played.samples.keys() == {"web", "live", "nginx"}
    assert all(thirds(values)[0] > 5 for values in played.samples.values())


def test_no_process_writes_down_who_asked_for_what(site):
    told = {"User_Agent": BROWSER, "Referer": f"https://{HOST}/?from={SECRET}", "X_Forwarded_For": "203.0.113.9"}
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    site.ask(f"/invitations/{SECRET}/?phone={PHONE}", **told)
    site.ask(f"/no/such/page/?q={MAIL}", **told)
    site.ask("/accounts/login/", method="POST", body=f"login={MAIL}&password={SECRET}", **told, **form)
    site.ask(f"/live/events?topic=tests.unknown:{SECRET}", Cookie=f"__Host-session={SECRET}", **told)
    for name in ("web", "live"):
        garbage(site.ports[name], f"GET /{PHONE} HTTP/x.y\r\nX: {MAIL}\r\n\r\n")
    everything = site.all_that_was_written()

    assert [line for name, line in site.written if name != "nginx" and not is_json(line)] == []
    assert "request_finished" in everything
    for private in (PHONE, MAIL, SECRET, BROWSER, "203.0.113.9", "127.0.0.1"):
        assert private not in everything


def garbage(port, request):
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(request.encode())
        connection.recv(1000)


def is_json(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
