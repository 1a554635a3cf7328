"""A city of many offices: a centre, departments, counties with their streets, and the people who work there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from portal.accounts.models import Appointment, Office, Role, User
from portal.accounts.queries import actor_for
from portal.answers.models import Topic
from portal.kernel.actors import Actor

LONG_AGO = datetime(2026, 1, 5, 1, tzinfo=UTC)
COUNTIES = 10
TOPICS = 20
RESIDENTS = 50


@dataclass
class City:
    """Everybody by role. At the offices: who speaks and who drafts, by the office's id."""

    centre: Office
    fallback: Office
    dispatcher: Actor
    second_dispatcher: Actor
    superior: Actor
    editor: Actor
    offices: list[Office] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    residents: list[Actor] = field(default_factory=list)
    spokespersons: dict[str, Actor] = field(default_factory=dict)
    officers: dict[str, Actor] = field(default_factory=dict)


def make_city(offices: int) -> City:
    """Found a city whose questions are answered by so many offices."""
    root = Office.add_root(code="root", name="示例市", level=Office.Level.CITY, takes_questions=False)
    centre = _below(root, code="centre", name="市受理中心", level="city", is_centre=True, takes_questions=False)
    answering: list[Office] = []
    counties: list[Office] = []
    for number in range(offices):
        is_county = len(counties) < COUNTIES
        parent = root if is_county else counties[number % COUNTIES]
        level = Office.Level.COUNTY if is_county else Office.Level.TOWNSHIP
        office = _below(parent, code=f"office-{number}", name=f"第{number}单位", level=level)
        answering.append(office)
        if is_county:
            counties.append(office)
    centre = Office.objects.get(pk=centre.pk)
    centre.fallback = answering[0]
    centre.save()
    city = City(
        centre=centre,
        fallback=answering[0],
        dispatcher=_appoint("受理员甲", Role.DISPATCHER, centre),
        second_dispatcher=_appoint("受理员乙", Role.DISPATCHER, centre),
        superior=_appoint("市领导", Role.LEADER, root),
        editor=_appoint("编辑", Role.EDITOR, root),
        offices=answering,
        topics=[Topic.objects.create(slug=f"topic-{n}", name=f"主题{n}", sort_order=n) for n in range(TOPICS)],
    )
    for office in answering:
        city.spokespersons[str(office.pk)] = _appoint(f"{office.name}发言人", Role.SPOKESPERSON, office)
        city.officers[str(office.pk)] = _appoint(f"{office.name}经办人", Role.OFFICER, office)
    city.residents = [_person(f"居民{number}") for number in range(RESIDENTS)]
    return city


def _below(parent: Office, **fields: object) -> Office:
    return Office.objects.get(pk=parent.pk).add_child(instance=Office(**fields))


def _appoint(name: str, role: Role, office: Office) -> Actor:
    user = _user(name)
    Appointment.objects.create(user=user, office=office, role=role, started_at=LONG_AGO)
    return actor_for(user)


def _person(name: str) -> Actor:
    return actor_for(_user(name))


def _user(name: str) -> User:
    # Nobody signs in with a password here, so none is hashed.
    return User.objects.create(name=name, password=make_password(None))
