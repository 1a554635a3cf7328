"""Plug: the questions of a person are told and erased with their account."""

from uuid import UUID

from portal.accounts import holdings
from portal.answers.actions.erasing import erase_question
from portal.answers.models import AskDraft, Question, SavedFilter
from portal.answers.queries.own_data import held_of_person
from portal.answers.states import OPEN
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock


def open_questions_of(user_id: UUID) -> int:
    """Return how many of the person's questions are open: their text is needed to answer them."""
    return Question.objects.filter(asker=user_id, state__in=OPEN).count()


def erase(user_id: UUID, by: Actor, clock: Clock) -> None:
    """Erase every question of the person; a public page goes where it holds personal data."""
    AskDraft.objects.filter(owner=user_id, question=None).delete()
    for question_id in Question.objects.filter(asker=user_id).values_list("pk", flat=True):
        erase_question(question_id, by=by, clock=clock, take_down=True)
    AskDraft.objects.filter(owner=user_id).delete()
    SavedFilter.objects.filter(person=user_id).delete()


holdings.register("answers", holdings.Keeper(held_of_person, open_questions_of, erase))
