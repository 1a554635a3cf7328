"""Everybody, who may do what, and every situation that a question can be in: what `test_walk` walks over."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

from portal.accounts.models import Office, Role, User
from portal.answers.actions.aftercare import close_due, rate
from portal.answers.actions.calling import record_result, take_call
from portal.answers.actions.clarifying import lapse_due
from portal.answers.actions.merging import merge
from portal.answers.models import CallDraw, Question
from portal.answers.queries.case import load_question
from portal.kernel.actors import ANONYMOUS, Actor, system
from portal.kernel.clock import FixedClock
from tests.factories import steps
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.answers import MONDAY, ask, at, entered, make_district
from tests.factories.call_backs import call_about

# --- Who there is -----------------------------------------------------------------------------

OFFICES = ("centre", "city", "schools", "street", "roads")
# One level up for all of them is the city.
ABOVE = dict.fromkeys(OFFICES, ("city",)) | {"city": ()}


def make_world() -> SimpleNamespace:
    """A district with every role at every office, beside residents, an administrator and the clock."""
    world = make_district()
    world.roads = OfficeFactory(parent=world.city, code="roads", name="公路局")
    world.people = {
        "asker": world.resident,
        "visitor": ANONYMOUS,
        "resident": world.stranger,
        "administrator": actor(UserFactory(administrator=True)),
        "system": system("clock"),
    }
    for office in OFFICES:
        for role in Role:
            world.people[f"{role}@{office}"] = actor(holder(role, getattr(world, office)))
    world.lead = ask(world, title="先问的")
    world.refused = set()
    return world


# --- Who may, written a second time -------------------------------------------------------------


def at_office(*roles: str) -> Callable[[Question], set[str]]:
    """These roles at the office that holds the question."""
    return lambda question: {f"{role}@{question.office.code}" for role in roles}


def at_or_above(*roles: str) -> Callable[[Question], set[str]]:
    """These roles there, or one level up."""
    return lambda question: {
        f"{role}@{office}" for role in roles for office in (question.office.code, *ABOVE[question.office.code])
    }


def at_centre(*roles: str) -> Callable[[Question], set[str]]:
    """These roles at the question's centre, or above it."""
    return lambda question: {f"{role}@{office}" for role in roles for office in ("centre", "city")}


def one_level_up(question: Question) -> set[str]:
    """A leader above the office, never its own; or the centre's."""
    return {f"leader@{office}" for office in (*ABOVE[question.office.code], "centre", "city")}


def at_helpers(question: Question) -> set[str]:
    """Whoever works at an office that was asked to help."""
    codes = Office.objects.filter(pk__in=question.helpers).values_list("code", flat=True)
    return {f"{role}@{code}" for role in ("spokesperson", "officer") for code in codes}


def the_asker(question: Question) -> set[str]:
    """By the tracking code, and by the account it was asked with."""
    return {"code", "asker"} if question.asker_id else {"code"}


def only(*names: str) -> Callable[[Question], set[str]]:
    """These and nobody else."""
    return lambda question: set(names)


def knowing(who: Callable[[Question], set[str]]) -> Callable[[Question], set[str]]:
    """Those of them who know what was said in confidence: no dispatcher of another centre, were it above."""
    return lambda question: who(question) - ({"dispatcher@city"} if question.confidential else set())


def tellers(question: Question) -> set[str]:
    """Who may telephone the asker: of a confidential question its circle alone."""
    if question.confidential:
        return {"dispatcher@centre", "leader@centre", "leader@city"}
    return DISPATCHERS(question) | OFFICE(question)


DISPATCHERS = at_centre("dispatcher")
OFFICE = at_office("spokesperson", "officer")
SPOKESPERSON = at_office("spokesperson")
SYSTEM = only("system")

WHO: dict[str, Callable[[Question], set[str]]] = {
    "screen": knowing(DISPATCHERS),
    "dispatch": knowing(DISPATCHERS),
    "recall": DISPATCHERS,
    "propose_refusal": knowing(DISPATCHERS),
    "approve_refusal": knowing(at_centre("dispatcher", "leader")),
    "reject_refusal": knowing(at_centre("dispatcher", "leader")),
    "hand_over": knowing(DISPATCHERS),
    "confirm_receipt": at_centre("dispatcher", "leader"),
    "correct_receipt": at_centre("dispatcher", "leader"),
    "merge": lambda question: set() if question.confidential else DISPATCHERS(question),
    "unmerge": lambda question: DISPATCHERS(question) | {"system"},
    "follow": SYSTEM,
    "receive_answer": SYSTEM,
    "accept": SPOKESPERSON,
    "request_return": SPOKESPERSON,
    "transfer": DISPATCHERS,
    "fall_back": SYSTEM,
    "refuse_return": DISPATCHERS,
    "refuse_return_after_acceptance": DISPATCHERS,
    "request_extension": SPOKESPERSON,
    "approve_extension": one_level_up,
    "refuse_extension": one_level_up,
    "ask_helper": OFFICE,
    "contribute": at_helpers,
    "ask_asker": SPOKESPERSON,
    "supply": the_asker,
    "lapse": SYSTEM,
    "save_draft": OFFICE,
    "submit_for_review": OFFICE,
    "return_draft": lambda question: SPOKESPERSON(question) | at_or_above("leader")(question),
    "release": lambda question: SPOKESPERSON(question) | at_or_above("leader")(question),
    "rate": the_asker,
    "tell_answer": tellers,
    "rate_told": lambda question: knowing(DISPATCHERS)(question) - at_office("dispatcher")(question),
    "request_reopening": the_asker,
    "reopen_by_call": lambda question: DISPATCHERS(question) - at_office("dispatcher")(question),
    "approve_reopening": one_level_up,
    "refuse_reopening": one_level_up,
    "close": SYSTEM,
    "withdraw": the_asker,
    "publish": at_or_above("editor"),
    "decline_publication": at_or_above("editor"),
    "amend_publication": at_or_above("editor"),
    "withdraw_publication": at_or_above("editor"),
}

# --- Situations ---------------------------------------------------------------------------------


class Walk:
    """One question on its way: each call takes a step, by whoever is right for it."""

    def __init__(self, world: SimpleNamespace, question: Question | None = None, **asked: object) -> None:
        self.world = world
        self.question = question or ask(world, by=world.resident, **asked)
        self.now = MONDAY
        # Whoever has shown the tracking code is the asker, with an account or without.
        self.people = world.people | {"code": Actor(tracked=frozenset({str(self.question.pk)}))}

    def at(self, *parts: int) -> "Walk":
        """Let it be this instant of 2026."""
        self.now = at(*parts).at
        return self

    def until(self, moment: str) -> "Walk":
        """Let it be the instant that this column of the question holds."""
        self.now = getattr(self.question, moment)
        return self

    def take(self, *names: str, by: str = "") -> "Walk":
        """Take steps; `by` where it is not whoever comes first."""
        for name in names:
            who = by or self._first_for(name)
            steps.take(name, self.question, self.world, by=self.people[who], clock=FixedClock(self.now))
            self.again()
        return self

    def again(self) -> "Walk":
        """Read what others have changed."""
        self.question = load_question(self.question.pk)
        return self

    def _first_for(self, step: str) -> str:
        found = WHO[step](self.question)
        # The second signature is the leader's.
        return min(found, key=lambda name: (not name.startswith("leader"), name)) if step in SIGNED else min(found)


SIGNED = ("release", "approve_refusal", "reject_refusal", "return_draft", "confirm_receipt", "correct_receipt")
ACCEPTED = ("dispatch", "accept")
IN_REVIEW = (*ACCEPTED, "save_draft", "submit_for_review")
ANSWERED = (*IN_REVIEW, "release")
POOR = (*ANSWERED, "rate")
AGAIN = (*POOR, "request_reopening", "approve_reopening")

SITUATIONS: dict[str, Callable[[SimpleNamespace], Walk]] = {
    "submitted": Walk,
    "submitted, without consent": lambda world: Walk(world, consents=False),
    "entered late for somebody": lambda world: entered_late(world),
    "entered late for somebody, and accepted": lambda world: entered_late(world).take(*ACCEPTED),
    "entered late for somebody, and checked": lambda world: entered_late(world).take("correct_receipt"),
    "entered late for somebody, reopened, drafting": lambda world: entered_late(world).take(*AGAIN, "save_draft"),
    "entered for somebody, answered": lambda world: entered_late(world).take(*ANSWERED),
    "entered for somebody, answered and told": lambda world: entered_late(world).take(*ANSWERED, "tell_answer"),
    "entered for somebody, answered again": lambda world: (
        entered_late(world)
        .take(*ANSWERED, "tell_answer", "rate_told", "request_reopening", "approve_reopening", "save_draft")
        .take("submit_for_review", "release")
    ),
    "confidential": lambda world: Walk(world, confidential=True),
    "confidential, refusal proposed": lambda world: Walk(world, confidential=True).take("propose_refusal"),
    "confidential, offered": lambda world: Walk(world, confidential=True).take("dispatch"),
    "confidential, entered for somebody, answered": lambda world: entered_late(world, confidential=True).take(
        *ANSWERED
    ),
    "screening": lambda world: Walk(world).take("screen"),
    "refusal proposed": lambda world: Walk(world).take("propose_refusal"),
    "not admitted": lambda world: Walk(world).take("propose_refusal", "approve_refusal"),
    "handed over": lambda world: Walk(world).take("hand_over"),
    "with members": lambda world: with_member(Walk(world)),
    "merged": lambda world: Walk(world).take("merge"),
    "merged for a day": lambda world: Walk(world).take("merge").at(3, 3, 10),
    "merged into an accepted question, and taken out": lambda world: lead_accepted(Walk(world)).take(
        "merge", "unmerge"
    ),
    "offered": lambda world: Walk(world).take("dispatch"),
    "offered, too late to return": lambda world: Walk(world).take("dispatch").at(3, 4),
    "offered to the fall-back office": lambda world: to_fall_back(Walk(world)),
    "transferred": lambda world: Walk(world).take("dispatch", "transfer"),
    "return requested": lambda world: Walk(world).take("dispatch", "request_return"),
    "return requested after acceptance": lambda world: Walk(world).take(*ACCEPTED, "request_return"),
    "return requested a second time": lambda world: Walk(world).take(
        "dispatch", "request_return", "transfer", "request_return"
    ),
    "accepted": lambda world: Walk(world).take(*ACCEPTED),
    "accepted, with members": lambda world: with_member(Walk(world).take(*ACCEPTED)),
    "accepted, on the last day": lambda world: Walk(world).take(*ACCEPTED).at(3, 11, 9),
    "accepted, past the date": lambda world: Walk(world).take(*ACCEPTED).until("reply_due"),
    "help asked": lambda world: Walk(world).take(*ACCEPTED, "ask_helper"),
    "help given": lambda world: Walk(world).take(*ACCEPTED, "ask_helper", "contribute"),
    "extension asked": lambda world: Walk(world).take(*ACCEPTED, "request_extension"),
    "extension asked, past the date": lambda world: Walk(world).take(*ACCEPTED, "request_extension").until("reply_due"),
    "extension granted": lambda world: Walk(world).take(*ACCEPTED, "request_extension", "approve_extension"),
    "extension refused": lambda world: Walk(world).take(*ACCEPTED, "request_extension", "refuse_extension"),
    "waiting for the asker": lambda world: Walk(world).take(*ACCEPTED, "ask_asker"),
    "waiting for the asker, extension asked": lambda world: Walk(world).take(
        *ACCEPTED, "request_extension", "ask_asker"
    ),
    "waited too long": lambda world: Walk(world).take(*ACCEPTED, "ask_asker").until("lapses_at"),
    "lapsed": lambda world: lapsed(Walk(world)),
    "supplied": lambda world: Walk(world).take(*ACCEPTED, "ask_asker", "supply"),
    "drafting": lambda world: Walk(world).take(*ACCEPTED, "save_draft"),
    "drafting, nobody signs": lambda world: Walk(alone(world)).take(*ACCEPTED, "save_draft"),
    "in review": lambda world: Walk(world).take(*IN_REVIEW),
    "in review, sent by a spokesperson": lambda world: (
        Walk(world).take(*ACCEPTED).take("save_draft", "submit_for_review", by="spokesperson@schools")
    ),
    "in review, extension asked": lambda world: Walk(world).take(
        *ACCEPTED, "request_extension", "save_draft", "submit_for_review"
    ),
    "answered": lambda world: Walk(world).take(*ANSWERED),
    "answered, without consent": lambda world: Walk(world, consents=False).take(*ANSWERED),
    "answered, too late to rate": lambda world: Walk(world).take(*ANSWERED).until("rating_ends_at"),
    "rated poorly": lambda world: Walk(world).take(*POOR),
    "rated well": lambda world: rated_well(Walk(world)),
    "called back, content": lambda world: called_back(Walk(world), satisfaction=5),
    "called back, discontent": lambda world: called_back(Walk(world), satisfaction=1),
    "called back when it was closed, discontent": lambda world: called_back(closed(Walk(world)), satisfaction=1),
    "called back, discontent, too late to reopen": lambda world: called_back(Walk(world), satisfaction=1).until(
        "closes_at"
    ),
    "called back, discontent, reopened": lambda world: called_back(Walk(world), satisfaction=1).take(
        "reopen_by_call", "approve_reopening"
    ),
    "rated poorly, too late to reopen": lambda world: Walk(world).take(*POOR).until("closes_at"),
    "reopening asked": lambda world: Walk(world).take(*POOR, "request_reopening"),
    "reopening refused": lambda world: Walk(world).take(*POOR, "request_reopening", "refuse_reopening"),
    "reopened": lambda world: Walk(world).take(*AGAIN),
    "reopened, drafting": lambda world: Walk(world).take(*AGAIN, "save_draft"),
    "reopened, drafting, extension never decided": lambda world: (
        Walk(world)
        .take(*ACCEPTED, "request_extension", "save_draft", "submit_for_review", "release", "rate")
        .take("request_reopening", "approve_reopening", "save_draft")
    ),
    "reopened, in review": lambda world: Walk(world).take(*AGAIN, "save_draft", "submit_for_review"),
    "answered again": lambda world: Walk(world).take(*AGAIN, "save_draft", "submit_for_review", "release"),
    "answered again, rated poorly": lambda world: Walk(world).take(
        *AGAIN, "save_draft", "submit_for_review", "release", "rate"
    ),
    "withdrawn": lambda world: Walk(world).take("dispatch", "withdraw"),
    "published": lambda world: Walk(world).take(*ANSWERED, "publish"),
    "kept private": lambda world: Walk(world).take(*ANSWERED, "decline_publication"),
    "taken down": lambda world: Walk(world).take(*ANSWERED, "publish", "withdraw_publication"),
}


def entered_late(world: SimpleNamespace, **told: object) -> Walk:
    """A dispatcher has typed at ten what was told at eight."""
    return Walk(world, entered(world, by=world.people["dispatcher@centre"], received_at=at(3, 2, 8).at, **told))


def with_member(walk: Walk) -> Walk:
    """Let another question follow this one."""
    merge(
        ask(walk.world).pk,
        lead_id=walk.question.pk,
        by=walk.world.people["dispatcher@centre"],
        clock=FixedClock(walk.now),
    )
    return walk.again()


def lead_accepted(walk: Walk) -> Walk:
    """Let the question that others are merged into have been accepted."""
    lead, clock = walk.world.lead, FixedClock(walk.now)
    steps.take("dispatch", lead, walk.world, by=walk.world.people["dispatcher@centre"], clock=clock)
    steps.take("accept", lead, walk.world, by=walk.world.people["spokesperson@schools"], clock=clock)
    return walk


def to_fall_back(walk: Walk) -> Walk:
    """Let the office that has it be the one that keeps it."""
    walk.take("dispatch")
    Office.objects.filter(pk=walk.world.centre.pk).update(fallback=walk.world.schools)
    return walk.again()


def alone(world: SimpleNamespace) -> SimpleNamespace:
    """Let the office do without a second signature."""
    Office.objects.filter(pk=world.schools.pk).update(answers_need_review=False)
    return world


def lapsed(walk: Walk) -> Walk:
    """Let the clock process end it."""
    walk.take(*ACCEPTED, "ask_asker").until("lapses_at")
    lapse_due(FixedClock(walk.now))
    return walk.again()


def closed(walk: Walk) -> Walk:
    """Let nobody have rated it in time."""
    walk.take(*ANSWERED).until("closes_at")
    close_due(FixedClock(walk.now))
    return walk.again()


def called_back(walk: Walk, *, satisfaction: int) -> Walk:
    """Let the centre have called the asker, who gave no rating, and written down what they said."""
    if walk.question.answered_at is None:
        walk.take(*ANSWERED)
    caller, clock = walk.world.people["dispatcher@centre"], FixedClock(walk.now)
    asker = User.objects.get(pk=walk.world.resident.id)
    asker.set_phone("+8613800138000")
    asker.phone_verified = True
    asker.save()
    call = call_about(walk.question)
    CallDraw.objects.filter(pk=call.draw_id).update(due=walk.now + timedelta(days=1))
    take_call(call.pk, by=caller, clock=clock)
    said = {"resolved": "partly", "satisfaction": satisfaction, "comment": "", "reopening": "", "note": ""}
    record_result(call.pk, **said, by=caller, clock=clock)
    return walk.again()


def rated_well(walk: Walk) -> Walk:
    """Let the asker be content."""
    walk.take(*ANSWERED)
    rate(
        walk.question.pk, resolved="yes", satisfaction=5, comment="", by=walk.world.resident, clock=FixedClock(walk.now)
    )
    return walk.again()
