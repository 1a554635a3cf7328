"""The questions that a session may see because it asked them or has shown their code."""

from portal.accounts.middleware import TRACKED
from portal.accounts.requests import Request
from portal.answers.models import Question

KEPT = 20


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
