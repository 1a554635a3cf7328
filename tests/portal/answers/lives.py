"""Two questions and the people around them, for properties: each move takes a step that the table leaves open."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from portal.accounts.models import Office
from portal.answers.actions import aftercare, clarifying, emergencies
from portal.answers.actions.recounting import begin_recomputation, recompute_some
from portal.answers.actions.settling import settle_due
from portal.answers.models import Emergency, Question
from portal.answers.states import EMERGENCY, MACHINE, PUBLICATION
from portal.journal.models import EventRecord
from portal.kernel.actors import Actor
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from portal.workdays.rules.notices import Layer
from tests.factories import steps
from tests.factories.answers import MONDAY, ask
from tests.factories.workdays import day_off, load, notice

# Two weeks, but for one day: so long that a first date comes to lie behind the end of a pause.
CLOSED = tuple(date(2026, 3, day) for day in (9, 10, 11, 12, 16, 17, 18, 19, 20))
AT_THE_CENTRE = {
    "screen", "dispatch", "propose_refusal", "hand_over", "merge", "unmerge", "transfer", "refuse_return",
    "refuse_return_after_acceptance", "rate_told", "reopen_by_call", "recall",
}  # fmt: skip
SECOND_PERSONS = {"approve_refusal", "reject_refusal", "confirm_receipt", "correct_receipt"}
ONE_LEVEL_UP = {
    "approve_extension", "refuse_extension", "approve_reopening", "refuse_reopening", "return_draft", "release",
}  # fmt: skip
ASKERS = {"supply", "rate", "request_reopening", "withdraw"}
EDITORS = {step.name for step in PUBLICATION.steps}
# Behind these nothing follows: they are taken less often.
ENDINGS = {
    "propose_refusal",
    "hand_over",
    "withdraw",
    "decline_publication",
    "withdraw_publication",
    "refuse_reopening",
}
SYSTEMS = {"follow", "receive_answer", "fall_back", "lapse", "close", "propose_publication"}


# How far the first question has come when chance takes over, so that the ends of long ways are walked too.
ACCEPTED = ("dispatch", "accept")
ANSWERED = (*ACCEPTED, "save_draft", "submit_for_review", "release")
BEGINNINGS = (
    (),
    ("dispatch",),
    ("dispatch", "request_return", "transfer"),
    ACCEPTED,
    (*ACCEPTED, "request_extension"),
    (*ACCEPTED, "ask_asker"),
    ANSWERED,
    (*ANSWERED, "publish", "rate", "request_reopening"),
    (*ANSWERED, "rate", "request_reopening", "approve_reopening", "save_draft"),
)


class Life:
    """Two questions of one asker, an emergency, the centre's fall-back office, and time."""

    def __init__(self, district: SimpleNamespace, *, at: datetime = MONDAY, first: Question | None = None) -> None:
        self.district = district
        self.now = at
        asked = [ask(district, by=district.resident, clock=self.clock) for _ in range(1 if first else 2)]
        self.questions = [first, *asked] if first else asked

    def begin(self, *names: str) -> None:
        """Bring the first question on its way."""
        for name in names:
            self._take(name, self._present(0), {})

    def fall_back_to(self, office: Office) -> None:
        """Let this office keep what two have returned."""
        Office.objects.filter(pk=self.district.centre.pk).update(fallback=office)

    @property
    def clock(self) -> FixedClock:
        return FixedClock(self.now)

    def move(self, which: int, choice: int, hours: int) -> None:
        """Let time pass, then take one of the moves that are open."""
        steps_on = self._steps(self._present(which))
        moves = [*steps_on, *(name for name in steps_on * 3 if name not in ENDINGS), "tick", "emergency", "close_days"]
        self.attempt(moves[choice % len(moves)], which, hours)

    def attempt(self, name: str, which: int, hours: int, **typed: Any) -> None:
        """Let time pass, then take this move, open or not; typed: what is filled in otherwise than usual."""
        self.now += timedelta(hours=hours)
        with suppress(IllegalStep, NotAllowed):  # the circumstances may be against it
            self._take(name, self._present(which), typed)

    @property
    def has_closed(self) -> bool:
        """Tell whether the typhoon has come."""
        return EventRecord.objects.filter(name="workdays.calendar_loaded").exists()

    def tick(self) -> None:
        """What the clock process does."""
        settle_due(self.clock)
        clarifying.lapse_due(self.clock)
        aftercare.close_due(self.clock)

    def _present(self, which: int) -> Question:
        return Question.objects.select_related("office").get(pk=self.questions[which].pk)

    def _steps(self, question: Question) -> list[str]:
        rows = [*MACHINE.open_steps(question.state), *PUBLICATION.open_steps(question.publication)]
        return [row.name for row in rows if row.name not in SYSTEMS]

    def _take(self, name: str, question: Question, typed: dict[str, Any]) -> None:
        match name:
            case "tick":
                self.tick()
            case "settle":
                settle_due(self.clock)
            case "emergency":
                self._emergency(question)
            case "close_days":
                self._close_days()
            case _:
                other = next(one for one in self.questions if one.pk != question.pk)
                around = SimpleNamespace(**vars(self.district) | {"lead": other})
                steps.take(name, question, around, by=self._who(name, question), clock=self.clock, **typed)

    def _who(self, step: str, question: Question) -> Actor:
        district, at_street = self.district, question.office_id == self.district.street.pk
        if step in AT_THE_CENTRE:
            return district.dispatcher
        if step in SECOND_PERSONS:
            return district.second_dispatcher
        if step in ONE_LEVEL_UP:
            return district.superior
        if step in ASKERS:
            return district.resident
        if step in EDITORS:
            return district.editor
        if step == "contribute":
            return district.spokesperson if at_street else district.street_spokesperson
        return district.street_spokesperson if at_street else district.spokesperson

    def _emergency(self, question: Question) -> None:
        """The next step of the one emergency; it must touch no clock."""
        by, found = self.district.dispatcher, Emergency.objects.first()
        if found is None:
            emergencies.open_emergency(
                title="停水",
                place="",
                centre_id=question.centre_id,
                question_ids=[question.pk],
                by=by,
                clock=self.clock,
            )
        elif "name_lead" in {row.name for row in EMERGENCY.open_steps(found.state)}:
            emergencies.name_lead(found.pk, office_id=self.district.street.pk, by=by, clock=self.clock)
        else:
            emergencies.publish_statement(found.pk, text="正在抢修", by=by, clock=self.clock)
            emergencies.attach(found.pk, number=question.number, by=by, clock=self.clock)

    def _close_days(self) -> None:
        """A typhoon: all offices of the city are closed on some days; once."""
        if self.has_closed:
            return
        local = notice(2026, *(day_off(day.isoformat(), "台风停工") for day in CLOSED), layer=Layer.LOCAL)
        load(local, self.clock)
        begin_recomputation(
            EventRecord.objects.get(name="workdays.calendar_loaded").payload["edition"], clock=self.clock
        )
        while recompute_some(self.clock):
            pass
