"""The question itself, and the topics it can be about."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.rules.contacts import CALLABLE, Contact
from portal.answers.states import EXCLUDED, OPEN, REPLIED, Publication, State
from portal.kernel import vault

if TYPE_CHECKING:
    from portal.answers.models.replying import Rating


class Topic(models.Model):
    """What a question can be about; the list is the operator's data."""

    slug = models.SlugField(_("代码"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the language of the page."""
        return (self.name_en if get_language() == "en" else "") or self.name


class Question(models.Model):
    """A question with its two promises. Every instant is written by an action from one reading of the clock.

    number: what people say on the telephone, "Q261123-7K2M9Q"; no secret.
    tracking_hash: of the code that opens the question without an account; the code is not kept.
    office: who holds it now, the centre at first. centre: who screened and dispatches it.
    accept_due, reply_due: exclusive ends; no transfer moves them, only an extension, a pause or the calendar.
    plain_due: the reply's end as first promised, once an extension or a pause has moved `reply_due`.
    extended_by: working days granted.
    paused_at, lapses_at: since when the reply clock stands still, and until when the asker may end that.
    reopen_due: end of a reopened question's own clock, until the second answer.
    lead, merged_at: the question it was merged into, and when. members_due: nearest end among those merged into this one.
    helpers: ids of the offices asked to contribute, so that permissions need no query.
    version: grows with every step, so that a stale form is noticed.
    public_title: the title as the centre let it through; "" until screened.
    confidential: title, text, place and nickname are sealed in `Confidence`; these columns hold what the office may read.
    told_at: when staff told the asker the latest answer; only of what was told to staff.
    channel: how it came in. submitted_at: when the asker spoke, which is not when staff typed it (`Intake`).
    """

    class Channel(models.TextChoices):
        """How the question came in: typed by the asker, or told to staff who typed it."""

        ONLINE = "online", _("网上")
        TELEPHONE = "telephone", _("电话")
        COUNTER = "counter", _("窗口")
        VISIT = "visit", _("上门")
        LETTER = "letter", _("来信")

    class ContactKind(models.TextChoices):
        """How an asker without account can be reached. PHONE takes text messages, CALL wants to be called."""

        NONE = "none", _("不留联系方式")
        PHONE = "phone", _("手机")
        EMAIL = "email", _("电子邮箱")
        CALL = "call", _("打电话")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_token = models.UUIDField(unique=True, editable=False)
    number = models.CharField(_("编号"), max_length=20, unique=True)
    tracking_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, default=State.SUBMITTED)
    version = models.PositiveIntegerField(default=1)

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions", verbose_name=_("主题"))
    title = models.CharField(_("标题"), max_length=60)
    text = models.TextField(_("内容"), max_length=3000)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    commit_key = models.BinaryField(max_length=32)
    language = models.CharField(max_length=10, default="zh-hans")
    channel = models.CharField(_("来源"), max_length=9, choices=Channel, default=Channel.ONLINE)

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions", null=True, blank=True
    )
    nickname = models.CharField(_("称呼"), max_length=20, blank=True)
    contact_kind = models.CharField(max_length=5, choices=ContactKind, default=ContactKind.NONE)
    contact_sealed = models.TextField(blank=True)
    contact_index = models.CharField(max_length=64, blank=True)
    consents = models.BooleanField(_("同意公开"), default=False)
    confidential = models.BooleanField(_("保密"), default=False)
    unproven = models.BooleanField(default=False, help_text=_("提交时未完成工作量证明，审核时请留意。"))

    centre = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="questions")
    wished_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    submitted_at = models.DateTimeField()
    accept_due = models.DateTimeField()
    reply_due = models.DateTimeField()
    reply_provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=200)
    plain_due = models.DateTimeField(null=True, blank=True)
    plain_provisional = models.BooleanField(default=False)
    extended_by = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    lapses_at = models.DateTimeField(null=True, blank=True)
    reopen_due = models.DateTimeField(null=True, blank=True)
    reopen_provisional = models.BooleanField(default=False)
    lead = models.ForeignKey("self", on_delete=models.PROTECT, related_name="members", null=True, blank=True)
    merged_at = models.DateTimeField(null=True, blank=True)
    emergency = models.ForeignKey(
        "portal_answers.Emergency", on_delete=models.PROTECT, related_name="questions", null=True, blank=True
    )
    members_due = models.DateTimeField(null=True, blank=True)
    helpers = models.JSONField(default=list, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rating_ends_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # Derived from the running clocks by `settling.schedule`; stored so that an index can order by them.
    nearest_due = models.DateTimeField(null=True, blank=True)
    settle_at = models.DateTimeField(null=True, blank=True)

    public_title = models.CharField(_("公开标题"), max_length=60, blank=True)
    publication = models.CharField(max_length=10, default=Publication.PRIVATE)

    class Meta:
        verbose_name = _("问题")
        verbose_name_plural = _("问题")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(State)), name="answers_question_state_known"),
            models.CheckConstraint(
                condition=Q(channel__in=["online", "telephone", "counter", "visit", "letter"]),
                name="answers_question_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(publication__in=list(Publication)), name="answers_question_publication_known"
            ),
            models.CheckConstraint(
                condition=Q(confidential=False)
                | Q(consents=False, publication="private", public_title="", place="", nickname=""),
                name="answers_question_confidential_stays_so",
            ),
            models.CheckConstraint(
                condition=Q(accept_due__gt=F("submitted_at")) & Q(reply_due__gt=F("submitted_at")),
                name="answers_question_due_after_submission",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | ~Q(state__in=["answered", "rated", "closed", "reopened"]),
                name="answers_question_answered_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(answered_at__isnull=False), name="answers_question_told_after_answer"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", lead__isnull=False) | ~Q(state="merged"),
                name="answers_question_merged_has_lead",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting_asker", paused_at__isnull=False)
                | (~Q(state="waiting_asker") & Q(paused_at=None)),
                name="answers_question_waits_paused",
            ),
            models.CheckConstraint(
                condition=~Q(publication="published") | Q(consents=True), name="answers_question_published_by_consent"
            ),
            models.CheckConstraint(
                condition=Q(contact_kind="none", contact_sealed="") | (~Q(contact_kind="none") & ~Q(contact_sealed="")),
                name="answers_question_contact_has_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["nearest_due", "id"], name="answers_queue", condition=Q(state__in=sorted(OPEN))),
            models.Index(
                fields=["office", "nearest_due"], name="answers_queue_office", condition=Q(state__in=sorted(OPEN))
            ),
            models.Index(
                fields=["nearest_due", "id"],
                name="answers_queue_edited",
                condition=Q(state__in=sorted(OPEN)) & ~Q(publication="private"),
            ),
            models.Index(
                fields=["-submitted_at", "id"], name="answers_replied", condition=Q(state__in=sorted(REPLIED))
            ),
            models.Index(
                fields=["topic", "nearest_due"], name="answers_queue_topic", condition=Q(state__in=sorted(OPEN))
            ),
            models.Index(
                fields=["centre", "topic", "-submitted_at"],
                name="answers_open_topic",
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(fields=["settle_at"], name="answers_settle", condition=Q(settle_at__isnull=False)),
            models.Index(fields=["office", "-submitted_at"], name="answers_by_office"),
            models.Index(fields=["asker", "-submitted_at"], name="answers_by_asker"),
            models.Index(fields=["state", "closes_at"], name="answers_closes"),
            models.Index(fields=["ended_at"], name="answers_excluded", condition=Q(state__in=sorted(EXCLUDED))),
            models.Index(
                fields=["rating_ends_at"], name="answers_rating_ends", condition=Q(rating_ends_at__isnull=False)
            ),
            models.Index(fields=["lapses_at"], name="answers_lapses", condition=Q(state="waiting_asker")),
            models.Index(fields=["lead"], name="answers_by_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["publication", "-answered_at"], name="answers_by_publication"),
            models.Index(
                fields=["-submitted_at", "id"], name="answers_to_tell", condition=Q(contact_kind="call", told_at=None)
            ),
            models.Index(fields=["submitted_at", "channel"], name="answers_by_channel"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """The reference string of this question."""
        return f"portal.answers.question:{self.pk}"

    @property
    def rating(self) -> "Rating | None":
        """The asker's latest verdict, from the prefetched `ratings`."""
        own = [rating for rating in self.ratings.all() if rating.source == "asker"]
        return own[-1] if own else None

    @property
    def by_staff(self) -> bool:
        """Tell whether staff entered it for somebody."""
        return self.channel != self.Channel.ONLINE

    @property
    def told_by_phone(self) -> "Rating | None":
        """What the asker said when the centre called back, from the prefetched `ratings`; never instead of `rating`."""
        return next((rating for rating in self.ratings.all() if rating.source == "call_back"), None)

    @property
    def telephone(self) -> Contact | None:
        """Where the asker may be called back, opened: the question's number, else the account's; None without one."""
        if self.contact_kind in CALLABLE:
            return Contact(self.contact_kind, self.contact)
        return Contact("phone", self.asker.phone) if self.asker and self.asker.phone_verified else None

    @property
    def contact(self) -> str:
        """The contact of an asker without account, opened; or the empty text. On-line it was verified."""
        return vault.installed().open(self.contact_sealed)
