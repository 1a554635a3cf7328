"""What a recipient has chosen about their messages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.notifications.rules.timing import MORNING, Quiet, QuietChoice, Rhythm, Wishes


class Preference(models.Model):
    """One recipient's choices; without a row what the site does by itself holds.

    recipient: reference string: a person, or a question that was asked without an account.
    switched_off: {key of a group: [channels]}; what is not there is on.
    hour, weekday: when a digest goes out, local; 0 is midnight, and Monday.
    """

    class RhythmChoice(models.TextChoices):
        """How often e-mails come, in words."""

        AT_ONCE = Rhythm.AT_ONCE.value, _("随时发送")
        DAILY = Rhythm.DAILY.value, _("每天汇总成一封")
        WEEKLY = Rhythm.WEEKLY.value, _("每周汇总成一封")

    recipient = models.CharField(max_length=120, unique=True)
    switched_off = models.JSONField(default=dict)
    rhythm = models.CharField(max_length=7, choices=RhythmChoice, default=RhythmChoice.AT_ONCE)
    hour = models.PositiveSmallIntegerField(default=MORNING)
    weekday = models.PositiveSmallIntegerField(default=0)
    quiet = models.CharField(max_length=4, default=QuietChoice.SITE.value)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=list(Rhythm)), name="notifications_preference_rhythm_known"),
            models.CheckConstraint(condition=Q(hour__lte=23, weekday__lte=6), name="notifications_preference_hour"),
            models.CheckConstraint(
                condition=Q(quiet="own", quiet_from__isnull=False, quiet_until__isnull=False)
                | Q(quiet__in=["site", "none"], quiet_from=None, quiet_until=None),
                name="notifications_preference_own_quiet_has_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} ({self.rhythm})"

    @property
    def wishes(self) -> Wishes:
        """The choices as the rules read them."""
        own = Quiet(self.quiet_from, self.quiet_until) if self.quiet_from and self.quiet_until else None
        return Wishes(
            off={group: frozenset(channels) for group, channels in self.switched_off.items()},
            rhythm=Rhythm(self.rhythm),
            hour=self.hour,
            weekday=self.weekday,
            quiet=QuietChoice(self.quiet),
            own_quiet=own,
        )
