"""Tables of the journal: events, the work they cause, and the processes that do it."""

import hashlib
import json
from typing import Any

from django.db import models

from portal.kernel.refs import commit


class EventRecord(models.Model):
    """One event: audit trail and outbox in one row, written once and never changed.

    position: global, gapless, in commit order (see `publishing.publish`).
    seq: 1, 2, 3 … within one aggregate; `previous_hash` chains them.
    occurred_at differs from recorded_at for a breach that was noticed late.
    actor: "person:<uuid>", "anonymous:" or "system:<process>"; never a name.
    actor_key: random; the hash holds a commitment under it instead of the actor, so that a chain can
    be published without telling which questions were asked by the same person. None in events written
    before there was one: their hash holds the actor itself.
    """

    position = models.BigIntegerField(primary_key=True)
    aggregate = models.CharField(max_length=120)
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    actor_key = models.BinaryField(max_length=32, null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    payload = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["aggregate", "seq"], name="journal_event_aggregate_seq"),
            models.CheckConstraint(
                condition=models.Q(occurred_at__lte=models.F("recorded_at")), name="journal_event_occurred_first"
            ),
        ]
        indexes = [models.Index(fields=["name", "position"], name="journal_event_name")]

    def __str__(self) -> str:
        return f"{self.position} {self.name} {self.aggregate}#{self.seq}"

    def canonical(self) -> dict[str, Any]:
        """Return what the hash is of: every field, the actor as a commitment, instants in microseconds since 1970."""
        return {
            "position": self.position,
            "aggregate": self.aggregate,
            "seq": self.seq,
            "name": self.name,
            **({"actor": self.actor} if self.actor_key is None else {"actor_commitment": self.actor_commitment}),
            "occurred_at": int(self.occurred_at.timestamp() * 1_000_000),
            "recorded_at": int(self.recorded_at.timestamp() * 1_000_000),
            "payload": self.payload,
            "previous_hash": self.previous_hash,
        }

    @property
    def actor_commitment(self) -> str:
        """The keyed fingerprint of who acted."""
        return commit(bytes(self.actor_key or b""), self.actor)

    def compute_hash(self) -> str:
        """Return the SHA-256 of this event's canonical form, which includes `previous_hash`."""
        text = json.dumps(self.canonical(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        form = b"yishi.event.1:" if self.actor_key is None else b"yishi.event.2:"
        return hashlib.sha256(form + text.encode()).hexdigest()


class JournalHead(models.Model):
    """The one row whose lock orders commits: it holds the last position given out."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="journal_head_is_one_row")]

    def __str__(self) -> str:
        return str(self.position)


class Bookmark(models.Model):
    """How far a reader has read."""

    reader = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} @ {self.position}"


class HandlerRun(models.Model):
    """One handler's duty towards one event; retried with back-off, then left for staff to see.

    due_at and leased_until are real time, never the movable clock of a demo.
    """

    class Status(models.TextChoices):
        """Waiting (also for another try), done, or given up."""

        WAITING = "waiting", "等待"
        DONE = "done", "完成"
        DEAD = "dead", "已放弃"

    event = models.ForeignKey(EventRecord, on_delete=models.PROTECT, related_name="runs")
    handler = models.CharField(max_length=80)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="journal_run_once_per_handler"),
            models.CheckConstraint(
                condition=models.Q(status__in=["waiting", "done", "dead"]), name="journal_run_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status="waiting", finished_at=None)
                | (~models.Q(status="waiting") & models.Q(finished_at__isnull=False)),
                name="journal_run_finished_when_not_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(status="waiting"), name="journal_run_due"),
            models.Index(fields=["status", "-finished_at"], name="journal_run_status"),
        ]

    def __str__(self) -> str:
        return f"{self.handler} for {self.event_id}: {self.status}"


class ProcessLease(models.Model):
    """Leadership of a background process: one holder until `until` (real time)."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"


class Heartbeat(models.Model):
    """When a background process was last seen working (real time)."""

    process = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process} {self.at}"
