"""The table of uploads. The bytes lie in the private storage, below no address."""

import secrets
import uuid
from typing import IO

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.files.rules import MAX_FILES
from portal.kernel import vault


def random_path() -> str:
    """Return a new path in the private storage: 128 random bits that say nothing."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token[2:]}"


def private_storage() -> Storage:
    """Return where the bytes lie."""
    return storages["private"]


class Upload(models.Model):
    """One file that somebody handed in.

    It belongs to a draft first (`draft_key`, the fingerprint of a form's token; `expires_at`
    in real time) and to an aggregate once that was created (`ref`).
    name_sealed: file names are personal ("王某病历.pdf"), hence encrypted.
    sha256: of the kept bytes; for this table only, never for the journal.
    """

    class State(models.TextChoices):
        """Bytes being written, kept, or to be swept away together with the row."""

        INCOMING = "incoming", _("接收中")
        KEPT = "kept", _("已保存")
        REMOVED = "removed", _("已删除")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.INCOMING)
    ref = models.CharField(max_length=120, blank=True)
    draft_key = models.CharField(max_length=64, blank=True)
    slot = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(null=True, blank=True)
    name_sealed = models.TextField()
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=40, unique=True)
    is_public = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = [
            # A slot, not a count: five parallel uploads into the last free place give one.
            models.UniqueConstraint(
                fields=["draft_key", "slot"],
                condition=~Q(draft_key="") & ~Q(state="removed"),
                name="files_upload_slot_of_draft",
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MAX_FILES), name="files_upload_slot_within_limit"
            ),
            models.CheckConstraint(
                condition=(Q(ref="") & ~Q(draft_key="") & Q(expires_at__isnull=False))
                | (~Q(ref="") & Q(draft_key="", expires_at=None)),
                name="files_upload_of_draft_or_of_aggregate",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["incoming", "kept", "removed"]), name="files_upload_state_known"
            ),
            models.CheckConstraint(condition=Q(ref="") | ~Q(state="incoming"), name="files_upload_attached_is_whole"),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(ref=""), name="files_upload_draft_is_private"),
        ]
        indexes = [
            models.Index(fields=["ref", "slot"], condition=~Q(ref=""), name="files_upload_ref"),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="files_upload_expiry"),
            models.Index(fields=["id"], condition=Q(state="removed"), name="files_upload_removed"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """The name its owner gave it, tidied."""
        return vault.installed().open(self.name_sealed)

    def open(self) -> IO[bytes]:
        """Open the bytes for reading. Raises OSError when the storage fails."""
        return private_storage().open(self.path)
