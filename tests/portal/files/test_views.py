import uuid
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from portal.files import access
from portal.files.actions import attach, receive
from portal.files.models import Upload, private_storage
from portal.files.rules.drafts import draft_key
from portal.files.views import download
from portal.kernel.actors import Actor, ActorKind
from portal.kernel.clock import FixedClock
from portal.kernel.permissions import ALLOWED, Decision
from tests.factories import files

pytestmark = pytest.mark.django_db

DRAFT = draft_key("token")
REF = "tests.thing:1"
OWNER = Actor(kind=ActorKind.PERSON, id="owner")
STRANGER = Actor(kind=ActorKind.PERSON, id="stranger")
SANDBOX = "default-src 'none'; sandbox"


@pytest.fixture(autouse=True)
def rule(monkeypatch):
    monkeypatch.setattr(access, "_rules", {})
    access.register("tests.thing", lambda actor, ref: ALLOWED if (actor, ref.id) == (OWNER, "1") else Decision(False))


@pytest.fixture
def upload():
    sent = SimpleUploadedFile("王某的病历.pdf", files.pdf())
    received = receive(sent, draft_key=DRAFT, clock=FixedClock(datetime(2026, 3, 2, tzinfo=UTC)))
    with transaction.atomic():
        attach(draft_key=DRAFT, ref=REF)
    return Upload.objects.get(id=received.id)


@pytest.fixture
def get(rf):
    def get(upload_id, actor=OWNER, method="get"):
        request = getattr(rf, method)(f"/files/{upload_id}/")
        request.actor = actor
        return download(request, upload_id)

    return get


def test_the_owner_gets_the_bytes_as_an_attachment_that_nothing_can_run(get, upload):
    response = get(upload.id)

    assert b"".join(response.streaming_content) == files.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('王某的病历.pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"


def test_the_proxy_sends_the_bytes_where_the_settings_say_so(get, upload, settings):
    settings.PRIVATE_ACCEL_PREFIX = "/_private/"

    response = get(upload.id)

    assert response["X-Accel-Redirect"] == f"/_private/{upload.path}"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == SANDBOX
    assert response["Cache-Control"] == "private, no-store"
    assert response.content == b""


@pytest.mark.parametrize("actor", [STRANGER, Actor()])
def test_for_everybody_else_there_is_no_such_file(get, upload, actor):
    with pytest.raises(Http404):
        get(upload.id, actor)


def test_a_replayed_address_opens_nothing(client, upload):
    assert client.get(reverse("files:download", args=[upload.id])).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"state": Upload.State.REMOVED},
        {"ref": "tests.thing:2"},
        {"ref": "tests.unknown:1"},
        {"ref": "no reference"},
    ],
)
def test_hidden_for_the_owner_too(get, upload, changed):
    Upload.objects.update(**changed)

    with pytest.raises(Http404):
        get(upload.id)


def test_a_draft_s_file_and_an_unknown_one_are_nobody_s(get):
    received = receive(
        SimpleUploadedFile("a.pdf", files.pdf()), draft_key=DRAFT, clock=FixedClock(datetime(2026, 3, 2, tzinfo=UTC))
    )

    for upload_id in (received.id, uuid.uuid4()):
        with pytest.raises(Http404):
            get(upload_id)


def test_a_published_file_is_everybody_s(get, upload):
    Upload.objects.update(is_public=True)

    assert get(upload.id, Actor()).status_code == 200


def test_a_file_whose_bytes_are_out_of_reach_is_said_to_be(get, upload):
    private_storage().delete(upload.path)

    response = get(upload.id)

    assert response.status_code == 503
    assert response["Retry-After"] == "60"


def test_files_are_read_only(get, upload):
    assert get(upload.id, method="post").status_code == 405
    assert get(upload.id, method="head").status_code == 200


def test_no_address_leads_past_the_question(client, upload):
    for root in ("media", "private", "static"):
        assert client.get(f"/{root}/{upload.path}", follow=True).status_code == 404
    with pytest.raises(ValueError, match="no address"):
        private_storage().url(upload.path)


def test_a_kind_has_one_rule():
    with pytest.raises(ValueError, match="two rules"):
        access.register("tests.thing", lambda actor, ref: ALLOWED)
