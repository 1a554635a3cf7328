"""Questions for tests, made by the real actions, so that a factory cannot make what users cannot."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from portal.accounts.models import Appointment, Office, Role
from portal.answers.actions import asking, entering, handling, publication, replying, screening
from portal.answers.models import Question, Topic
from portal.kernel.actors import ANONYMOUS, Actor, ActorKind, Grant
from portal.kernel.clock import SHANGHAI, FixedClock
from tests.factories.accounts import LONG_AGO, make_offices, make_people

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
AT_MONDAY = FixedClock(MONDAY)


def at(*parts: int) -> FixedClock:
    """A clock that stands at an instant of 2026, Shanghai: at(3, 2, 10) is March 2nd, 10:00."""
    month, day, *rest = parts
    return FixedClock(datetime(2026, month, day, *rest, tzinfo=SHANGHAI))


def make_topic(**fields: Any) -> Topic:
    defaults = {"slug": "schooling", "name": "入学入园", "name_en": "Schooling"}
    return Topic.objects.get_or_create(slug=fields.get("slug", "schooling"), defaults=defaults | fields)[0]


# Who works where in the district; a resident and a stranger hold no role.
POSTS = {
    "dispatcher": (Role.DISPATCHER, "centre"),
    "second_dispatcher": (Role.DISPATCHER, "centre"),
    "spokesperson": (Role.SPOKESPERSON, "schools"),
    "officer": (Role.OFFICER, "schools"),
    "leader": (Role.LEADER, "schools"),
    "superior": (Role.LEADER, "city"),
    "street_spokesperson": (Role.SPOKESPERSON, "street"),
    "editor": (Role.EDITOR, "city"),
    "auditor": (Role.AUDITOR, "city"),
}


def make_district() -> SimpleNamespace:
    """A small district: a centre, two offices that answer, one person per role.

    Made in a handful of statements, for most tests of the desk begin with it.
    """
    city, centre, schools, street = make_offices(
        {"code": "city", "name": "示范市", "level": Office.Level.CITY, "takes_questions": False},
        {
            "code": "centre", "name": "受理中心", "level": Office.Level.CITY, "is_centre": True,
            "takes_questions": False,
        },
        {"code": "schools", "name": "教育局", "name_en": "Education", "level": Office.Level.COUNTY},
        {"code": "street", "name": "东河街道", "name_en": "Donghe", "level": Office.Level.TOWNSHIP},
    )  # fmt: skip
    district = SimpleNamespace(city=city, centre=centre, schools=schools, street=street)
    people = make_people(*POSTS, "resident", "stranger")
    Appointment.objects.bulk_create(
        Appointment(user=people[name], office=getattr(district, office), role=role, started_at=LONG_AGO)
        for name, (role, office) in POSTS.items()
    )
    for name, user in people.items():
        posts = [POSTS[name]] if name in POSTS else []
        at_offices = [(role, getattr(district, office)) for role, office in posts]
        grants = tuple(Grant(role, str(office.pk), office.path) for role, office in at_offices)
        setattr(district, name, Actor(ActorKind.PERSON, str(user.pk), grants))
    return district


def ask(district: SimpleNamespace, **kwargs: Any) -> Question:
    """Submit a question through the real action."""
    return ask_with_code(district, **kwargs)[0]


def ask_with_code(
    district: SimpleNamespace, *, by: Actor = ANONYMOUS, clock: Any = AT_MONDAY, **typed: Any
) -> tuple[Question, str]:
    """The same, with the tracking code as well."""
    draft = asking.start_draft(by=by)
    asking.keep_answers(
        draft.pk,
        {
            "topic": make_topic().pk,
            "office": str(district.schools.pk),
            "title": "居住证积分如何办理入学",
            "text": "我持有居住证，孩子明年上小学，请问需要准备什么材料？",
            "consents": True,
        }
        | typed,
    )
    return asking.submit(draft.pk, by=by, clock=clock, language="zh-hans", contact_needed=False)


def entered(
    district: SimpleNamespace,
    *,
    by: Actor | None = None,
    office: Office | None = None,
    clock: Any = AT_MONDAY,
    knows_missed: bool = False,
    **told: Any,
) -> Question:
    """Enter a question for somebody on the telephone; the dispatcher at the centre, unless others are named."""
    said = {
        "topic": make_topic(),
        "title": "老人卡怎么办",
        "text": "我母亲八十岁，想问老人卡在哪里办。",
        "channel": "telephone",
        "received_at": clock.now(),
        "consents": True,
        "wished_office": district.schools,
    } | told
    question, _code = entering.enter(
        uuid4(),
        entering.Told(**said),
        office_id=(office or district.centre).pk,
        knows_missed=knows_missed,
        by=by or district.dispatcher,
        clock=clock,
    )
    return question


def dispatched(district: SimpleNamespace, *, clock: Any = AT_MONDAY, **kwargs: Any) -> Question:
    question = ask(district, clock=clock, **kwargs)
    return screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title=question.title, by=district.dispatcher, clock=clock
    )


def accepted(district: SimpleNamespace, *, clock: Any = AT_MONDAY, **kwargs: Any) -> Question:
    question = dispatched(district, clock=clock, **kwargs)
    return handling.accept(question.pk, by=district.spokesperson, clock=clock)


def in_review(district: SimpleNamespace, *, clock: Any = AT_MONDAY, **kwargs: Any) -> Question:
    question = accepted(district, clock=clock, **kwargs)
    replying.save_draft(question.pk, text="您好，请携带居住证和户口簿。", by=district.officer, clock=clock)
    return replying.submit_for_review(question.pk, by=district.officer, clock=clock)


def answered(district: SimpleNamespace, *, clock: Any = AT_MONDAY, **kwargs: Any) -> Question:
    question = in_review(district, clock=clock, **kwargs)
    replying.release(question.pk, by=district.spokesperson, clock=clock)
    return Question.objects.get(pk=question.pk)


def published(district: SimpleNamespace, *, clock: Any = AT_MONDAY, **kwargs: Any) -> Question:
    question = answered(district, clock=clock, **kwargs)
    publication.publish(
        question.pk,
        title=question.title,
        question_text=question.text,
        answer_text="您好，请携带居住证和户口簿。",
        by=district.editor,
        clock=clock,
    )
    return Question.objects.get(pk=question.pk)
