"""Fill an empty database with the demo: every question goes through the real actions, in order of time.

Deterministic: the same day gives the same questions. Nothing is dated in the future.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings

from portal.accounts.models import Appointment, Office, Role, User
from portal.accounts.queries import actor_for
from portal.answers.actions import (
    aftercare,
    asking,
    calling,
    checking,
    clarifying,
    entering,
    extending,
    handling,
    helping,
    merging,
    publication,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.actions.reminding import remind_due
from portal.answers.actions.settling import settle_due
from portal.answers.models import CallBack, Question, Topic
from portal.answers.permissions import LISTENERS
from portal.answers.rules.contacts import Contact
from portal.answers.states import CallState
from portal.config.demo.accounts import make_offices, make_people, read
from portal.config.demo.editing import send_a_change_on
from portal.config.demo.home import name_frequent_tasks
from portal.config.demo.lives import make_lives
from portal.config.demo.news import make_news
from portal.config.demo.pages import make_pages
from portal.config.demo.searches import make_searches, recommend_results
from portal.journal import relay
from portal.journal.jobs import run_jobs
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.clock import Clock, FixedClock
from portal.kernel.workdays import WorkCalendar, local_date, start_of
from portal.workdays.queries import calendar


class NotADemo(RuntimeError):
    """Raised outside the demo: made-up people with a known password never enter a real installation."""


@dataclass
class Script:
    """One question of the demo: what is in the file, when it is asked, and what it became."""

    data: dict[str, Any]
    asked_at: datetime
    question: Question | None = None
    code: str = ""
    done: list[str] = field(default_factory=list)


def seed(clock: Clock) -> list[Script]:
    """Create offices, people and questions; return the questions with their tracking codes.

    Raises NotADemo. The database must be empty of offices.
    """
    if not settings.CLOCK_MAY_BE_MOVED:
        raise NotADemo("demo data are for the demo only")
    now = clock.now()
    days = calendar()
    make_offices(now - timedelta(days=400))
    make_people(now - timedelta(days=400))
    make_pages(local_date(now))
    make_lives(now, days)
    name_frequent_tasks()
    make_news(now)
    make_searches(local_date(now))
    recommend_results()
    send_a_change_on()
    for order, topic in enumerate(read("questions")["topic"], start=1):
        Topic.objects.create(sort_order=order, **topic)
    scripts = [Script(data, _asked_at(data, now, days)) for data in read("questions")["question"]]
    for at, act in sorted(_acts(scripts, now), key=lambda pair: pair[0]):
        settle_due(FixedClock(at))
        keep_draws(FixedClock(at))
        act(FixedClock(at))
    settle_due(FixedClock(now))
    remind_due(FixedClock(now))
    keep_draws(FixedClock(now))
    while relay.drain() + run_jobs():
        pass
    return scripts


def _asked_at(data: dict[str, Any], now: datetime, days: WorkCalendar) -> datetime:
    day = _anchor(data.get("anchor", "now"), now, days) - timedelta(days=data["ago"])
    hour, minute = (int(part) for part in data["time"].split(":"))
    # A question of "today" that would lie ahead is asked just now.
    return min(start_of(day) + timedelta(hours=hour, minutes=minute), now - timedelta(minutes=5))


def _anchor(name: str, now: datetime, days: WorkCalendar) -> date:
    today = local_date(now)
    if name == "announced":
        return min(today, days.provisional_from - timedelta(days=15))
    if name == "make-up":
        day = min(today, days.provisional_from) - timedelta(days=1)
        while not (day.weekday() >= 5 and days.is_working_day(day)):
            day -= timedelta(days=1)
        return day
    return today


def _acts(scripts: list[Script], now: datetime) -> Iterator[tuple[datetime, Callable[[Clock], object]]]:
    """Yield every act of every script that does not lie in the future."""
    for script in scripts:
        if "told" in script.data:
            yield (
                min(script.asked_at + _delay(script.data["told"]["typed"]), now - timedelta(minutes=1)),
                _Enter(script),
            )
        else:
            yield script.asked_at, _Ask(script)
        for line in script.data["plan"]:
            step, delay, *words = line.split(maxsplit=2)
            at = script.asked_at + _delay(delay)
            if at >= now:
                break
            yield at, _Take(script, step, " ".join(words))


def _delay(text: str) -> timedelta:
    number, unit = int(text[1:-1]), text[-1]
    return timedelta(minutes=number) if unit == "m" else timedelta(hours=number)


@dataclass(frozen=True)
class _Ask:
    script: Script

    def __call__(self, clock: Clock) -> None:
        data = self.script.data
        asker = User.objects.filter(email=data["asker"]).first()
        by = actor_for(asker) if asker else ANONYMOUS
        draft = asking.start_draft(by=by)
        asking.keep_answers(
            draft.pk,
            {
                "topic": Topic.objects.get(slug=data["topic"]).pk,
                "office": str(Office.objects.get(code=data["office"]).pk) if data.get("office") else "",
                "title": data["title"],
                "text": data["text"],
                "place": data.get("place", ""),
                "contact": data.get("contact", ""),
                "nickname": asker.name if asker else data["asker"],
                "consents": data["consents"],
                "confidential": data.get("confidential", False),
            },
        )
        self.script.question, self.script.code = asking.submit(
            draft.pk, by=by, clock=clock, language=data.get("language", "zh-hans"), contact_needed=False
        )


@dataclass(frozen=True)
class _Enter:
    """Staff type what they were told; the clocks have run since it was said."""

    script: Script

    def __call__(self, clock: Clock) -> None:
        data = self.script.data
        told = data["told"]
        kind, _colon, value = told.get("contact", "none:").partition(":")
        said = entering.Told(
            topic=Topic.objects.get(slug=data["topic"]),
            title=data["title"],
            text=data["text"],
            channel=told["channel"],
            received_at=self.script.asked_at,
            consents=data["consents"],
            confidential=data.get("confidential", False),
            place=data.get("place", ""),
            wished_office=Office.objects.filter(code=data.get("office", "")).first(),
            nickname=data["asker"],
            relation=told.get("relation", ""),
            contact=Contact(kind, value) if value else None,
        )
        listener = Appointment.objects.filter(office__code=told["office"], role__in=LISTENERS).order_by("user__email")
        self.script.question, self.script.code = entering.enter(
            uuid4(),
            said,
            office_id=listener[0].office_id,
            knows_missed=True,
            by=actor_for(listener[0].user),
            clock=clock,
        )


@dataclass(frozen=True)
class _Take:
    script: Script
    step: str
    words: str

    def __call__(self, clock: Clock) -> None:
        asked = self.script.question
        if asked is None:
            return
        question = Question.objects.select_related("office", "centre").get(pk=asked.pk)
        getattr(self, f"_{self.step}")(question, clock)
        self.script.done.append(self.step)

    def _screen(self, question: Question, clock: Clock) -> None:
        screening.screen(question.pk, by=_holder(Role.DISPATCHER, question.centre), clock=clock)

    def _dispatch(self, question: Question, clock: Clock) -> None:
        if question.wished_office is None:
            raise ValueError("a question of the demo that is dispatched names its office")
        screening.dispatch(
            question.pk,
            office_id=question.wished_office.pk,
            public_title=question.title,
            cleared_text=self.script.data.get("cleared", ""),
            by=_holder(Role.DISPATCHER, question.centre),
            clock=clock,
        )

    def _confirm(self, question: Question, clock: Clock) -> None:
        checking.confirm_receipt(question.pk, by=_second(question), clock=clock)

    def _correct(self, question: Question, clock: Clock) -> None:
        minutes, reason = self.words.split(maxsplit=1)
        received_at = question.submitted_at + timedelta(minutes=int(minutes))
        checking.correct_receipt(question.pk, received_at=received_at, reason=reason, by=_second(question), clock=clock)

    def _refuse(self, question: Question, clock: Clock) -> None:
        screening.propose_refusal(
            question.pk,
            reason=self.words,
            explanation=self.script.data["explanation"],
            other_route=self.script.data["other_route"],
            by=_holder(Role.DISPATCHER, question.centre),
            clock=clock,
        )

    def _approve(self, question: Question, clock: Clock) -> None:
        screening.approve_refusal(question.pk, by=_holder(Role.DISPATCHER, question.centre, which=1), clock=clock)

    def _accept(self, question: Question, clock: Clock) -> None:
        handling.accept(question.pk, by=_holder(Role.SPOKESPERSON, question.office), clock=clock)

    def _return(self, question: Question, clock: Clock) -> None:
        code, reason = self.words.split(maxsplit=1)
        handling.request_return(
            question.pk,
            reason=reason,
            proposed_office_id=Office.objects.get(code=code).pk,
            by=_holder(Role.SPOKESPERSON, question.office),
            clock=clock,
        )

    def _transfer(self, question: Question, clock: Clock) -> None:
        code, reason = self.words.split(maxsplit=1)
        handling.transfer(
            question.pk,
            office_id=Office.objects.get(code=code).pk,
            reason=reason,
            by=_holder(Role.DISPATCHER, question.centre),
            clock=clock,
        )

    def _extend(self, question: Question, clock: Clock) -> None:
        days, reason = self.words.split(maxsplit=1)
        extending.request_extension(
            question.pk,
            working_days=int(days),
            reason=reason,
            interim=self.script.data["interim"],
            by=_holder(Role.SPOKESPERSON, question.office),
            clock=clock,
        )

    def _grant(self, question: Question, clock: Clock) -> None:
        extending.approve_extension(question.pk, by=_superior(question), clock=clock)

    def _help(self, question: Question, clock: Clock) -> None:
        code, request = self.words.split(maxsplit=1)
        helping.ask_helper(
            question.pk,
            office_id=Office.objects.get(code=code).pk,
            request=request,
            by=_holder(Role.SPOKESPERSON, question.office),
            clock=clock,
        )

    def _contribute(self, question: Question, clock: Clock) -> None:
        helper = Office.objects.get(pk=question.helpers[-1])
        helping.contribute(question.pk, text=self.words, by=_holder(Role.SPOKESPERSON, helper), clock=clock)

    def _clarify(self, question: Question, clock: Clock) -> None:
        clarifying.ask_asker(question.pk, text=self.words, by=_holder(Role.SPOKESPERSON, question.office), clock=clock)

    def _supply(self, question: Question, clock: Clock) -> None:
        clarifying.supply(question.pk, text=self.words, by=_asker(question), clock=clock)

    def _merge(self, question: Question, clock: Clock) -> None:
        lead = Question.objects.filter(title=self.words).exclude(pk=question.pk).get()
        merging.merge(question.pk, lead_id=lead.pk, by=_holder(Role.DISPATCHER, question.centre), clock=clock)

    def _hand_over(self, question: Question, clock: Clock) -> None:
        service, told = self.words.split(maxsplit=1)
        screening.hand_over(
            question.pk, service=service, told=told, by=_holder(Role.DISPATCHER, question.centre), clock=clock
        )

    def _reopen(self, question: Question, clock: Clock) -> None:
        reopening.request_reopening(question.pk, reason=self.words, by=_asker(question), clock=clock)

    def _again(self, question: Question, clock: Clock) -> None:
        reopening.approve_reopening(question.pk, by=_superior(question), clock=clock)

    def _amend(self, question: Question, clock: Clock) -> None:
        public = question.redaction
        publication.amend(
            question.pk,
            title=public.title,
            question_text=public.question_text,
            answer_text=f"{public.answer_text}\n\n{self.script.data['amended']}",
            reason=self.words,
            by=_editor(),
            clock=clock,
        )

    def _take_down(self, question: Question, clock: Clock) -> None:
        publication.take_down(question.pk, reason=self.words, by=_editor(), clock=clock)

    def _draft(self, question: Question, clock: Clock) -> None:
        text = self.script.data["answer"]
        replying.save_draft(question.pk, text=text, by=_holder(Role.OFFICER, question.office), clock=clock)

    def _review(self, question: Question, clock: Clock) -> None:
        replying.submit_for_review(question.pk, by=_holder(Role.OFFICER, question.office), clock=clock)

    def _release(self, question: Question, clock: Clock) -> None:
        replying.release(question.pk, by=_holder(Role.SPOKESPERSON, question.office), clock=clock)

    def _publish(self, question: Question, clock: Clock) -> None:
        publication.publish(
            question.pk,
            title=question.public_title,
            question_text=question.text,
            answer_text=question.answer.text,
            by=_editor(),
            clock=clock,
        )

    def _decline(self, question: Question, clock: Clock) -> None:
        publication.decline(question.pk, reason=self.words, by=_editor(), clock=clock)

    def _rate(self, question: Question, clock: Clock) -> None:
        resolved, satisfaction = self.words.split()
        aftercare.rate(
            question.pk,
            resolved=resolved,
            satisfaction=int(satisfaction),
            comment="",
            by=_asker(question),
            clock=clock,
        )

    def _called(self, question: Question, clock: Clock) -> None:
        call = CallBack.objects.filter(question=question, state=CallState.OPEN).first()
        if call is None:  # where a long festival lies between, its draw is still to come
            return
        resolved, satisfaction, *words = self.words.split(maxsplit=2)
        caller = _holder(Role.DISPATCHER, question.centre)
        calling.take_call(call.pk, by=caller, clock=clock)
        calling.record_result(
            call.pk,
            resolved=resolved,
            satisfaction=int(satisfaction),
            comment=" ".join(words),
            reopening="",
            note="",
            by=caller,
            clock=clock,
        )

    def _tell(self, question: Question, clock: Clock) -> None:
        by = _holder(Role.OFFICER, question.office)
        aftercare.tell_answer(question.pk, way=self.words, told_at=None, by=by, clock=clock)

    def _rate_told(self, question: Question, clock: Clock) -> None:
        resolved, satisfaction = self.words.split()
        aftercare.rate_told(
            question.pk,
            resolved=resolved,
            satisfaction=int(satisfaction),
            comment="",
            by=_holder(Role.DISPATCHER, question.centre),
            clock=clock,
        )

    def _withdraw(self, question: Question, clock: Clock) -> None:
        aftercare.withdraw(question.pk, by=_asker(question), clock=clock)


def _holder(role: str, office: Office, which: int = 0) -> Actor:
    """Return the person who holds `role` at `office`; which: 1 for a second one."""
    held = Appointment.objects.filter(role=role, office=office).order_by("user__email")
    return actor_for(held[which].user)


def _second(question: Question) -> Actor:
    """Return a dispatcher of the centre other than whoever entered the question."""
    held = Appointment.objects.filter(role=Role.DISPATCHER, office=question.centre)
    return actor_for(held.exclude(user=question.intake.entered_by).order_by("user__email")[0].user)


def _superior(question: Question) -> Actor:
    """Return a leader above the office that holds the question, or else the centre's."""
    above = [*reversed(question.office.get_ancestors()), question.centre]
    held = Appointment.objects.filter(role=Role.LEADER, office__in=above).order_by("-office__depth")
    return actor_for(held[0].user)


def _editor() -> Actor:
    return actor_for(Appointment.objects.get(role=Role.EDITOR).user)


def _asker(question: Question) -> Actor:
    return actor_for(question.asker) if question.asker else Actor(tracked=frozenset({str(question.pk)}))
