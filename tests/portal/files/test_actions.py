import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from portal.files import queries
from portal.files.actions import attach, receive, remove
from portal.files.models import Upload
from portal.files.refusals import Refused
from portal.files.rules import MAX_FILES
from portal.files.rules.drafts import KEPT_FOR, draft_key
from portal.files.sweep import sweep
from portal.journal.realtime import real_now
from portal.kernel.clock import FixedClock
from tests.factories import files

pytestmark = pytest.mark.django_db

CLOCK = FixedClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
DRAFT = draft_key("a form's token")
REF = f"portal.answers.question:{uuid.uuid4()}"


def send(name="照片.jpg", content=None, draft=DRAFT):
    return receive(SimpleUploadedFile(name, content or files.photo(16, 16)), draft_key=draft, clock=CLOCK)


def hand_over(draft=DRAFT, ref=REF):
    with transaction.atomic():
        return attach(draft_key=draft, ref=ref)


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.reason.code


def test_a_file_is_kept_for_its_draft_under_a_name_only_we_can_read(kept_files):
    upload = send()

    stored = Upload.objects.get()
    assert (stored.state, stored.draft_key, stored.ref, stored.is_public) == ("kept", DRAFT, "", False)
    assert stored.uploaded_at == CLOCK.now()
    assert stored.name == "照片.jpg"
    assert "照片" not in stored.name_sealed
    with stored.open() as content:
        assert len(content.read()) == stored.size
    assert [path.name in upload.path for path in kept_files()] == [True]
    assert [oct(path.stat().st_mode)[-3:] for path in kept_files()] == ["600"]


def test_a_refused_file_leaves_nothing(kept_files):
    assert refusal_of(send, "页面.html", b"<html>") == "type_unknown"
    assert not Upload.objects.exists()
    assert kept_files() == []


def test_a_file_too_large_is_refused_before_it_is_read():
    large = SimpleUploadedFile("a.pdf", files.pdf())
    large.size = 11 * 2**20
    large.file = None

    assert refusal_of(receive, large, draft_key=DRAFT, clock=CLOCK) == "too_large"


def test_a_draft_holds_five_files_and_a_removed_one_makes_room():
    uploads = [send() for _ in range(MAX_FILES)]
    assert refusal_of(send) == "too_many_files"

    assert remove(uploads[1].id, draft_key=DRAFT)

    assert send().slot == 2
    assert queries.of_draft(DRAFT).count() == MAX_FILES


def test_only_the_draft_itself_can_take_a_file_back(kept_files):
    upload = send()

    assert not remove(upload.id, draft_key=draft_key("somebody else's token"))
    assert not remove(upload.id, draft_key="")
    assert remove(upload.id, draft_key=DRAFT)
    assert not remove(upload.id, draft_key=DRAFT)
    assert kept_files() == []
    assert not Upload.objects.exists()


def test_what_was_created_takes_over_the_draft_s_files_in_order():
    send("一.jpg"), send("二.jpg"), send("别人.jpg", draft=draft_key("another"))

    assert hand_over() == 2

    assert [upload.name for upload in queries.attached_to(REF)] == ["一.jpg", "二.jpg"]
    assert [upload.name for upload in queries.attached_to_each([REF, "x:1"])[REF]] == ["一.jpg", "二.jpg"]
    assert not queries.of_draft(DRAFT).exists()
    assert hand_over(ref="portal.answers.question:2") == 0, "a second submission finds nothing"


def test_an_attached_file_cannot_be_taken_back():
    upload = send()
    hand_over()

    assert not remove(upload.id, draft_key=DRAFT)
    assert not remove(upload.id, draft_key="")


def test_an_empty_draft_key_never_matches_what_is_attached():
    send()
    hand_over()

    assert hand_over(draft="", ref="portal.answers.question:2") == 0
    assert not queries.of_draft("").exists()


@pytest.mark.django_db(transaction=True)
def test_attaching_asks_for_a_transaction():
    with pytest.raises(RuntimeError):
        attach(draft_key=DRAFT, ref=REF)


def test_a_full_disk_is_said_and_nothing_is_half_saved(broken_storage, kept_files):
    assert refusal_of(send) == "storage_down"
    assert kept_files() == []
    assert not Upload.objects.exists()


def test_drafts_together_never_fill_the_disk(monkeypatch):
    monkeypatch.setattr("portal.files.actions.MAX_BYTES_OF_ALL_DRAFTS", 150)
    send("一.pdf", files.pdf())
    hand_over()
    send("二.pdf", files.pdf())

    assert refusal_of(send, "三.pdf", files.pdf(), draft=draft_key("another")) == "no_room"


def expire(*uploads):
    Upload.objects.filter(id__in=[upload.id for upload in uploads]).update(expires_at=real_now() - timedelta(seconds=1))


def test_the_sweep_takes_abandoned_drafts_and_leaves_the_rest(kept_files):
    attached = send()
    hand_over()
    abandoned, fresh = send(), send()
    assert fresh.expires_at - real_now() > KEPT_FOR - timedelta(minutes=1)
    expire(abandoned)

    assert sweep(CLOCK) == 1

    assert set(Upload.objects.all()) == {attached, fresh}
    assert len(kept_files()) == 2
    assert sweep(CLOCK) == 0


def test_the_sweep_takes_what_a_dying_process_left_half_received(kept_files):
    upload = send()
    Upload.objects.update(state=Upload.State.INCOMING)
    assert hand_over() == 0
    expire(upload)

    sweep(CLOCK)

    assert kept_files() == []


def test_what_cannot_be_erased_now_is_erased_by_the_next_sweep(monkeypatch, kept_files):
    upload = send()
    with monkeypatch.context() as broken:
        broken.setattr(
            "portal.files.storage.PrivateStorage.delete", lambda self, name: (_ for _ in ()).throw(OSError(5))
        )
        assert remove(upload.id, draft_key=DRAFT)
    assert not queries.of_draft(DRAFT).exists()
    assert len(kept_files()) == 1

    sweep(CLOCK)

    assert kept_files() == []
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"slot": 6},
        {"slot": 0},
        {"state": "lost"},
        {"ref": REF},
        {"draft_key": ""},
        {"expires_at": None},
        {"is_public": True},
        {"ref": REF, "draft_key": "", "expires_at": None, "state": "incoming"},
    ],
)
def test_the_table_refuses_rows_that_cannot_be(wrong):
    send()

    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_parallel_uploads_never_exceed_the_limit():
    outcomes = []
    together = threading.Barrier(8)

    def upload():
        try:
            together.wait(20)
            outcomes.append(send().slot)
        except Refused as refused:
            outcomes.append(refused.reason.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(outcomes, key=str) == [1, 2, 3, 4, 5, *["too_many_files"] * 3]
    assert queries.of_draft(DRAFT).count() == MAX_FILES
