"""What the question desk adds to the self-check of the pages: apps beside each other do not know of each other."""

from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.answers.models import Listing, Question
from portal.answers.states import OPEN
from portal.kernel.workdays import local_date, start_of
from portal.pages.inspection.indicators import CODE, register
from portal.pages.rules.inspection import (
    REPLIES_IDLE,
    UNANSWERED,
    Indicator,
    Part,
    Place,
    State,
    state_of_age,
    state_of_count,
)


def replies(today: date) -> list[Indicator]:
    """Return how the desk stands: nobody waits for three months, and answers come out. Two queries."""
    waiting = Question.objects.filter(state__in=OPEN, answered_at=None, submitted_at__lt=start_of(today - UNANSWERED))
    count = waiting.count()
    latest = Listing.objects.filter(is_answered=True).aggregate(latest=Max("answered_at"))["latest"]
    day = local_date(latest) if latest else None
    return [
        Indicator(
            "unanswered",
            gettext_lazy("没有三个月未答复的问题"),
            Part.KNOCK_OUT,
            state_of_count(count, fails_at=1),
            ngettext("%(count)d 个问题", "%(count)d 个问题", count) % {"count": count} if count else _("没有发现"),
            CODE,
            (Place(_("办理队列"), reverse("answers_desk:queue")),) if count else (),
        ),
        Indicator(
            "replies_fresh",
            gettext_lazy("两个月内公开过答复"),
            Part.DEDUCTION,
            state_of_age(day, today, REPLIES_IDLE, at_worst=State.WARNING),
            _("最近公开 %(day)s") % {"day": day.isoformat()} if day else _("没有公开的答复"),
            CODE,
        ),
    ]


register("config.replies", replies)
