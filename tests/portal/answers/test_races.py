"""Many at once, over real connections: one effect, verdicts that follow from the journal, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import wraps
from itertools import count, cycle
from threading import Barrier, Lock
from uuid import uuid4

import pytest
from django.db import connection, transaction

from portal.answers.actions import (
    aftercare,
    asking,
    checking,
    clarifying,
    dispatching,
    emergencies,
    entering,
    exclusions,
    extending,
    handling,
    merging,
    publication,
    recounting,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.calling import record_result, take_call
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.actions.settling import settle_due
from portal.answers.actions.turns import Stale
from portal.answers.models import (
    Amendment,
    Answer,
    AskDraft,
    CallAttempt,
    CallBack,
    ExclusionReview,
    Intake,
    Leg,
    Question,
    Rating,
    Redaction,
    Refusal,
    Reopening,
    Verdict,
)
from portal.answers.plugs.handlers import refresh_listing
from portal.answers.states import State
from portal.journal.models import EventRecord
from portal.journal.verification import faults
from portal.kernel.actors import ANONYMOUS
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from tests.factories.answers import (
    AT_MONDAY,
    MONDAY,
    accepted,
    answered,
    ask,
    at,
    dispatched,
    entered,
    in_review,
    make_topic,
    published,
)
from tests.factories.call_backs import DRAWN_AT, committed, drawn_call
from tests.portal.answers.histories import replayed, stored

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

MANY = 50
# Of a race between different people; either may win any of them. SQLite lets in one writer at a time anyhow.
ROUNDS = 6 if connection.vendor == "postgresql" else 2
REFUSALS = (IllegalStep, NotAllowed, Stale)
HOUR = timedelta(hours=1)


def at_once(act):
    """Run `act` fifty times from ten threads; return what each gave or raised."""
    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(lambda _number: _outcome(act), range(MANY)))


def side_by_side(*acts):
    """Run each act in a thread and a connection of its own, all from the same moment.

    Return what each gave, or the refusal it met; any other error, a deadlock above all, is raised.
    """
    begin = Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        begin.wait(10)
        return _outcome(act)

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        results = list(pool.map(run, acts))
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, REFUSALS):
            raise result
    return results


def _outcome(act):
    try:
        return act()
    except Exception as error:
        return error
    finally:
        connection.close()


def won(results):
    """Return which of the acts took effect, by place."""
    return [not isinstance(result, Exception) for result in results]


class RunningClock:
    """A clock as all processes share one: it only goes forward, a microsecond each time it is read.

    It begins a little before an instant: one to six reads, another number each time.
    """

    _ahead = cycle(range(1, 7))

    def __init__(self, instant):
        self._start, self._reads, self._lock = instant - timedelta(microseconds=next(self._ahead)), count(), Lock()

    def now(self):
        with self._lock:
            return self._start + timedelta(microseconds=next(self._reads))


def repeated(race):
    """Run a race several times over: now this one is faster, now the other."""

    @wraps(race)
    def rounds(district):
        for _ in range(ROUNDS):
            race(district)

    return rounds


def happened(question, name):
    return EventRecord.objects.filter(aggregate=question.ref, name=f"answers.{name}").count()


def verdicts(question):
    return {(row.clock, row.outcome) for row in Verdict.objects.filter(question=question, leg=None)}


def assert_sound(now, *questions):
    """Every verdict follows from the journal, one leg is open, the chain is whole."""
    for question in questions:
        assert stored(question) == replayed(question, now)
        assert Leg.objects.filter(question=question, ended_at=None).count() == 1
    assert list(faults()) == []


# --- The same thing many times ----------------------------------------------------------------


def test_fifty_parallel_acceptances_are_one_event(district):
    question = dispatched(district)

    results = at_once(lambda: handling.accept(question.pk, by=district.spokesperson, clock=AT_MONDAY))

    assert sum(isinstance(result, Question) for result in results) == 1
    assert sum(isinstance(result, IllegalStep) for result in results) == MANY - 1
    assert happened(question, "question_accepted") == 1


def test_of_many_callers_at_once_one_gets_the_number_and_one_result_counts(district):
    call = drawn_call(district)
    at_ten = at(4, 1, 10)
    callers = cycle([district.dispatcher, district.second_dispatcher])

    numbers = at_once(lambda: take_call(call.pk, by=next(callers), clock=at_ten))
    call.refresh_from_db()
    taker = next(one for one in (district.dispatcher, district.second_dispatcher) if one.id == str(call.taken_by_id))

    # The same person may look again; nobody else may.
    assert {type(number) for number in numbers} == {str, NotAllowed}
    told = {"resolved": "yes", "satisfaction": 5, "comment": "", "reopening": "", "note": ""}
    results = at_once(lambda: record_result(call.pk, **told, by=taker, clock=at_ten))
    assert sum(isinstance(result, Rating) for result in results) == 1
    assert sum(isinstance(result, IllegalStep) for result in results) == MANY - 1
    assert CallAttempt.objects.count() == Rating.objects.count() == 1
    assert EventRecord.objects.filter(name="answers.asker_called_back").count() == 1


def test_many_ticks_at_once_draw_once(district):
    answered(district, contact="+8613800138000")
    committed()

    at_once(lambda: keep_draws(DRAWN_AT))

    assert CallBack.objects.count() == 1
    assert EventRecord.objects.filter(name="answers.calls_drawn").count() == 1


def test_fifty_submissions_of_one_form_are_one_question(district):
    draft = asking.start_draft(by=ANONYMOUS)
    asking.keep_answers(
        draft.pk, {"topic": make_topic().pk, "office": str(district.schools.pk), "title": "问", "text": "问"}
    )

    results = at_once(
        lambda: asking.submit(draft.pk, by=ANONYMOUS, clock=AT_MONDAY, language="zh-hans", contact_needed=False)
    )

    assert len({(question.pk, code) for question, code in results}) == 1
    assert Question.objects.count() == Leg.objects.count() == 1
    assert EventRecord.objects.count() == 1


@repeated
def test_a_reopening_asked_for_twice_is_one_request(district):
    question = answered(district, by=district.resident)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 2, 11))

    def once_more():
        return reopening.request_reopening(question.pk, reason="还没有解决", by=district.resident, clock=at(3, 2, 12))

    assert sum(won(side_by_side(once_more, once_more, once_more))) == 1
    assert Reopening.objects.filter(question=question).count() == 1
    assert happened(question, "reopening_requested") == 1


@repeated
def test_a_reopening_is_decided_once(district):
    question = answered(district, by=district.resident)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 2, 11))
    reopening.request_reopening(question.pk, reason="没解决", by=district.resident, clock=at(3, 2, 12))

    granted, refused = won(
        side_by_side(
            lambda: reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 2, 13)),
            lambda: reopening.refuse_reopening(question.pk, note="x", by=district.superior, clock=at(3, 2, 13)),
        )
    )

    after = Question.objects.get(pk=question.pk)
    assert granted != refused
    assert (after.state, after.reopen_due is not None) == ((State.REOPENED, True) if granted else (State.CLOSED, False))
    assert_sound(at(3, 2, 13).at, question)


# --- Against the due instant ------------------------------------------------------------------


@repeated
def test_an_exclusion_is_reviewed_once_whoever_comes_first(district):
    question = ask(district)
    screening.hand_over(question.pk, service="120", told="x", by=district.dispatcher, clock=AT_MONDAY)
    later = at(3, 3)

    results = side_by_side(
        lambda: exclusions.uphold(question.pk, by=district.auditor, clock=later),
        lambda: exclusions.object_to(question.pk, note="应当答复", by=district.superior, clock=later),
    )

    assert sorted(won(results)) == [False, True]
    review = ExclusionReview.objects.get(question=question)
    assert [happened(question, "exclusion_upheld"), happened(question, "exclusion_objected")] == won(results)
    assert (review.decision == "upheld") is won(results)[0]
    assert list(faults()) == []


@repeated
def test_an_extension_is_granted_before_the_breach_or_not_at_all(district):
    question = accepted(district)
    extending.request_extension(
        question.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 5, 9)
    )
    clock = RunningClock(question.reply_due)

    granted, *_ticks = won(
        side_by_side(
            lambda: extending.approve_extension(question.pk, by=district.superior, clock=clock),
            *[lambda: settle_due(clock)] * 3,
        )
    )
    an_hour_later = FixedClock(question.reply_due + HOUR)
    settle_due(an_hour_later)

    after = Question.objects.get(pk=question.pk)
    assert (after.reply_due > question.reply_due) == granted
    # The date first promised was missed either way, at its own instant.
    missed = Verdict.objects.get(question=question, outcome="late")
    assert (missed.clock, missed.occurred_at) == ("plain" if granted else "reply", question.reply_due)
    assert_sound(an_hour_later.at, question)


@repeated
def test_a_release_and_the_breach_make_one_verdict(district):
    question = in_review(district)
    clock = RunningClock(question.reply_due)

    released, *_ticks = won(
        side_by_side(
            lambda: replying.release(question.pk, by=district.leader, clock=clock),
            *[lambda: settle_due(clock)] * 3,
        )
    )

    reply = Verdict.objects.get(question=question, clock="reply")
    after = Question.objects.get(pk=question.pk)
    assert released
    assert (reply.outcome == "in_time") == (after.answered_at < question.reply_due)
    assert_sound(clock.now(), question)


@repeated
def test_the_askers_word_and_the_end_of_the_wait_are_one_or_the_other(district):
    question = accepted(district, by=district.resident)
    waiting = clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 3, 9))
    clock = RunningClock(waiting.lapses_at)

    supplied, *_ticks = won(
        side_by_side(
            lambda: clarifying.supply(question.pk, text="三号楼", by=district.resident, clock=clock),
            lambda: clarifying.lapse_due(clock),
            lambda: settle_due(clock),
        )
    )
    clarifying.lapse_due(clock)

    state = Question.objects.get(pk=question.pk).state
    assert state == (State.ACCEPTED if supplied else State.LAPSED)
    assert_sound(clock.now(), question)


# --- Two people, one question -----------------------------------------------------------------


@repeated
def test_a_question_is_answered_or_withdrawn(district):
    question = in_review(district, by=district.resident)

    released, withdrawn = won(
        side_by_side(
            lambda: replying.release(question.pk, by=district.leader, clock=at(3, 3, 9)),
            lambda: aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 3, 9)),
        )
    )

    assert released != withdrawn
    assert Answer.objects.filter(question=question).exists() == released
    assert ("reply", "in_time") in verdicts(question) or withdrawn
    assert_sound(at(3, 3, 9).at, question)


@repeated
def test_a_transfer_and_an_acceptance_leave_the_question_with_one_office(district):
    question = dispatched(district)

    transferred, was_accepted = won(
        side_by_side(
            lambda: handling.transfer(
                question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 11)
            ),
            lambda: handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 11)),
        )
    )

    after = Question.objects.get(pk=question.pk)
    assert transferred
    assert (after.state, after.office_id) == (State.TRANSFERRED, district.street.pk)
    # Accepted in time by the one before, or not yet.
    assert verdicts(question) == ({("accept", "in_time")} if was_accepted else set())
    assert_sound(at(3, 2, 11).at, question)


@repeated
def test_two_transfers_at_once_are_one_after_the_other(district):
    question = dispatched(district)

    def to_street():
        return handling.transfer(
            question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 11)
        )

    assert sum(won(side_by_side(to_street, to_street, to_street))) == 1
    assert_sound(at(3, 2, 11).at, question)


def test_a_question_is_dispatched_or_proposed_for_refusal(district):
    questions = [ask(district) for _ in range(MANY // 5)]
    refusal = {"reason": "no_question", "explanation": "说明", "other_route": "12345"}

    def refuse_all():
        return [
            won_alone(
                lambda pk=question.pk: screening.propose_refusal(
                    pk, **refusal, by=district.second_dispatcher, clock=at(3, 2, 11)
                )
            )
            for question in reversed(questions)
        ]

    (done, left), refused, (done_too, _left) = side_by_side(
        lambda: dispatch_all(questions, district), refuse_all, lambda: dispatch_all(questions, district)
    )

    sent = [question.pk for question in [*done, *done_too]]
    proposed = {question.pk for question, yes in zip(reversed(questions), refused, strict=True) if yes}
    assert len(sent) == len(set(sent))
    assert set(sent) | proposed == {question.pk for question in questions}
    assert not set(sent) & proposed
    assert {pk for pk, _why in left} == {question.pk for question in questions} - {question.pk for question in done}
    assert set(Refusal.objects.values_list("question", flat=True)) == proposed
    assert_sound(at(3, 2, 11).at, *questions)


def dispatch_all(questions, district):
    return dispatching.dispatch_many(
        [question.pk for question in questions], office_id=None, by=district.dispatcher, clock=at(3, 2, 11)
    )


def won_alone(act):
    try:
        act()
    except REFUSALS:
        return False
    return True


# --- Two editors ------------------------------------------------------------------------------


WORDING = {"title": "题", "question_text": "问", "answer_text": "答"}


@repeated
def test_two_editors_publish_once(district):
    question = answered(district)

    def let_out():
        return publication.publish(question.pk, **WORDING, by=district.editor, clock=at(3, 3, 9))

    def keep_private():
        return publication.decline(question.pk, reason="personal", by=district.editor, clock=at(3, 3, 9))

    results = won(side_by_side(let_out, let_out, keep_private))

    assert sum(results) == 1
    assert Redaction.objects.filter(question=question).count() == sum(results[:2])
    assert happened(question, "answer_published") + happened(question, "publication_declined") == 1
    assert_sound(at(3, 3, 9).at, question)


@repeated
def test_of_two_corrections_of_the_same_wording_one_is_told_that_it_is_late(district):
    question = published(district)

    def correct(words):
        return publication.amend(
            question.pk,
            **WORDING | {"answer_text": words},
            reason="更正",
            by=district.editor,
            clock=at(3, 4, 9),
            seen=question.version,
        )

    results = side_by_side(lambda: correct("甲"), lambda: correct("乙"))

    assert sum(won(results)) == 1
    assert sum(isinstance(result, Stale) for result in results) == 1
    kept = next(result.answer_text for result in results if not isinstance(result, Exception))
    assert Redaction.objects.get(question=question).answer_text == kept
    assert Amendment.objects.filter(question=question).count() == 1


def test_corrections_one_after_the_other_each_keep_what_was_before(district):
    question = published(district)
    before = Redaction.objects.get(question=question).answer_text

    def correct(words):
        return publication.amend(
            question.pk, **WORDING | {"answer_text": words}, reason="更正", by=district.editor, clock=at(3, 4, 9)
        )

    assert all(won(side_by_side(*[lambda words=words: correct(words) for words in "甲乙丙丁"])))

    kept = [row.answer_before for row in Amendment.objects.order_by("pk")]
    assert sorted([*kept, Redaction.objects.get(question=question).answer_text]) == sorted([before, *"甲乙丙丁"])
    assert kept[0] == before
    assert_sound(at(3, 4, 9).at, question)


@repeated
def test_a_correction_and_a_withdrawal_leave_a_tombstone(district):
    question = published(district)

    _corrected, taken_down = won(
        side_by_side(
            lambda: publication.amend(question.pk, **WORDING, reason="更正", by=district.editor, clock=at(3, 4, 9)),
            lambda: publication.take_down(question.pk, reason="personal", by=district.editor, clock=at(3, 4, 9)),
        )
    )

    assert taken_down
    assert Question.objects.get(pk=question.pk).publication == "withdrawn"


# --- Questions that hang together -------------------------------------------------------------


def family(district, *, members=3):
    """A lead that is ready to be signed, and questions that were merged into it."""
    lead = in_review(district, by=district.resident)
    merged = [ask(district, by=district.stranger) for _ in range(members)]
    for member in merged:
        merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    return lead, merged


@repeated
def test_a_question_is_merged_and_answered_with_its_lead_or_neither(district):
    lead, later = in_review(district), ask(district)

    merged, released = won(
        side_by_side(
            lambda: merging.merge(later.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 3, 9)),
            lambda: replying.release(lead.pk, by=district.leader, clock=at(3, 3, 9)),
        )
    )

    after = Question.objects.get(pk=later.pk)
    assert released
    assert (after.state, after.lead_id) == ((State.ANSWERED, lead.pk) if merged else (State.SUBMITTED, None))
    assert verdicts(later) == ({("accept", "in_time"), ("reply", "in_time")} if merged else set())
    assert_sound(at(3, 3, 9).at, lead, later)


@repeated
def test_an_answer_reaches_each_member_that_has_not_gone_its_own_way(district):
    lead, members = family(district)
    freed = members[2]

    results = side_by_side(
        lambda: replying.release(lead.pk, by=district.leader, clock=at(3, 2, 12)),
        *[
            lambda pk=member.pk: aftercare.withdraw(pk, by=district.stranger, clock=at(3, 2, 12))
            for member in members[:2]
        ],
        lambda: merging.unmerge(freed.pk, by=district.dispatcher, clock=at(3, 2, 12)),
    )

    released, *gone = won(results)
    states = [Question.objects.get(pk=member.pk).state for member in members]
    ways = [State.WITHDRAWN, State.WITHDRAWN, State.SCREENING]
    assert released
    assert states == [way if left else State.ANSWERED for way, left in zip(ways, gone, strict=True)]
    assert_sound(at(3, 2, 12).at, lead, *members)


@repeated
def test_the_tick_settles_members_while_their_lead_is_accepted(district):
    lead = dispatched(district)
    members = [ask(district) for _ in range(3)]
    for member in members:
        merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    late = FixedClock(MONDAY + 30 * HOUR)

    results = side_by_side(
        lambda: handling.accept(lead.pk, by=district.spokesperson, clock=late),
        *[lambda: settle_due(late)] * 3,
    )

    assert won(results)[0]
    for member in members:
        assert verdicts(member) == {("accept", "late")}
    assert_sound(late.at, lead, *members)


@repeated
def test_two_questions_merged_crosswise_do_not_wait_for_each_other(district):
    one, other = ask(district), ask(district)

    results = won(
        side_by_side(
            lambda: merging.merge(one.pk, lead_id=other.pk, by=district.dispatcher, clock=at(3, 2, 11)),
            lambda: merging.merge(other.pk, lead_id=one.pk, by=district.second_dispatcher, clock=at(3, 2, 11)),
        )
    )

    assert sum(results) == 1
    assert Question.objects.filter(pk__in=[one.pk, other.pk], state=State.MERGED).count() == 1
    assert_sound(at(3, 2, 11).at, one, other)


@repeated
def test_a_lead_merged_into_its_own_member_while_it_is_answered_is_answered(district):
    lead, members = family(district)

    released, *wrong = won(
        side_by_side(
            lambda: replying.release(lead.pk, by=district.leader, clock=at(3, 2, 12)),
            *[
                lambda pk=member.pk: merging.merge(lead.pk, lead_id=pk, by=district.dispatcher, clock=at(3, 2, 12))
                for member in members
            ],
            *[
                lambda pk=member.pk: merging.merge(pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 12))
                for member in members
            ],
        )
    )

    assert released
    assert not any(wrong)
    assert_sound(at(3, 2, 12).at, lead, *members)


def test_a_new_calendar_is_counted_while_leads_are_answered(district):
    families = [family(district, members=4) for _ in range(3)]
    recounting.begin_recomputation(1, clock=at(3, 2, 12))

    results = side_by_side(
        lambda: recounting.recompute_some(at(3, 2, 12)),
        *[
            lambda pk=lead.pk: replying.release(pk, by=district.leader, clock=at(3, 2, 12))
            for lead, _members in families
        ],
        *[
            lambda pk=members[0].pk: aftercare.withdraw(pk, by=district.stranger, clock=at(3, 2, 12))
            for _lead, members in families
        ],
    )

    assert all(won(results)[:4])
    for lead, members in families:
        assert_sound(at(3, 2, 12).at, lead, *members)


@repeated
def test_an_emergency_takes_in_a_question_that_is_being_accepted(district):
    question = dispatched(district)
    emergency = open_emergency(district)
    noticed = at(3, 2, 18)  # the half hour in which a lead must be named is over, and somebody notices

    results = side_by_side(
        lambda: emergencies.attach(emergency.pk, number=question.number, by=district.dispatcher, clock=noticed),
        lambda: handling.accept(question.pk, by=district.spokesperson, clock=noticed),
    )

    after = Question.objects.get(pk=question.pk)
    assert all(won(results))
    assert (after.state, after.emergency_id) == (State.ACCEPTED, emergency.pk)
    assert_sound(noticed.at, question)


@repeated
def test_whoever_is_named_to_lead_in_this_moment_is_whose_statement_it_is(district):
    emergency = open_emergency(district)

    named, said = side_by_side(
        lambda: emergencies.name_lead(
            emergency.pk, office_id=district.street.pk, by=district.dispatcher, clock=at(3, 2, 12)
        ),
        lambda: emergencies.publish_statement(
            emergency.pk, text="正在抢修", by=district.dispatcher, clock=at(3, 2, 12)
        ),
    )

    assert named.lead == district.street
    # Too early is refused; never is it the centre's word.
    assert isinstance(said, IllegalStep) or said.office == district.street


def open_emergency(district):
    return emergencies.open_emergency(
        title="停水",
        place="东河",
        centre_id=district.centre.pk,
        question_ids=[],
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )


# --- What follows from it ---------------------------------------------------------------------


@repeated
def test_the_public_row_is_what_the_question_is_in_the_end(district):
    question = dispatched(district, by=district.resident)

    def refresh():
        with transaction.atomic():
            refresh_listing(str(question.pk))

    side_by_side(
        refresh,
        lambda: handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 11)),
        refresh,
    )
    refresh()

    assert Question.objects.get(pk=question.pk).listing.state == State.ACCEPTED


# --- Told to staff ------------------------------------------------------------------------------


def test_fifty_sendings_of_one_entry_are_one_question(district):
    token, told = uuid4(), entering.Told(make_topic(), "题", "文", "telephone", MONDAY, consents=False)

    results = at_once(
        lambda: entering.enter(token, told, office_id=district.centre.pk, by=district.dispatcher, clock=AT_MONDAY)
    )

    assert len({(question.pk, code) for question, code in results}) == 1
    assert Question.objects.count() == Intake.objects.count() == AskDraft.objects.count() == 1
    assert EventRecord.objects.count() == 1


def test_of_many_who_check_a_receipt_at_once_one_decides_and_never_who_entered_it(district):
    question = entered(district, received_at=at(3, 2, 8).at)
    people = cycle([district.dispatcher, district.second_dispatcher, district.superior])

    def check():
        by = next(people)
        if by is district.superior:
            return checking.confirm_receipt(question.pk, by=by, clock=AT_MONDAY)
        return checking.correct_receipt(question.pk, received_at=at(3, 2, 7).at, reason="x", by=by, clock=AT_MONDAY)

    results = at_once(check)

    assert sum(isinstance(result, Question) for result in results) == 1
    assert {error.reason.code for error in results if isinstance(error, NotAllowed)} <= {"own_entry", "no_check_open"}
    assert sum(isinstance(result, NotAllowed) for result in results) == MANY - 1
    decided = EventRecord.objects.filter(name__in=["answers.receipt_confirmed", "answers.receipt_corrected"])
    assert decided.count() == 1
    assert str(Intake.objects.get().checked_by_id) in (district.second_dispatcher.id, district.superior.id)


@repeated
def test_an_acceptance_while_the_time_of_receipt_is_corrected_gets_one_verdict_by_the_journal(district):
    question = entered(district, received_at=at(3, 2, 8).at)
    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 10)
    )
    clock = RunningClock(at(3, 3, 7).at)  # the end of the 24 hours, once it has been corrected

    side_by_side(
        lambda: handling.accept(question.pk, by=district.spokesperson, clock=clock),
        lambda: checking.correct_receipt(
            question.pk, received_at=at(3, 2, 7).at, reason="x", by=district.second_dispatcher, clock=clock
        ),
        lambda: settle_due(clock),
    )

    assert Verdict.objects.filter(question=question, clock="accept", leg=None).count() == 1
    assert replayed(question, at(3, 3, 7).at) == stored(question)
    assert list(faults()) == []
