"""What was, is or will be told to whom, and how."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.kernel.actors import Actor
from portal.notifications.addresses import Channel, person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Queries over notices."""

    def visible_to(self, actor: Actor) -> "NoticeQuerySet":
        """Keep the actor's own inbox; twin of `P.READ_NOTICE`."""
        if not actor.is_person:
            return self.none()
        return self.filter(channel=Channel.INBOX, recipient=person(actor.id))

    def unread(self) -> "NoticeQuerySet":
        """Keep what has not been read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message about one event to one recipient over one channel.

    position: of the event in the journal, whose rows are never removed.
    recipient, ref: reference strings; nobody's address is kept here, it is looked up when the message goes out.
    params: ids, codes, numbers and instants for the text, checked by the kind (see `params`).
    message_id: made from the row's key, so that a message sent twice carries one id.
    held_until: its recipient's quiet hours end then, or their digest goes out.
    in_digest: it goes out in one mail with others. carrier: the one of them that stands for the mail.
    sent_at: when it was handed over. delivered_at: when the carrier said that it has arrived; mail says nothing more.
    created_at, held_until, sent_at, delivered_at and read_at are the house's time; due_at and leased_until are real time.
    error: why not, as a code: never a text that could quote an address (see `labels`).
    """

    class Status(models.TextChoices):
        """Waiting for its hour, for the worker (also for another try), handed over, given up, or not to be sent."""

        HELD = "held", _("稍后发送")
        QUEUED = "queued", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("未送达")
        SKIPPED = "skipped", _("不再发送")

    position = models.BigIntegerField()
    recipient = models.CharField(max_length=120)
    channel = models.CharField(max_length=5, choices=Channel)
    kind = models.CharField(max_length=80)
    ref = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    status = models.CharField(max_length=7, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)
    in_digest = models.BooleanField(default=False)
    carrier = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="carried", null=True, blank=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120)
    error = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(fields=["position", "recipient", "channel"], name="notifications_notice_once"),
            models.CheckConstraint(
                condition=Q(channel__in=["inbox", "email", "sms"]), name="notifications_notice_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | Q(status__in=["held", "queued", "failed", "skipped"], sent_at=None),
                name="notifications_notice_sent_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(status="held", held_until__isnull=False) | (~Q(status="held") & Q(held_until=None)),
                name="notifications_notice_held_has_end",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(status="sent"), name="notifications_notice_delivered_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(channel="inbox", status="sent") | (~Q(channel="inbox") & Q(read_at=None)),
                name="notifications_notice_only_inbox_is_read",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="notifications_due", condition=Q(status="queued")),
            models.Index(fields=["held_until"], name="notifications_held", condition=Q(status="held")),
            models.Index(fields=["recipient", "-created_at"], name="notifications_inbox", condition=Q(channel="inbox")),
            models.Index(fields=["recipient"], name="notifications_unread", condition=Q(channel="inbox", read_at=None)),
            models.Index(fields=["-created_at"], name="notifications_failed", condition=Q(status="failed")),
            models.Index(fields=["ref", "recipient"], name="notifications_by_matter"),
            models.Index(fields=["message_id"], name="notifications_by_sms_id", condition=Q(channel="sms")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient} ({self.channel}, {self.status})"

    @property
    def is_unread(self) -> bool:
        """Tell whether the recipient has not opened it yet."""
        return self.read_at is None
