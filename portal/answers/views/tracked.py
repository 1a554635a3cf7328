"""The questions that a session may see because it asked them or has shown their code."""

from uuid import UUID

from django.http import Http404

from portal.accounts.middleware import TRACKED
from portal.accounts.requests import Request
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.case import load_question
from portal.kernel.permissions import can

KEPT = 20


def permitted_question(request: Request, question_id: UUID, permission: P) -> Question:
    """Load a question with which the actor may do this; any other does not exist."""
    try:
        question = load_question(question_id)
    except Question.DoesNotExist:
        raise Http404 from None
    if not can(request.actor, permission, question):
        raise Http404
    return question


def remember_question(request: Request, question: Question) -> None:
    """Let this session see the question from now on; actors read it (`portal.accounts.middleware`)."""
    known = request.session.get(TRACKED, [])
    others = [one for one in known if one != str(question.pk)]
    request.session[TRACKED] = [*others, str(question.pk)][-KEPT:]


def open_by_code(request: Request, question: Question) -> None:
    """Remember a question whose code was shown, under a new session id.

    What the session may see has grown: an id that somebody planted or knew is worth nothing now.
    """
    request.session.cycle_key()
    remember_question(request, question)


def forget_question(request: Request, question: Question) -> None:
    """Let this session see the question no more: its code is dead."""
    known = request.session.get(TRACKED, [])
    if str(question.pk) in known:
        request.session[TRACKED] = [one for one in known if one != str(question.pk)]
