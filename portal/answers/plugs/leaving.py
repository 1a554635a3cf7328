"""How many open questions wait for a role at an office: whoever leaves must not orphan them."""

from uuid import UUID

from portal.accounts import leaving
from portal.accounts.models import Role
from portal.answers.models import Question
from portal.answers.states import OPEN, WITH_CENTRE


def open_questions(office_id: UUID, role: str) -> int:
    """Return the open questions that only holders of `role` at this office can move on."""
    open_ones = Question.objects.filter(state__in=OPEN)
    if role == Role.DISPATCHER:
        return open_ones.filter(centre=office_id, state__in=WITH_CENTRE).count()
    if role == Role.SPOKESPERSON:
        return open_ones.filter(office=office_id).exclude(state__in=WITH_CENTRE).count()
    return 0


leaving.register("answers", open_questions)
