"""Call-backs: the draw of a period, the pool it was drawn from, the calls, and every try to reach somebody."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models.questions import Question
from portal.answers.models.replying import Rating
from portal.answers.states import CallState
from portal.kernel import vault


class CallDraw(models.Model):
    """One draw among the answers whose time for rating ran out from `begins` to before `ends` without a rating.

    commitment: to the seed, published at `committed_at`, before the pool is closed. seed_sealed: the seed;
    nobody may know it before `opened_at`, when the calls are over: from seed and pool everybody
    could tell who will be called. per_office: how many are drawn of each office. due: until when is called (exclusive).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    begins = models.DateField(unique=True)
    ends = models.DateField()
    commitment = models.CharField(max_length=64)
    seed_sealed = models.TextField()
    committed_at = models.DateTimeField()
    per_office = models.PositiveSmallIntegerField(null=True, blank=True)
    pool_size = models.PositiveIntegerField(null=True, blank=True)
    pool_digest = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="answers_draw_ends_later"),
            models.CheckConstraint(
                condition=Q(drawn_at=None, per_office=None, pool_size=None, pool_digest="", due=None)
                | (
                    Q(drawn_at__isnull=False, per_office__isnull=False, pool_size__isnull=False, due__isnull=False)
                    & ~Q(pool_digest="")
                ),
                name="answers_draw_drawn_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gte=F("drawn_at")), name="answers_draw_opened_after_drawing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins} – {self.ends}"

    @property
    def ref(self) -> str:
        """The reference string of this draw."""
        return f"portal.answers.call_draw:{self.pk}"

    @property
    def seed(self) -> str:
        """The seed, opened: for the draw itself, and for everybody once the calls are over."""
        return vault.installed().open(self.seed_sealed)


class CallStratum(models.Model):
    """One office's part of the pool. tickets: sorted (`portal.kernel.draw.ticket`); left_out: how many, by reason."""

    draw = models.ForeignKey(CallDraw, on_delete=models.PROTECT, related_name="strata")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    tickets = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)

    class Meta:
        ordering = ["office__path"]
        constraints = [models.UniqueConstraint(fields=["draw", "office"], name="answers_stratum_once_per_office")]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.office_id}"


class CallBack(models.Model):
    """An asker whom the centre calls. office, month: of the answer; they repeat what its row says, for the figures.

    taken_by, taken_at: who has the number before them now, so that nobody is called by two at once.
    not_before: after a try in vain, from when on the next one is at another time of the day.
    rating: what was said, if somebody was reached.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(CallDraw, on_delete=models.PROTECT, related_name="calls")
    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="call_back")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=11, default=CallState.OPEN)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="call_back", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["draw", "not_before"], name="answers_calls_open", condition=Q(state="open")),
            models.Index(fields=["month", "office", "state"], name="answers_calls_figures"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CallState)), name="answers_call_state_known"),
            models.CheckConstraint(
                condition=Q(state="reached", rating__isnull=False) | (~Q(state="reached") & Q(rating=None)),
                name="answers_call_reached_has_rating",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="answers_call_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="answers_call_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.state}"

    @property
    def ref(self) -> str:
        """The reference string of this call-back."""
        return f"portal.answers.call_back:{self.pk}"


class CallAttempt(models.Model):
    """One try: who telephoned when, and how it went. note: for whoever tries next; the office never sees it."""

    class Outcome(models.TextChoices):
        """How it went."""

        REACHED = "reached", _("接通，已回答")
        NO_ANSWER = "no_answer", _("无人接听、占线或关机")
        REFUSED = "refused", _("接通，不愿回答")
        WRONG_NUMBER = "wrong_number", _("空号，或者不是提问人")

    call = models.ForeignKey(CallBack, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="answers_call_attempt_number")]

    def __str__(self) -> str:
        return f"{self.call_id} #{self.number}: {self.outcome}"
