"""Questions for tests, made by the real actions, so that a factory cannot make what users cannot."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from portal.accounts.models import Office, Role, User
from portal.accounts.queries import actor_for
from portal.answers.actions import asking, entering, handling, publication, replying, screening
from portal.answers.models import Question, Topic
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.clock import SHANGHAI, FixedClock
from tests.factories.accounts import AppointmentFactory, OfficeFactory, UserFactory

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
AT_MONDAY = FixedClock(MONDAY)


def at(*parts: int) -> FixedClock:
    """A clock that stands at an instant of 2026, Shanghai: at(3, 2, 10) is March 2nd, 10:00."""
    month, day, *rest = parts
    return FixedClock(datetime(2026, month, day, *rest, tzinfo=SHANGHAI))


def make_topic(**fields: Any) -> Topic:
    defaults = {"slug": "schooling", "name": "入学入园", "name_en": "Schooling"}
    return Topic.objects.get_or_create(slug=fields.get("slug", "schooling"), defaults=defaults | fields)[0]


def make_district() -> SimpleNamespace:
    """A small district: a centre, two offices that answer, one person per role."""
    city = OfficeFactory(code="city", name="示范市", level=Office.Level.CITY, takes_questions=False)
    centre = OfficeFactory(
        parent=city, code="centre", name="受理中心", level=Office.Level.CITY, is_centre=True, takes_questions=False
    )
    schools = OfficeFactory(parent=city, code="schools", name="教育局", name_en="Education", level=Office.Level.COUNTY)
    street = OfficeFactory(parent=city, code="street", name="东河街道", name_en="Donghe", level=Office.Level.TOWNSHIP)
    district = SimpleNamespace(city=city, centre=centre, schools=schools, street=street)

    def appoint(name: str, role: Role, office: Office) -> Actor:
        user = UserFactory(name=name)
        AppointmentFactory(user=user, office=office, role=role)
        actor = actor_for(User.objects.get(pk=user.pk))
        setattr(district, name, actor)
        return actor

    appoint("dispatcher", Role.DISPATCHER, centre)
    appoint("second_dispatcher", Role.DISPATCHER, centre)
    appoint("spokesperson", Role.SPOKESPERSON, schools)
    appoint("officer", Role.OFFICER, schools)
    appoint("leader", Role.LEADER, schools)
    appoint("superior", Role.LEADER, city)
    appoint("street_spokesperson", Role.SPOKESPERSON, street)
    appoint("editor", Role.EDITOR, city)
    appoint("auditor", Role.AUDITOR, city)
    resident = UserFactory(name="resident")
    district.resident = actor_for(User.objects.get(pk=resident.pk))
    district.stranger = actor_for(User.objects.get(pk=UserFactory(name="stranger").pk))
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
