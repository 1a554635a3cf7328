"""What people do with their questions in that week, by the real actions, at hours drawn by lot.

The same seed gives the same deeds. Each deed is noted from what was done and allowed; no date, state or
verdict that the portal has stored goes into the notes.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from uuid import UUID

from benchmarks.week.almanac import ENDS, Deed, wait_ends
from benchmarks.week.city import City
from portal.answers.actions import (
    aftercare,
    asking,
    clarifying,
    extending,
    handling,
    helping,
    merging,
    publication,
    reopening,
    replying,
    screening,
)
from portal.answers.models import Question
from portal.journal import ticks
from portal.kernel import clock as clocks
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from tests.fakes.clock import HandClock

HOUR = timedelta(hours=1)
# How likely each step is in each state, and after how many hours, on average, somebody looks again.
STEPS: dict[str, dict[str, float]] = {
    "submitted": {"screen": 2, "dispatch": 9, "propose_refusal": 0.5, "hand_over": 0.1, "merge": 2, "withdraw": 0.2},
    "screening": {"dispatch": 9, "propose_refusal": 0.5, "merge": 2, "withdraw": 0.2},
    "refusal_review": {"approve_refusal": 3, "reject_refusal": 1},
    "awaiting_acceptance": {"accept": 9, "request_return": 1.2, "transfer": 0.4, "withdraw": 0.2},
    "transferred": {"accept": 9, "request_return": 1.2, "transfer": 0.3, "withdraw": 0.2},
    "return_requested": {"transfer": 3, "refuse_return": 2, "withdraw": 0.1},
    "accepted": {
        "save_draft": 6, "request_extension": 1.5, "approve_extension": 1, "ask_asker": 1.2, "ask_helper": 0.7,
        "request_return": 0.4, "transfer": 0.3, "withdraw": 0.2,
    },
    "drafting": {
        "submit_for_review": 6, "save_draft": 1, "request_extension": 1, "approve_extension": 2, "refuse_extension": 0.4,
        "contribute": 1, "ask_asker": 0.7, "withdraw": 0.1,
    },
    "review": {"release": 6, "return_draft": 1, "approve_extension": 1, "withdraw": 0.1},
    "waiting_asker": {"supply": 6, "wait": 4, "withdraw": 0.2},
    "merged": {"wait": 8, "unmerge": 2, "withdraw": 0.5},
    "answered": {"rate": 6, "publish": 6, "decline": 1, "wait": 1},
    "rated": {"request_reopening": 3, "publish": 3, "amend": 0.5, "take_down": 0.1, "wait": 1},
    "reopen_review": {"approve_reopening": 3, "refuse_reopening": 1, "publish": 1},
    "reopened": {"save_draft": 5, "publish": 1},
    "closed": {"publish": 3, "amend": 1},
}  # fmt: skip
MEAN_HOURS = {
    "submitted": 4, "screening": 4, "awaiting_acceptance": 9, "transferred": 9, "waiting_asker": 40, "merged": 40,
    "answered": 60, "rated": 80,
}  # fmt: skip
OTHERWISE = 16
REFUSAL = {"reason": "no_question", "explanation": "没有具体事项", "other_route": "12345"}
TICKS = {"answers.settle", "answers.lapse", "answers.remind", "answers.close"}
AT_ONCE = 200  # what one tick does at most


class NothingToDo(Exception):
    """Raised when there is nobody or nothing of that kind to act on."""


class Life:
    """The week of `questions` questions, from Monday's first hour on; run it once."""

    def __init__(self, city: City, clock: HandClock, *, questions: int, seed: int, tick_hours: float) -> None:
        self.city, self.clock, self.chance = city, clock, random.Random(seed)
        self.monday, self.tick_hours = clock.now(), tick_hours
        self.until = self.monday + timedelta(days=60)
        self.deeds: dict[UUID, list[Deed]] = {}
        self.followers: dict[UUID, list[UUID]] = {}
        self.done: dict[str, int] = {}
        self.refused = 0
        self.dead_hours = [self._died(day) for day in (1, 3, 8, 11, 12, 15)]
        self._askers: dict[UUID, object] = {}
        self._haste: dict[UUID, float] = {}
        self._returns: dict[UUID, set[int]] = {}
        self._wanted: dict[UUID, int] = {}
        self._consented: set[UUID] = set()
        self._public: set[UUID] = set()
        self._displeased: set[UUID] = set()
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        for _ in range(questions):
            self._later(self._arrival(), self._ask)
        self._later(self.monday, self._tick)

    def run(self) -> None:
        """Let everything happen in its order, and the clock process look once more at the end."""
        while self._agenda and self._agenda[0][0] < self.until:
            at, _number, act = heappop(self._agenda)
            self.clock.set(at)
            act()
        self.clock.set(self.until)
        self._run_ticks()

    # --- Time -----------------------------------------------------------------------------------

    def _later(self, at: datetime, act: Callable[[], None]) -> None:
        heappush(self._agenda, (at, next(self._order), act))

    def _arrival(self) -> datetime:
        """Three in five come on the peak day, the others on the six after it; at any hour, mostly by day."""
        day = 0 if self.chance.random() < 0.6 else self.chance.randrange(1, 7)
        hour = self.chance.triangular(0, 24, 11)
        return self.monday + timedelta(days=day, hours=hour, microseconds=self.chance.randrange(10**6))

    def _died(self, day: int) -> tuple[datetime, datetime]:
        """The clock process dies in the evening and comes back in the morning: promises end in between."""
        begin = self.monday + timedelta(days=day, hours=self.chance.uniform(18, 23.5))
        return begin, begin + self.chance.uniform(2, 12) * HOUR

    def _tick(self) -> None:
        now = self.clock.now()
        if not any(begin <= now < end for begin, end in self.dead_hours):
            self._run_ticks()
        # Often in the first three weeks, in which promises end; now and then afterwards.
        often = 1 if now < self.monday + timedelta(days=21) else 8
        self._later(now + often * self.tick_hours * self.chance.uniform(0.5, 1.5) * HOUR, self._tick)

    def _run_ticks(self) -> None:
        while True:
            changed = ticks.run_ticks(clocks.installed())
            assert changed.keys() >= TICKS, "a tick failed"
            if max(changed["answers.settle"], changed["answers.lapse"]) < AT_ONCE:
                break
        for question in list(self.deeds):
            paused = self._last(question)
            if paused.what == "paused" and (ended := wait_ends(paused.at)) <= self.clock.now():
                self._note(question, "lapsed", at=ended)

    # --- One question ---------------------------------------------------------------------------

    def _ask(self) -> None:
        by, consents = self.chance.choice(self.city.residents), self.chance.random() < 0.7
        draft = asking.start_draft(by=by)
        typed = {"topic": self.chance.choice(self.city.topics).pk, "title": "路灯不亮", "text": "请问何时维修？"}
        asking.keep_answers(draft.pk, typed | {"office": "", "consents": consents})
        question, _code = asking.submit(
            draft.pk, by=by, clock=clocks.installed(), language="zh-hans", contact_needed=False
        )
        self.deeds[question.pk] = [Deed(self.clock.now(), "asked")]
        self._askers[question.pk] = by
        if consents:
            self._consented.add(question.pk)
        # Some offices are quick, some are not: that is how promises are kept and missed.
        self._haste[question.pk] = self.chance.choice((0.3, 0.7, 1, 1, 1.6, 4))
        self._come_back(question.pk, "submitted")

    def _come_back(self, question: UUID, state: str) -> None:
        hours = self.chance.expovariate(1 / MEAN_HOURS.get(state, OTHERWISE)) * self._haste[question]
        at = self.clock.now() + timedelta(hours=hours, microseconds=self.chance.randrange(10**6))
        self._later(at, lambda: self._visit(question))

    def _visit(self, question: UUID) -> None:
        state, office = Question.objects.values_list("state", "office").get(pk=question)
        if state not in STEPS:
            return
        step = self.chance.choices(list(STEPS[state]), list(STEPS[state].values()))[0]
        if step != "wait":
            try:
                getattr(self, f"_{step}")(question, str(office))
                self.done[step] = self.done.get(step, 0) + 1
            except (IllegalStep, NotAllowed):
                self.refused += 1
            except NothingToDo:
                pass
        if state != "closed":
            self._come_back(question, state)

    # --- Notes ----------------------------------------------------------------------------------

    def _note(self, question: UUID, what: str, *, office: str = "", days: int = 0, at: datetime | None = None) -> None:
        self.deeds[question].append(Deed(at or self.clock.now(), what, office, days))
        followers = self.followers.get(question, [])
        if what in ("given", "accepted", "answered"):
            for follower in followers:
                self._note(follower, what, office=office)
        elif what in ENDS:
            for follower in followers:
                self._part(follower)
        if what in (*ENDS, "answered"):
            self.followers.pop(question, None)

    def _part(self, question: UUID) -> None:
        """A question goes its own way again, from the centre."""
        if self._holder(question):
            self._note(question, "given")

    def _holder(self, question: UUID) -> str:
        """Return who holds it by our notes; "" for the centre."""
        return [deed.office for deed in self.deeds[question] if deed.what in ("asked", "given")][-1]

    def _last(self, question: UUID) -> Deed:
        return self.deeds[question][-1]

    def _leave_lead(self, question: UUID) -> None:
        for following in self.followers.values():
            if question in following:
                following.remove(question)

    def _leg(self, question: UUID) -> int:
        return sum(deed.what in ("asked", "given") for deed in self.deeds[question])

    def _do(self, action: Callable[..., object], question: UUID, by: object, **given: object) -> None:
        action(question, **given, by=by, clock=clocks.installed())

    def _some_office(self, *, other_than: str = "") -> str:
        """Draw an office; a few get most of the questions."""
        place = min(int(self.chance.paretovariate(0.6)) - 1, len(self.city.offices) - 1)
        office = str(self.city.offices[place].pk)
        return office if office != other_than else str(self.city.offices[(place + 1) % len(self.city.offices)].pk)

    # --- The centre -----------------------------------------------------------------------------

    def _screen(self, question: UUID, office: str) -> None:
        self._do(screening.screen, question, self.city.dispatcher)

    def _dispatch(self, question: UUID, office: str) -> None:
        target = self._some_office()
        self._do(screening.dispatch, question, self.city.dispatcher, office_id=target, public_title="路灯不亮")
        self._note(question, "given", office=target)

    def _propose_refusal(self, question: UUID, office: str) -> None:
        self._do(screening.propose_refusal, question, self.city.dispatcher, **REFUSAL)

    def _approve_refusal(self, question: UUID, office: str) -> None:
        self._do(screening.approve_refusal, question, self.city.second_dispatcher)
        self._note(question, "refused")

    def _reject_refusal(self, question: UUID, office: str) -> None:
        self._do(screening.reject_refusal, question, self.city.second_dispatcher, note="应予受理")

    def _hand_over(self, question: UUID, office: str) -> None:
        self._do(screening.hand_over, question, self.city.dispatcher, service="120", told="请拨打 120")
        self._note(question, "refused")

    def _merge(self, question: UUID, office: str) -> None:
        lead = self.chance.choice(list(self.deeds))
        self._do(merging.merge, question, self.city.dispatcher, lead_id=lead)
        holder = self._holder(lead)
        if holder != self._holder(question):
            self._note(question, "given", office=holder)
        if self._is_accepted(lead):
            self._note(question, "accepted")
        self.followers.setdefault(lead, []).append(question)

    def _is_accepted(self, question: UUID) -> bool:
        """Tell whether the office that holds it now has accepted."""
        return (
            next(d.what for d in reversed(self.deeds[question]) if d.what in ("asked", "given", "accepted"))
            == "accepted"
        )

    def _unmerge(self, question: UUID, office: str) -> None:
        self._do(merging.unmerge, question, self.city.dispatcher)
        self._leave_lead(question)
        self._part(question)

    def _transfer(self, question: UUID, office: str) -> None:
        target = self._some_office(other_than=office)
        self._do(handling.transfer, question, self.city.dispatcher, office_id=target, reason="职责所在")
        self._note(question, "given", office=target)

    def _refuse_return(self, question: UUID, office: str) -> None:
        self._do(handling.refuse_return, question, self.city.dispatcher, reason="属于贵单位职责")

    # --- The office -----------------------------------------------------------------------------

    def _accept(self, question: UUID, office: str) -> None:
        self._do(handling.accept, question, self.city.spokespersons[office])
        self._note(question, "accepted")

    def _request_return(self, question: UUID, office: str) -> None:
        other = UUID(self._some_office(other_than=office))
        by = self.city.spokespersons[office]
        self._do(handling.request_return, question, by, reason="非本单位职责", proposed_office_id=other)
        earlier = self._returns.setdefault(question, set())
        is_second = bool(earlier - {self._leg(question)})
        earlier.add(self._leg(question))
        if is_second:
            self._note(question, "given", office=str(self.city.fallback.pk))

    def _save_draft(self, question: UUID, office: str) -> None:
        self._do(replying.save_draft, question, self.city.officers[office], text="已安排维修。")

    def _submit_for_review(self, question: UUID, office: str) -> None:
        self._do(replying.submit_for_review, question, self.city.officers[office])

    def _return_draft(self, question: UUID, office: str) -> None:
        self._do(replying.return_draft, question, self.city.spokespersons[office], note="请写明时间")

    def _release(self, question: UUID, office: str) -> None:
        self._do(replying.release, question, self.city.spokespersons[office])
        answered = any(deed.what == "answered" for deed in self.deeds[question])
        self._note(question, "answered again" if answered else "answered")

    def _request_extension(self, question: UUID, office: str) -> None:
        days = self.chance.randrange(1, 8)
        by = self.city.spokespersons[office]
        self._do(extending.request_extension, question, by, working_days=days, reason="需要勘查", interim="正在勘查")
        self._wanted[question] = days

    def _approve_extension(self, question: UUID, office: str) -> None:
        days = self._wanted_days(question)
        self._do(extending.approve_extension, question, self.city.superior)
        self._note(question, "extended", days=days)

    def _refuse_extension(self, question: UUID, office: str) -> None:
        self._wanted_days(question)
        self._do(extending.refuse_extension, question, self.city.superior, note="请按期答复")

    def _wanted_days(self, question: UUID) -> int:
        if question not in self._wanted:
            raise NothingToDo
        return self._wanted[question]

    def _ask_helper(self, question: UUID, office: str) -> None:
        other = UUID(self._some_office(other_than=office))
        self._do(helping.ask_helper, question, self.city.officers[office], office_id=other, request="请出具意见")

    def _contribute(self, question: UUID, office: str) -> None:
        helpers = Question.objects.values_list("helpers", flat=True).get(pk=question)
        if not helpers:
            raise NothingToDo
        self._do(helping.contribute, question, self.city.officers[helpers[0]], text="已核实")

    def _ask_asker(self, question: UUID, office: str) -> None:
        self._do(clarifying.ask_asker, question, self.city.spokespersons[office], text="哪一盏？")
        self._note(question, "paused")

    # --- The asker, one level up, the editor ------------------------------------------------------

    def _supply(self, question: UUID, office: str) -> None:
        self._do(clarifying.supply, question, self._askers[question], text="东门那一盏")
        self._note(question, "resumed")

    def _withdraw(self, question: UUID, office: str) -> None:
        self._do(aftercare.withdraw, question, self._askers[question])
        self._leave_lead(question)
        self._note(question, "withdrawn")

    def _rate(self, question: UUID, office: str) -> None:
        resolved, points = self.chance.choice((("yes", 5), ("yes", 4), ("partly", 3), ("no", 2), ("no", 1)))
        self._do(aftercare.rate, question, self._askers[question], resolved=resolved, satisfaction=points, comment="")
        if points <= 2:
            self._displeased.add(question)

    def _request_reopening(self, question: UUID, office: str) -> None:
        self._demand(question, self._displeased)
        self._do(reopening.request_reopening, question, self._askers[question], reason="还是不亮")

    def _approve_reopening(self, question: UUID, office: str) -> None:
        self._do(reopening.approve_reopening, question, self.city.superior)
        self._note(question, "reopened")

    def _refuse_reopening(self, question: UUID, office: str) -> None:
        self._do(reopening.refuse_reopening, question, self.city.superior, note="已经修好")

    def _publish(self, question: UUID, office: str) -> None:
        self._demand(question, self._consented - self._public)
        self._do(publication.publish, question, self.city.editor, **self._wording())
        self._public.add(question)

    def _decline(self, question: UUID, office: str) -> None:
        self._demand(question, self._consented - self._public)
        self._do(publication.decline, question, self.city.editor, reason="personal")

    def _amend(self, question: UUID, office: str) -> None:
        self._demand(question, self._public)
        self._do(publication.amend, question, self.city.editor, **self._wording(), reason="更正日期")

    def _take_down(self, question: UUID, office: str) -> None:
        self._demand(question, self._public)
        self._do(publication.take_down, question, self.city.editor, reason="wrong")

    def _demand(self, question: UUID, fitting: set[UUID]) -> None:
        if question not in fitting:
            raise NothingToDo

    def _wording(self) -> dict[str, str]:
        number = self.chance.randrange(100)
        return {"title": "路灯不亮", "question_text": "请问何时维修？", "answer_text": f"{number} 日前修好。"}
