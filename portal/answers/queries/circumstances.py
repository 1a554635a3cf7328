"""What the exceptions of one question allow now, so that no button is shown that must fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from portal.answers.models import Amendment, Clarification, Decision, Extension, HandOver, Helping, Question, Reopening
from portal.answers.permissions import OFFICE_ROLES
from portal.answers.rules.aftermath import REVERSIBLE, is_poor
from portal.kernel.actors import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Circumstances:
    """The exceptions that a question has met; empty lists and None where it met none."""

    extension: Extension | None
    clarification: Clarification | None
    helpings: list[Helping]
    reopening: Reopening | None
    hand_over: HandOver | None
    members: list[Question]
    amendments: list[Amendment]

    def shut(self, question: Question, actor: Actor, now: datetime) -> frozenset[str]:
        """Return the steps that table and permission leave open, and circumstances do not."""
        return frozenset(self._shut(question, actor, now))

    def _shut(self, question: Question, actor: Actor, now: datetime) -> "Iterator[str]":
        asked = self.extension is not None and self.extension.decision == Decision.OPEN
        if not asked or now >= question.reply_due:
            yield "approve_extension"
        if not asked:
            yield "refuse_extension"
        refused = self.extension is not None and self.extension.decision == Decision.REFUSED
        # A reopened question has another clock, and a question waits for its asker once.
        second = question.answered_at is not None
        if (self.extension is not None and not refused) or now >= question.reply_due or second:
            yield "request_extension"
        if self.clarification is not None or question.members_due is not None or second:
            yield "ask_asker"
        offices = actor.office_ids(*OFFICE_ROLES)
        if not any(str(one.office_id) in offices and one.contributed_at is None for one in self.helpings):
            yield "contribute"
        if question.members_due is not None:
            yield "merge"
        if question.merged_at is not None and now >= question.merged_at + REVERSIBLE:
            yield "unmerge"
        verdict = question.rating
        if (
            self.reopening is not None
            or verdict is None
            or not is_poor(verdict.resolved, verdict.satisfaction)
            or (question.closes_at is not None and now >= question.closes_at)
        ):
            yield "request_reopening"


def circumstances(question: Question) -> Circumstances:
    """Load what exceptions a question has met. `question` comes from `queries.case.load_question`. Four queries."""
    return Circumstances(
        extension=question.extensions.select_related("requested_by", "decided_by").order_by("-pk").first(),
        clarification=getattr(question, "clarification", None),
        helpings=list(question.helpings.select_related("office")),
        reopening=getattr(question, "reopening", None),
        hand_over=getattr(question, "hand_over", None),
        members=list(question.members.order_by("submitted_at")),
        amendments=list(question.amendments.all()),
    )
