"""Leaders take the satisfaction half of the yearly assessment along; that it left the house is on record first."""

import uuid

from django.conf import settings
from django.db import transaction

from portal.answers.events import AssessmentExported
from portal.answers.permissions import P
from portal.answers.queries.assessment import assessed_offices
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand


def export_assessment(year: int, *, by: Actor, clock: Clock) -> int:
    """Put an export on record: by whom, of which year, how many offices, by which numbers; return how many. Raises NotAllowed."""
    demand(by, P.EXPORT_ASSESSMENT)
    with transaction.atomic():
        now = clock.now()
        count = assessed_offices(by).count()
        rule = settings.ANSWERS_ASSESSMENT
        told = AssessmentExported(year=year, offices=count, points_of=rule["points"], verdicts_from=rule["from"])
        publish(told, about=f"portal.answers.assessment_export:{uuid.uuid4()}", by=by, at=now)
    return count
