"""The same matter asked by several: the later questions follow the first, each on its own clocks.

What happens to the lead happens to its members in the same transaction. The lead is locked
first, then the members by id (`settling.LOCK_ORDER`), so that two people who merge and answer
cannot wait for each other.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from portal.answers.actions.legs import back_to_centre, open_leg
from portal.answers.actions.settling import lock_all, locked, rank, stop
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import AnswerReleased, QuestionAccepted, QuestionFollowed, QuestionMerged, QuestionUnmerged
from portal.answers.models import Answer, Leg, Question
from portal.answers.permissions import P
from portal.answers.reasons import LEAD_NOT_OPEN
from portal.answers.rules.deadlines import rating_ends, reopening_ends, working_days_taken
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import OPEN, PUBLICATION, State
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock, FixedClock
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.refs import commit
from portal.kernel.workdays import month_of
from portal.workdays.queries import calendar

MERGER = system("merging")
# What others can follow: not what stands still until its own asker has answered.
LEADING = OPEN - {State.MERGED, State.WAITING_ASKER}


def merge(question_id: UUID, *, lead_id: UUID, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Let a question follow another open one of the same centre. Both dates of its asker stay.

    If the lead was accepted, this asker's acceptance clock stops now. Raises NotAllowed.
    """
    with transaction.atomic():
        _lock_both(question_id, lead_id)
        with turn(question_id, "merge", by=by, clock=clock, seen=seen) as this:
            lead = locked(lead_id)
            demand(by, P.MERGE, lead)
            if lead.pk == question_id or lead.state not in LEADING or lead.answered_at:
                raise NotAllowed(LEAD_NOT_OPEN)
            this.question.lead = lead
            this.question.merged_at = this.now
            due = open_leg(this, lead.office)[1] if lead.office_id != this.question.office_id else None
            this.tell(
                QuestionMerged(lead=str(lead.pk), leg=str(this.leg.pk), office=str(lead.office_id), leg_accept_due=due)
            )
            lead_leg = lead.legs.get(ended_at=None)
            if lead_leg.accepted_at:
                _accept(this, lead_leg)
            this.then(lambda: measure(lead))
    return this.question


def unmerge(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Undo a merge within 24 hours; the question is back in screening. Raises NotAllowed."""
    with lead_locked(question_id) as lead, turn(question_id, "unmerge", by=by, clock=clock, seen=seen) as this:
        _part(this)
        if lead:
            this.then(lambda: measure(lead))
    return this.question


@contextmanager
def lead_locked(question_id: UUID) -> Iterator[Question | None]:
    """Lock the question that this one follows, if any, before this one is."""
    with transaction.atomic():
        lead_id = Question.objects.values_list("lead", flat=True).get(pk=question_id)
        yield locked(lead_id) if lead_id else None


def members_follow(lead: Turn) -> None:
    """Take the members along to the office that has just got the lead, or back to the centre."""
    office = lead.question.office
    for member_id in _members(lead):
        with turn(member_id, "follow", by=MERGER, clock=FixedClock(lead.now), within=lead) as this:
            leg, due = (back_to_centre(this), None) if office.is_centre else open_leg(this, office)
            this.tell(QuestionFollowed(leg=str(leg.pk), office=str(leg.office_id), leg_accept_due=due))
    _measure_led(lead)


def members_accepted(lead: Turn) -> None:
    """Stop the members' acceptance clocks with the lead's."""
    for member_id in _members(lead):
        with turn(member_id, "follow", by=MERGER, clock=FixedClock(lead.now), within=lead) as this:
            _accept(this, lead.leg)
    _measure_led(lead)


def members_answered(lead: Turn, answer: Answer) -> None:
    """Give the lead's answer to every member: one answer fans out.

    Published is the lead's; a member's only where the lead's asker did not consent.
    """
    days = calendar()
    for member_id in _members(lead):
        with turn(member_id, "receive_answer", by=MERGER, clock=FixedClock(lead.now), within=lead) as this:
            question = this.question
            this.rule(stop(question, this.leg, ClockKind.REPLY, this.now))
            this.rule(stop(question, this.leg, ClockKind.PLAIN, this.now))
            question.answered_at = this.now
            question.rating_ends_at = rating_ends(this.now, days)
            question.closes_at = reopening_ends(this.now, days)
            if question.consents and not lead.question.consents:
                question.publication = PUBLICATION.next_state(question.publication, "propose_publication")
            copy = Answer.objects.create(
                question=question,
                office=answer.office,
                draft=answer.draft,
                text=answer.text,
                text_key=secrets.token_bytes(32),
                released_by=answer.released_by,
                released_at=this.now,
                working_days=working_days_taken(question.submitted_at, this.now, days),
                month=month_of(this.now),
            )
            this.tell(
                AnswerReleased(
                    version=answer.draft.version,
                    office=str(answer.office_id),
                    text_commitment=commit(bytes(copy.text_key), copy.text),
                    publication=question.publication,
                )
            )
    _release_lead(lead)


def members_freed(lead: Turn) -> None:
    """The lead ends without an answer: its members go their own way again, from the centre."""
    for member_id in _members(lead):
        with turn(member_id, "unmerge", by=MERGER, clock=FixedClock(lead.now), within=lead) as this:
            _part(this)
    _release_lead(lead)


def _lock_both(question_id: UUID, lead_id: UUID) -> None:
    """Lock two questions that do not follow another one yet, by id: others may merge them crosswise.

    One that does follow is locked after its lead, so with it the merge is over; the turn says why.
    """
    first, second = sorted((question_id, lead_id))
    if locked(first).state != State.MERGED:
        lock_all([second])
    elif first == lead_id:
        raise NotAllowed(LEAD_NOT_OPEN)


def _members(lead: Turn) -> list[UUID]:
    if lead.question.members_due is None:
        return []
    following = Question.objects.filter(lead_id=lead.question.pk, state=State.MERGED).order_by("pk")
    lock_all(list(following.values_list("pk", flat=True)))
    # Asked again: one may have been taken back or parted in this very moment.
    return list(following.values_list("pk", flat=True))


def _accept(this: Turn, lead_leg: Leg) -> None:
    first = this.question.accepted_at is None
    this.rule(stop(this.question, this.leg, ClockKind.ACCEPT, this.now))
    this.rule(stop(this.question, this.leg, ClockKind.ACCEPT, this.now, of_leg=True))
    this.leg.accepted_at = this.now
    this.leg.accepted_by_id = lead_leg.accepted_by_id
    this.leg.save(update_fields=["accepted_at", "accepted_by"])
    if first:
        this.question.accepted_at = this.now
    this.tell(QuestionAccepted(leg=str(this.leg.pk), office=str(this.question.office_id), first=first))


def _part(this: Turn) -> None:
    if not this.question.office.is_centre:
        back_to_centre(this)
    this.question.lead = None
    this.question.merged_at = None
    this.tell(QuestionUnmerged(leg=str(this.leg.pk), office=str(this.question.office_id)))


def measure(lead: Question) -> None:
    """Note on the lead the nearest date of its members. Its own verdicts are left to its next turn."""
    members = Question.objects.filter(lead=lead, state=State.MERGED)
    lead.members_due = members.aggregate(nearest=Min("nearest_due"))["nearest"]
    rank(lead, lead.legs.get(ended_at=None))
    lead.version += 1
    lead.save(update_fields=["members_due", "nearest_due", "version"])


def _measure_led(lead: Turn) -> None:
    if lead.question.members_due is not None:
        measure(lead.question)


def _release_lead(lead: Turn) -> None:
    if lead.question.members_due is not None:
        lead.question.members_due = None
        lead.question.save(update_fields=["members_due"])
