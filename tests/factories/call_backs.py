"""Call-backs for tests: answers without a rating, drawn by the real tick."""

from types import SimpleNamespace
from typing import Any

from portal.answers.actions.calling import record_result, take_call
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.models import CallBack, CallDraw, Question
from portal.kernel.actors import Actor
from tests.factories.answers import AT_MONDAY, answered, at

PHONE = "+8613800138000"
# Asked and answered on March 2nd, to be rated until March 16th: the pool of March, closed on April 1st.
DRAWN_AT = at(4, 1, 9)


def committed() -> CallDraw:
    """Commit to the seed of March, as the clock process did in its first minute."""
    keep_draws(AT_MONDAY)
    return CallDraw.objects.get(begins="2026-03-01")


def drawn_call(district: SimpleNamespace, **asked: Any) -> CallBack:
    """An answer nobody rated, drawn to be called back; each call draws another month's worth anew."""
    question = answered(district, **({"contact": PHONE} | asked))
    committed()
    keep_draws(DRAWN_AT)
    return CallBack.objects.get(question=question)


def drawn_calls(district: SimpleNamespace, count: int, **asked: Any) -> list[CallBack]:
    """Several of them, in one draw."""
    questions = [answered(district, **({"contact": PHONE} | asked)) for _ in range(count)]
    committed()
    keep_draws(DRAWN_AT)
    return list(CallBack.objects.filter(question__in=questions).order_by("question__number"))


def told(
    call: CallBack, by: Actor, *, resolved: str = "yes", satisfaction: int = 5, clock: Any = None, **said: str
) -> Question:
    """The asker was reached and said so much."""
    clock = clock or at(4, 1, 10)
    take_call(call.pk, by=by, clock=clock)
    words = {"comment": "", "reopening": "", "note": ""} | said
    record_result(call.pk, resolved=resolved, satisfaction=satisfaction, **words, by=by, clock=clock)
    return Question.objects.get(pk=call.question_id)


def call_about(question: Question) -> CallBack:
    """A call that waits about an answered question, in one draw of February for all of them."""
    draw, _new = CallDraw.objects.get_or_create(
        begins="2026-02-01",
        defaults={
            "ends": "2026-03-01",
            "committed_at": at(1, 1).at,
            "drawn_at": at(3, 1).at,
            "due": at(3, 13).at,
            "pool_digest": "x",
            "pool_size": 3,
            "per_office": 5,
        },
    )
    return CallBack.objects.create(draw=draw, question=question, office_id=question.office_id, month="2026-02-01")
