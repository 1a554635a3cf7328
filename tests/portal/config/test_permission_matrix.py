"""Every route × every role × own, other and unknown objects, against the table in `portal.config.routes`.

Two counties with a centre each. Everybody works for the first one; what belongs to the second, and
to the office next door, is somebody else's. Data are made once for the module, and every request
is rolled back, so that each meets them untouched.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Site

from portal.accounts.actions.editors import GROUPS, sync_editor
from portal.accounts.invitations import token_for
from portal.accounts.middleware import TRACKED
from portal.accounts.models import Device, Office, Role, User
from portal.answers.actions.answer_page import make_page
from portal.answers.actions.asking import start_draft
from portal.answers.actions.listing import refresh_listing
from portal.answers.forms.steps import STEP_FORMS
from portal.answers.models import AnswerPage, BulkDispatch, Duty, Emergency, Passage, Question, SavedFilter
from portal.answers.views.ask_drafts import DRAFTS
from portal.config import routes
from portal.config.routes import LIBRARIES, ROLES, ROUTES, VISITOR, Route, addresses, library_of, lines_of
from portal.files.actions import attach, receive
from portal.files.rules.drafts import draft_key
from portal.notifications.stopping import token_for as stop_token_for
from portal.pages.models import Topic
from portal.ui.outward import outward
from portal.workdays.models import CalendarVersion
from portal.workdays.rules.notices import Layer
from portal.workdays.states import VersionState
from tests.factories import files
from tests.factories.accounts import (
    AppointmentFactory,
    InvitationFactory,
    OfficeFactory,
    UserFactory,
    actor,
    holder,
)
from tests.factories.answers import AT_MONDAY, answered, published
from tests.factories.call_backs import call_about
from tests.factories.notifications import NoticeFactory

pytestmark = [pytest.mark.db, pytest.mark.once, pytest.mark.usefixtures("clock")]

# At the office that answers, at its county, at the county's centre.
POSTS = {
    Role.SPOKESPERSON: "schools",
    Role.OFFICER: "schools",
    Role.DISPATCHER: "centre",
    Role.LEADER: "county",
    Role.EDITOR: "county",
    Role.REVIEWER: "county",
    Role.OFFICE_ADMIN: "county",
    Role.AUDITOR: "county",
}
# Whose reach ends at their office: the office next door is another one's to them.
AT_ONE_OFFICE = frozenset({routes.SPOKESPERSON, routes.OFFICER})
METHODS = frozenset({"GET", "POST", "DELETE"})
LOGINS = ("/accounts/login/", "/admin/login/")


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing; like a test case's own, durable blocks may stand in it."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


# --- The data ---------------------------------------------------------------------------------


@dataclass
class World:
    """Who there is, and for each role what is theirs and what is not.

    document: what the address of a public document needs.
    """

    people: dict[str, User | None]
    document: tuple[int, str]
    clients: dict[str, Client] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def make_county(city: Office, code: str) -> SimpleNamespace:
    """A county with its centre, two offices that answer, and everybody who works there."""
    county = OfficeFactory(parent=city, code=code, takes_questions=False)
    centre = OfficeFactory(parent=county, code=f"{code}-centre", is_centre=True, takes_questions=False)
    schools = OfficeFactory(parent=county, code=f"{code}-schools")
    street = OfficeFactory(parent=county, code=f"{code}-street", township=True)
    made = SimpleNamespace(county=county, centre=centre, schools=schools, street=street, users={})
    for role, office in POSTS.items():
        made.users[role.value] = user = holder(role, getattr(made, office))
        setattr(made, role.value, actor(user))
    for role in GROUPS:
        sync_editor(made.users[role].pk)
    return made


def answering_at_the_street(county: SimpleNamespace) -> SimpleNamespace:
    """The same county as the factories of questions want it, with the office next door answering."""
    people = {role: actor(holder(role, county.street)) for role in (Role.SPOKESPERSON, Role.OFFICER)}
    return SimpleNamespace(
        **vars(county) | {"schools": county.street} | {role.value: who for role, who in people.items()}
    )


def objects_of(question: Question, office: Office, stranger: User) -> dict[str, Any]:
    """What the ids in addresses can name, around one question and the office that holds it."""
    sent = SimpleUploadedFile("证明.pdf", files.pdf())
    upload = receive(sent, draft_key=draft_key(str(question.pk)), clock=AT_MONDAY)
    attach(draft_key=draft_key(str(question.pk)), ref=question.ref)
    return {
        "question_id": question.pk,
        "ref": str(question.ref),
        "upload_id": upload.id,
        "office_id": office.pk,
        "path": office.path,
        "appointment_id": AppointmentFactory(office=office, stand_in=UserFactory()).pk,
        "invitation_id": (invitation := InvitationFactory(office=office)).pk,
        "token": token_for(invitation.pk),
        "device_id": device_of(stranger).pk,
        "letter": stop_token_for(NoticeFactory(user=stranger).pk),
        "draft_id": start_draft(by=actor(stranger)).pk,
        "notice_id": NoticeFactory(user=stranger, inbox=True).pk,
        "duty_id": Duty.objects.create(office=office, day=AT_MONDAY.now().date(), person=UserFactory()).pk,
        "emergency_id": emergency_led_by(office, question.centre).pk,
        "call_id": call_about(question).pk,
        "filter_id": SavedFilter.objects.create(person=UserFactory(), name="全部").pk,
        "passage_id": Passage.objects.get_or_create(
            office=office,
            title="开头",
            defaults={"text": "您好", "changed_by": UserFactory(), "changed_at": AT_MONDAY.now()},
        )[0].pk,
        "batch_id": BulkDispatch.objects.create(dispatched_by=UserFactory(), dispatched_at=AT_MONDAY.now()).pk,
        "version_id": drafted_by(stranger).pk,
    }


def device_of(user: User) -> Device:
    """A browser in which somebody has signed in."""
    at = AT_MONDAY.now()
    return Device.objects.create(user=user, key_index=uuid4().hex, first_seen_at=at, signed_in_at=at, seen_at=at)


def emergency_led_by(office: Office, centre: Office) -> Emergency:
    """An emergency of the question's centre, spoken for by the office that holds the question."""
    at = AT_MONDAY.now()
    return Emergency.objects.create(
        title="停水", centre=centre, lead=office, opened_by=UserFactory(), opened_at=at, lead_due=at, statement_due=at
    )


def drafted_by(person: User) -> CalendarVersion:
    """A draft of the calendar, proposed by somebody whom nobody here is."""
    return CalendarVersion.objects.create(
        layer=Layer.LOCAL,
        year=2026,
        number=CalendarVersion.objects.count(),
        status=VersionState.DRAFT,
        announced=True,
        source="市政府通知",
        proposed_by=person,
        proposed_at=AT_MONDAY.now(),
    )


def publish_page(question: Question) -> None:
    """Do what the worker does for a published answer; for the other questions it has not come round yet."""
    make_page(str(question.pk), AT_MONDAY.now())
    refresh_listing(question.pk)


def make_world() -> World:
    """Ask, answer and attach; sign everybody in."""
    city = OfficeFactory(code="city", level=Office.Level.CITY, takes_questions=False)
    home, away = make_county(city, "home"), make_county(city, "away")
    people: dict[str, User | None] = {
        routes.VISITOR: None,
        routes.RESIDENT: UserFactory(),
        **home.users,
        routes.ADMINISTRATOR: UserFactory(administrator=True),
    }
    stranger = UserFactory()
    by_account = objects_of(answered(home, by=actor(people[routes.RESIDENT])), home.schools, stranger)
    by_code = objects_of(answered(home), home.schools, stranger)
    next_door = objects_of(answered(answering_at_the_street(home)), home.street, stranger)
    elsewhere = objects_of(answered(away, by=actor(stranger)), away.schools, stranger)
    public = published(home)
    publish_page(public)
    year, month, slug = AnswerPage.objects.get(question=public).url_path.rstrip("/").split("/")[-3:]
    everywhere = {
        "year": year,
        "month": month,
        "slug": slug,
        "section": "pages",
        "code": "home-schools",
        "topic_slug": Topic.objects.create(slug="residence", name="户籍与居住").slug,
        "name": "guides",
        "page": "topic",
        "failed_notice_id": NoticeFactory(user=stranger, failed=True).pk,
        "begins": "2026-02-01",
    }
    document = get_document_model().objects.create(title="通告", file=ContentFile(files.pdf(), "notice.pdf"))
    world = World(people, document=(document.pk, document.filename))
    for role, user in people.items():
        world.clients[role] = client = Client(headers={"X-Requested-With": "XMLHttpRequest"} if user else {})
        draft = start_draft(by=actor(user))
        own = by_account if user else by_code
        post = getattr(home, POSTS.get(role, "schools"))
        world.own[role] = own | everywhere | {"draft_id": draft.pk, "path": post.path}
        world.others[role] = [elsewhere | everywhere]
        if role in AT_ONE_OFFICE:
            # An emergency of the office next door is everybody's in the county.
            far = {"emergency_id": elsewhere["emergency_id"]}
            world.others[role].append(next_door | everywhere | far)
        if user:
            client.force_login(user)
            sent = BulkDispatch.objects.create(dispatched_by=user, dispatched_at=AT_MONDAY.now())
            world.own[role]["batch_id"] = sent.pk
            world.own[role]["filter_id"] = SavedFilter.objects.create(person=user, name="全部").pk
            world.own[role]["device_id"] = device_of(user).pk
            world.own[role]["notice_id"] = NoticeFactory(user=user, inbox=True).pk
        else:
            session = client.session
            session.update({TRACKED: [str(own["question_id"])], DRAFTS: [str(draft.pk)]})
            session.save()
    return world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The data of this module, gone after it."""
    with django_db_blocker.unblock(), undone():
        yield make_world()


# --- Asking and judging -----------------------------------------------------------------------


@cache
def patterns() -> dict[str, list[str]]:
    """The paths of every route, by name."""
    found: dict[str, list[str]] = {}
    for address in addresses():
        found.setdefault(address.name, []).append(address.path)
    return found


def names_in(route: Route) -> list[str]:
    """The names of the variable parts of a route's path."""
    return re.findall(r"<(?:\w+:)?(\w+)>", patterns()[route.name][0])


def address_of(route: Route, objects: dict[str, Any]) -> str:
    """The address of a route for these objects."""
    kwargs: dict[str, Any] = {name: objects.get(name, "") for name in names_in(route)}
    if "step" in kwargs:
        kwargs["step"] = route.part
    if route.name == "undelivered_retry":
        kwargs["notice_id"] = objects["failed_notice_id"]
    if route.name == "ui_leave":  # leads on with our signature only
        return outward("https://www.example.org/")
    topic = ""
    if route.name == "live:poll":
        topic = f"?after=0&topic={route.part}:{objects['path' if route.part == 'answers.queue' else 'question_id']}"
    return reverse(route.name, kwargs=kwargs) + topic


def unknown(objects: dict[str, Any]) -> dict[str, Any]:
    """The same objects with ids that nobody has."""
    return objects | {
        "question_id": uuid4(),
        "emergency_id": uuid4(),
        "call_id": uuid4(),
        "begins": "1999-01-01",
        "version_id": 10**9,
        "year": "1999",
        "duty_id": 10**9,
        "filter_id": 10**9,
        "batch_id": uuid4(),
        "passage_id": 10**9,
        "ref": f"portal.answers.question:{uuid4()}",
        "upload_id": uuid4(),
        "office_id": uuid4(),
        "appointment_id": uuid4(),
        "invitation_id": uuid4(),
        "draft_id": uuid4(),
        "notice_id": 10**9,
        "failed_notice_id": 10**9,
        "path": "zzzz",
        "token": "0.0",
        "letter": "n0.0",
        "device_id": uuid4(),
        "slug": "q000000-000000",
        "section": "nothing",
        "code": "nobody",
        "topic_slug": "nothing",
        "name": "nothing",
    }


def has_object(route: Route) -> bool:
    """Tell whether the address names something."""
    return bool(names_in(route)) or bool(route.part)


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    """Send a request and undo what it did."""
    cookies = deepcopy(client.cookies)
    with undone():
        response = client.generic(method, address)
        if response.streaming:
            b"".join(response)  # to the end, where the client closes it: a file stays open otherwise
    client.cookies = cookies
    return response


def verdict(response: HttpResponseBase) -> str:
    """Say in a word how a request was met.

    People who have signed in ask as a script does: then the back office says 403 where it would
    lead a browser to its first page with the same sentence.
    """
    if response.status_code in (301, 302) and response["Location"].startswith(LOGINS):
        return "login"
    return {403: "forbidden", 404: "missing", 405: "not a method"}.get(response.status_code, "answered")


def expected(route: Route, role: str, *, is_own: bool) -> set[str]:
    """Return the verdicts that are right."""
    if role in (route.own if is_own else route.other):
        return {"answered"}
    if role in route.own:
        return {"missing"}
    return {"login", "missing"} if role == VISITOR else {"forbidden", "missing"}


# --- The matrix -------------------------------------------------------------------------------


def test_every_route_has_its_line():
    left_out = [name for name in patterns() if not lines_of(name) and not library_of(name)]

    assert left_out == []


def test_every_line_has_its_route():
    stale = [route.name for route in ROUTES if route.name not in patterns()]
    unused = {line.prefix for line in LIBRARIES} - {library_of(name).prefix for name in patterns() if library_of(name)}

    assert stale == []
    # Uploads are shown by the demo itself, and by a proxy everywhere else.
    assert unused == {"/media/"}


def test_every_line_is_there_once():
    lines = [(route.name, route.part) for route in ROUTES]

    assert len(lines) == len(set(lines))
    assert {part for name, part in lines if name == "answers_desk:step"} == set(STEP_FORMS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.name}{route.part and '-'}{route.part}")
def test_route_answers_those_it_should(world, route, role):
    client, own = world.clients[role], world.own[role]
    wrong = []

    def check(whose: str, objects: dict[str, Any], right: set[str]) -> None:
        for method in route.methods:
            met = verdict(ask(client, method, address_of(route, objects)))
            if met not in right:
                wrong.append(f"{method} as {role}, {whose}: {met}, not {' or '.join(sorted(right))}")

    check("own", own, expected(route, role, is_own=True))
    # Whoever is refused one step of many is shown other objects with the first of them.
    if has_object(route) and (route == lines_of(route.name)[0] or role in route.own):
        for number, other in enumerate(world.others[role]):
            check(f"other {number}", other, expected(route, role, is_own=False))
        missing = "missing" if route.unknown == 404 else "answered"
        check(
            "unknown",
            unknown(own),
            {missing} if role in route.own | route.other else expected(route, role, is_own=False),
        )

    assert wrong == []


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.name}{route.part and '-'}{route.part}")
def test_route_refuses_another_method(world, route):
    role = max(route.own or routes.STAFF, key=ROLES.index)

    for method in METHODS - set(route.methods):
        response = ask(world.clients[role], method, address_of(route, world.own[role]))
        assert response.status_code == 405, f"{method} as {role}"


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if len(names_in(r)) > 1 and r.name.startswith("offices:")], ids=lambda route: route.name
)
@pytest.mark.parametrize("role", sorted(routes.OFFICE_MANAGERS))
def test_an_office_lends_no_reach_to_what_is_not_its_own(world, route, role):
    own, other = world.own[role], world.others[role][0]
    crossed = own | {name: other[name] for name in names_in(route) if name != "office_id"}

    for method in route.methods:
        assert ask(world.clients[role], method, address_of(route, crossed)).status_code == 404


# --- Libraries --------------------------------------------------------------------------------


# A private document and a model of settings, of which there are none; pages that the query names.
NOTHING_THERE = frozenset({"wagtaildocs_authenticate_with_password", "wagtailsettings:", "wagtail_bulk_action"})
# Libraries know Django's permissions and no roles of ours; to them these are one.
ALIKE = routes.STAFF - routes.PAGE_EDITORS
# Fails by design: it shows Wagtail's page for errors.
FAILS = "wagtailadmin_error_test"


def library_addresses(name: str, world: World) -> list[str]:
    """The addresses of a library's route, with things that exist in the variable parts."""
    if name == "wagtail_serve":
        return [reverse(name, args=["about/"])]
    if name == "wagtaildocs_serve":
        return [reverse(name, args=world.document)]
    if name.startswith("/"):
        return [name.replace(".*", "nothing")]
    home, resident = Site.objects.get(is_default_site=True).root_page_id, world.people[routes.RESIDENT]
    known = {
        "app_label": "wagtailcore",
        "app_name": "portal_pages",
        "model_name": "page",
        "content_type_app_name": "portal_pages",
        "content_type_model_name": "standardpage",
        "action": "publish",
        "action_name": "approve",
        "filter_spec": "original",
        "revision_id_a": "earliest",
        "revision_id_b": "live",
        "uidb64": "0",
        "token": "0-0",
    }
    found = []
    for path in patterns()[name]:
        variable = re.findall(r"<(?:(\w+):)?(\w+)>", path)
        here = known | {key: resident.pk for kind, key in variable if kind.startswith("uuid")}
        found.append(reverse(name, kwargs={key: here.get(key, home) for _kind, key in variable}))
    return found


def test_libraries_cannot_tell_these_roles_apart(world):
    standing = [(world.people[role].get_all_permissions(), *world.people[role].groups.all()) for role in ALIKE]

    assert standing == [({"wagtailadmin.access_admin"},)] * len(ALIKE)
    assert [library.prefix for library in LIBRARIES if library.roles & ALIKE not in (ALIKE, routes.NOBODY)] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ALIKE - {routes.SPOKESPERSON}])
@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.prefix)
def test_library_shows_itself_to_those_it_should(world, library, role):
    names = [name for name in patterns() if not lines_of(name) and name != FAILS and library_of(name) == library]
    met = {
        address: ask(world.clients[role], "GET", address)
        for name in names
        for address in library_addresses(name, world)
    }

    if role not in library.roles:
        assert [address for address, response in met.items() if response.status_code == 200] == []
    elif names and library.prefix not in NOTHING_THERE:
        assert "answered" in {verdict(response) for response in met.values()}
