"""What happens now, what looks like the beginning of something, and what the public was told."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from portal.answers.models import Emergency, Question
from portal.answers.permissions import P
from portal.answers.queries.visibility import desk_of
from portal.answers.rules.hot_topics import Asked, clusters
from portal.answers.states import OPEN
from portal.kernel.actors import Actor
from portal.kernel.permissions import can

# The newest questions that are looked at for hot topics.
LOOKED_AT = 2000
LOOKED_BACK = timedelta(hours=48)


def emergencies_seen_by(actor: Actor) -> list[Emergency]:
    """Return the emergencies `actor` may see as staff, newest first: the twin of `P.VIEW_EMERGENCY`.

    There are few at a time and some dozens a year, so the rule itself is asked of each.
    """
    found = Emergency.objects.select_related("centre", "lead")[:LOOKED_AT]
    return [emergency for emergency in found if can(actor, P.VIEW_EMERGENCY, emergency)]


def public_emergencies() -> QuerySet[Emergency]:
    """Return what the public was told of: every emergency with a statement, newest first."""
    told = Emergency.objects.filter(first_statement_at__isnull=False)
    return told.select_related("lead").prefetch_related("statements__office")


def hot_topics(actor: Actor, now: datetime) -> list[list[Question]]:
    """Return groups of open questions, visible to `actor`, by independent askers about the same thing."""
    recent = (
        desk_of(actor)
        .filter(state__in=sorted(OPEN), submitted_at__gte=now - LOOKED_BACK, emergency=None, confidential=False)
        .exclude(place="")
        .select_related("topic", "office")
        .order_by("-submitted_at")[:LOOKED_AT]
    )
    by_id = {str(question.pk): question for question in recent}
    asked = [
        Asked(
            id=pk,
            # Without account and contact every question is somebody else's: fewer hot topics are missed.
            asker=str(question.asker_id or question.contact_index or pk),
            topic=str(question.topic_id),
            place=question.place,
            text=f"{question.title}{question.text}",
            at=question.submitted_at,
        )
        for pk, question in by_id.items()
    ]
    askers, within = settings.ANSWERS_HOT_TOPIC
    return [[by_id[one.id] for one in cluster] for cluster in clusters(asked, askers=askers, within=within)]
