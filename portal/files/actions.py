"""Receive a file into a draft, take it back, and hand a draft's files to what was created of it."""

import hashlib
import logging
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from portal.files import refusals
from portal.files.models import Upload, private_storage, random_path
from portal.files.refusals import Refused
from portal.files.rules import MAX_BYTES, MAX_FILES, BadFile, Clean, Fault, clean
from portal.files.rules.drafts import KEPT_FOR, MAX_BYTES_OF_ALL_DRAFTS
from portal.journal.realtime import real_now
from portal.kernel import vault
from portal.kernel.clock import Clock

logger = logging.getLogger(__name__)


def receive(uploaded: "UploadedFile[Any]", *, draft_key: str, clock: Clock) -> Upload:
    """Check one file, keep it for the draft and return its row.

    draft_key: `rules.drafts.draft_key` of the form's token; holding the token is the permission.
    Raises Refused with the sentence to show. Not inside a transaction: the row is committed
    before the bytes are written and marked whole after, so that a process that dies in
    between leaves something the sweep finds.
    """
    if (uploaded.size or 0) > MAX_BYTES:  # before it is read into memory
        raise refusals.of(Fault.TOO_LARGE)
    try:
        kept = clean(uploaded.name or "", uploaded.read())
    except BadFile as bad:
        raise refusals.of(bad.fault) from None
    upload = _reserve(kept, draft_key, clock)
    _write(upload, kept.content)
    return upload


def remove(upload_id: UUID, *, draft_key: str) -> bool:
    """Take a file back out of a draft; tell whether it was there."""
    mine = Upload.objects.filter(id=upload_id, draft_key=draft_key, state=Upload.State.KEPT).exclude(draft_key="")
    upload = mine.first()
    if upload is None or not mine.update(state=Upload.State.REMOVED):
        return False
    erase(upload)
    return True


def attach(*, draft_key: str, ref: str) -> int:
    """Hand the draft's files to the aggregate `ref` and return how many there were.

    Called by the action that creates the aggregate, in its transaction.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("files are attached in the transaction that creates their owner")
    # One statement: a sweep or a removal at the same moment has either come before or finds nothing.
    return (
        Upload.objects.filter(draft_key=draft_key, state=Upload.State.KEPT)
        .exclude(draft_key="")
        .update(ref=ref, draft_key="", expires_at=None)
    )


def discard(ref: str) -> int:
    """Let go of all files of an aggregate and return how many; the sweep erases their bytes within minutes.

    From the caller's commit on nobody can open them, and their names are gone.
    """
    return (
        Upload.objects.filter(ref=ref, state=Upload.State.KEPT)
        .exclude(ref="")
        .update(state=Upload.State.REMOVED, name_sealed="")
    )


def erase(upload: Upload) -> None:
    """Delete the bytes, then the row; if the storage fails the row stays for the next sweep.

    The row must be marked as removed, and that must be committed.
    """
    try:
        private_storage().delete(upload.path)
    except Exception as error:
        logger.error("upload_not_erased", extra={"upload": str(upload.id), "error": type(error).__name__})
        return
    Upload.objects.filter(id=upload.id, state=Upload.State.REMOVED).delete()


def _reserve(kept: Clean, draft_key: str, clock: Clock) -> Upload:
    """Take a free slot of the draft. Raises Refused when all are taken."""
    for _attempt in range(MAX_FILES):
        try:
            with transaction.atomic(durable=True):
                return _take_slot(kept, draft_key, clock)
        except IntegrityError:
            continue  # a parallel upload was quicker; look again
    raise Refused(refusals.TOO_MANY_FILES)


def _take_slot(kept: Clean, draft_key: str, clock: Clock) -> Upload:
    held = Upload.objects.filter(draft_key=draft_key).exclude(state=Upload.State.REMOVED)
    taken = set(held.values_list("slot", flat=True))
    free = [slot for slot in range(1, MAX_FILES + 1) if slot not in taken]
    if not free:
        raise Refused(refusals.TOO_MANY_FILES)
    drafts: int = Upload.objects.exclude(expires_at=None).aggregate(size=Sum("size"))["size"] or 0
    if drafts + len(kept.content) > MAX_BYTES_OF_ALL_DRAFTS:
        raise Refused(refusals.NO_ROOM)
    return Upload.objects.create(
        draft_key=draft_key,
        slot=free[0],
        expires_at=real_now() + KEPT_FOR,
        name_sealed=vault.installed().seal(kept.name),
        content_type=kept.kind.content_type,
        size=len(kept.content),
        path=random_path(),
        sha256=hashlib.sha256(kept.content).hexdigest(),
        uploaded_at=clock.now(),
    )


def _write(upload: Upload, content: bytes) -> None:
    """Write the bytes and mark the row whole, or leave neither and raise Refused."""
    incoming = Upload.objects.filter(id=upload.id, state=Upload.State.INCOMING)
    try:
        private_storage().save(upload.path, ContentFile(content))
    except Exception as error:  # a full disk, a lost mount, an S3 error of any class
        logger.error("upload_not_stored", extra={"upload": str(upload.id), "error": type(error).__name__})
        incoming.update(state=Upload.State.REMOVED)
        erase(upload)
        raise Refused(refusals.STORAGE_DOWN) from error
    upload.state = Upload.State.KEPT
    incoming.update(state=upload.state)
