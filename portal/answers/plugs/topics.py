"""What pages of the desk can watch, and who may.

Staff and asker watch the same question under two topics, because a listener learns the
names of the events: that a draft was saved is nobody's business but the office's.
"""

from collections.abc import Iterable
from typing import Any

from portal.accounts.models import Office
from portal.answers.labels import ASKER_EVENT
from portal.answers.models import Question
from portal.answers.permissions import DESK_ROLES, P, is_asker
from portal.answers.queries.visibility import desk_of
from portal.kernel.actors import Actor
from portal.kernel.permissions import ALLOWED, Decision, can
from portal.kernel.refs import Ref
from portal.live.topics import Topic, register

KIND = "portal.answers.question"
NO = Decision(False)


def may_watch_case(actor: Actor, question_id: str) -> Decision:
    """Staff who may see the question."""
    seen = can(actor, P.SEE_DESK) and desk_of(actor).filter(pk=question_id).exists()
    return ALLOWED if seen else NO


def may_watch_own(actor: Actor, question_id: str) -> Decision:
    """The asker, by account or by code."""
    question = Question.objects.filter(pk=question_id).first()
    return is_asker.decide(actor, question) if question else NO


def may_watch_queue(actor: Actor, path: str) -> Decision:
    """Whoever holds a role of the desk at the office of this path."""
    held = any(grant.office_path == path and grant.role in DESK_ROLES for grant in actor.grants)
    return ALLOWED if held else NO


def changed_case(name: str, aggregate: str, payload: dict[str, Any]) -> Iterable[str]:
    """Every event of a question."""
    return [f"answers.case:{Ref.parse(aggregate).id}"] if aggregate.startswith(KIND) else []


def changed_own(name: str, aggregate: str, payload: dict[str, Any]) -> Iterable[str]:
    """Those events that the asker's timeline tells."""
    told = aggregate.startswith(KIND) and name in ASKER_EVENT
    return [f"answers.own:{Ref.parse(aggregate).id}"] if told else []


def changed_queue(name: str, aggregate: str, payload: dict[str, Any]) -> Iterable[str]:
    """The queues of the desks an event is addressed to, and of every office above them."""
    step = Office.steplen
    return {
        f"answers.queue:{path[:end]}"
        for path in payload.get("desks", [])
        if aggregate.startswith(KIND)
        for end in range(step, len(path) + 1, step)
    }


register(Topic("answers.case", may_watch_case, changed_case))
register(Topic("answers.own", may_watch_own, changed_own))
register(Topic("answers.queue", may_watch_queue, changed_queue))
