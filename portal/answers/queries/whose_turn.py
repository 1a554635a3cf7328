"""Whose turn it is: the kinds of thing that wait for one person now, each as a condition on questions.

The same people as the notices tell (`plugs.notices._whose_turn`): an office's own, or the nearest leader above, so
that a city's leader is not asked for every draft of the city. It is nobody's turn to sign what is their own.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.accounts.models import Appointment, Office, Role
from portal.answers.models import Decision, Erasure, Extension, Helping, Intake, Refusal, Review
from portal.answers.permissions import OFFICE_ROLES
from portal.answers.states import CHECKABLE, IN_WORK, OFFERED, UNSORTED, Publication, State
from portal.kernel.actors import Actor


def turns_of(actor: Actor) -> dict[str, Q]:
    """Return what can wait for the actor, by kind (`labels.TURN`), in the order of the work. Two statements at most."""
    return dict(_turns(actor, _Offices(actor)))


def _turns(actor: Actor, offices: "_Offices") -> Iterator[tuple[str, Q]]:
    own = offices.at(*OFFICE_ROLES)
    centres = offices.at(Role.DISPATCHER)
    if centres:
        yield "screen", _in(UNSORTED) & Q(centre_id__in=centres)
        yield "returns", _in({State.RETURN_REQUESTED}) & Q(centre_id__in=centres)
    if speaks := offices.at(Role.SPOKESPERSON):
        yield "accept", _in(OFFERED) & Q(office_id__in=speaks)
    if own:
        yield "draft", _in({State.ACCEPTED, State.DRAFTING, State.REOPENED}) & Q(office_id__in=own)
        yield (
            "help",
            _in(IN_WORK) & Q(pk__in=Helping.objects.filter(office_id__in=own, contributed_at=None).values("question")),
        )
    if signing := speaks | offices.led:
        yield "sign", _in({State.REVIEW}) & Q(office_id__in=signing, pk__in=_reviews(actor))
    if deciding := centres | offices.led_centres:
        yield "refusals", _in({State.REFUSAL_REVIEW}) & Q(centre_id__in=deciding, pk__in=_refusals(actor))
        receipts = Intake.objects.filter(check_state=Intake.Check.OPEN).exclude(entered_by=UUID(actor.id))
        yield "receipts", _in(CHECKABLE) & Q(centre_id__in=deciding, pk__in=receipts.values("question"))
        erasures = Erasure.objects.filter(decision=Erasure.Decision.OPEN).exclude(requested_by=UUID(actor.id))
        yield "erasures", Q(centre_id__in=deciding, pk__in=erasures.values("question"))
    if offices.led:
        above = Q(office_id__in=offices.above_of) | Q(office_id__in=offices.orphans, centre_id__in=offices.led_centres)
        extensions = Extension.objects.filter(decision=Decision.OPEN).values("question")
        yield "extensions", _in(IN_WORK - {State.REOPENED}) & Q(pk__in=extensions) & above
        yield "reopenings", _in({State.REOPEN_REVIEW}) & above
    if offices.edited:
        yield "publish", Q(publication=Publication.PROPOSED, office_id__in=offices.edited)


def _in(states: frozenset[State] | set[State]) -> Q:
    return Q(state__in=sorted(states))


def _reviews(actor: Actor) -> QuerySet[Any, Any]:
    """Return the questions whose draft waits for a second person who may be the actor."""
    own = Q(requested_by=UUID(actor.id)) | Q(draft__author=UUID(actor.id))
    waiting = Review.objects.filter(decision=Review.Decision.OPEN)
    return waiting.exclude(own, draft__question__office__answers_need_review=True).values("draft__question")


def _refusals(actor: Actor) -> QuerySet[Any, Any]:
    own = Q(proposed_by=UUID(actor.id), question__centre__refusals_need_review=True)
    return Refusal.objects.filter(decision=Refusal.Decision.OPEN).exclude(own).values("question")


class _Offices:
    """Where an actor has a say.

    led, edited: offices whose nearest leader, or editor, the actor is, at the office itself or above it.
    led_centres: the centres among the led. above_of: offices whose nearest leader *above* the actor is.
    orphans: those with no leader above them at all.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.led: set[UUID] = set()
        self.led_centres: set[UUID] = set()
        self.above_of: set[UUID] = set()
        self.orphans: set[UUID] = set()
        self.edited: set[UUID] = set()
        if actor.holds_anywhere(Role.LEADER, Role.EDITOR):
            self._look_around()

    def at(self, *roles: str) -> set[UUID]:
        """Return the very offices at which the actor holds one of `roles`."""
        return {UUID(office) for office in self._actor.office_ids(*roles)}

    def _look_around(self) -> None:
        acting = Q(stand_in=None, user__is_active=True) | Q(stand_in__is_active=True)
        held = Appointment.objects.filter(acting, role__in=[Role.LEADER, Role.EDITOR], ended_at=None)
        posts = set(held.values_list("role", "office__path"))
        leaders, editors = ({path for role, path in posts if role == wanted} for wanted in (Role.LEADER, Role.EDITOR))
        leads, edits = set(self._actor.paths(Role.LEADER)), set(self._actor.paths(Role.EDITOR))
        for office, path, is_centre in Office.objects.values_list("pk", "path", "is_centre"):
            if _nearest(leaders, path) in leads:
                self.led.add(office)
                if is_centre:
                    self.led_centres.add(office)
            above = _nearest(leaders, path[: -Office.steplen])
            if above is None:
                self.orphans.add(office)
            elif above in leads:
                self.above_of.add(office)
            if _nearest(editors, path) in edits:
                self.edited.add(office)


def _nearest(paths: set[str], path: str) -> str | None:
    """Return the longest of `paths` that `path` begins with: the nearest office, at it or above."""
    while path:
        if path in paths:
            return path
        path = path[: -Office.steplen]
    return None
