"""The leaders' page: missed and near by office, what waits for a decision, the bulletin; bounded and only what is theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import aftercare, clarifying, extending, handling
from portal.answers.actions.reopening import approve_reopening, request_reopening
from portal.answers.models import Question
from portal.answers.queries import oversight as module
from portal.answers.queries.missed import is_missed, missed
from portal.answers.queries.oversight import oversight
from portal.answers.queries.queue import QueueFilter, queue
from portal.kernel.clock import FixedClock
from portal.workdays.queries import calendar
from tests.factories.answers import accepted, answered, ask, at, dispatched, in_review

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PAGE = reverse("answers_desk:oversight")


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def by_office(actor, clock):
    found = oversight(actor, clock.now(), calendar())
    return {state.office.code: (state.missed, state.near) for state in found.offices}


def test_offices_stand_with_what_they_missed_and_what_runs_out(district):
    dispatched(district)  # to be accepted by Tuesday, 10:00
    accepted(district)  # to be answered by Wednesday of the week after

    assert by_office(district.superior, at(3, 2, 12)) == {}
    assert by_office(district.superior, at(3, 3, 7)) == {"schools": (0, 1)}
    assert by_office(district.superior, at(3, 3, 10)) == {"schools": (1, 0)}
    assert by_office(district.superior, at(3, 9, 12)) == {"schools": (1, 0)}
    assert by_office(district.superior, at(3, 10, 12)) == {"schools": (1, 1)}  # the last day is tomorrow
    assert by_office(district.superior, at(3, 12, 0)) == {"schools": (2, 0)}


def test_the_worst_office_comes_first_and_the_centre_is_one_of_them(district):
    ask(district)
    ask(district)
    dispatched(district)

    found = oversight(district.superior, at(3, 4, 12).now(), calendar())

    assert [(state.office.code, state.missed) for state in found.offices] == [("centre", 2), ("schools", 1)]


def test_an_office_shows_its_most_urgent_cases(district, monkeypatch):
    monkeypatch.setattr(module, "SHOWN_OF_OFFICE", 2)
    late = [dispatched(district, clock=at(3, 2, hour)) for hour in (9, 10, 11)]

    (state,) = oversight(district.superior, at(3, 4, 12).now(), calendar()).offices

    assert [case.pk for case in state.cases] == [late[0].pk, late[1].pk]
    assert state.missed == 3


def test_what_waits_for_its_asker_is_nobodys_delay(district):
    question = accepted(district)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 3, 9))

    assert by_office(district.superior, at(3, 30, 12)) == {}


def test_on_a_date_that_is_only_expected_nobody_is_late(as_, district, monkeypatch):
    question = accepted(district, clock=at(12, 28, 10))  # the next year has no holidays yet
    assert question.reply_provisional
    late = at(12, 28, 10).at + timedelta(days=60)

    assert by_office(district.superior, FixedClock(late)) == {}
    assert not queue(district.superior, QueueFilter(overdue=True), late).exists()
    assert not is_missed(question, late)
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: FixedClock(late))
    assert "desk-overdue" not in as_("superior").get(reverse("answers_desk:queue")).content.decode()


def test_lists_and_single_questions_agree_on_what_is_missed(district):
    made = [dispatched(district), accepted(district), accepted(district, clock=at(12, 28, 10)), reopened(district)]
    later = made[2].reply_due + timedelta(days=30)
    for now in (at(3, 2, 12).at, at(3, 3, 10).at, at(3, 12, 0).at, at(4, 12, 0).at, later):
        found = set(Question.objects.filter(missed(now)).values_list("pk", flat=True))

        assert found == {one.pk for one in Question.objects.all() if is_missed(one, now)}
    assert found == {made[0].pk, made[1].pk, made[3].pk}


def test_a_reopened_question_shows_the_clock_that_it_misses(as_, district, monkeypatch):
    reopened(district, title="再办的")
    missed_clock = '<span class="desk-clock-name">再办</span> <span class="desk-tag desk-alert">已超'
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 31, 12))

    page = as_("superior").get(PAGE).content.decode()

    assert "再办的" in page
    assert missed_clock in page
    assert missed_clock in as_("superior").get(reverse("answers_desk:queue")).content.decode()


def reopened(district, **asked):
    question = answered(district, by=district.resident, **asked)
    clock = at(3, 2, 11)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=clock)
    request_reopening(question.pk, reason="没解决", by=district.resident, clock=clock)
    return approve_reopening(question.pk, by=district.superior, clock=clock)


def test_a_leader_sees_the_own_office_and_those_below_only(district):
    dispatched(district)
    question = dispatched(district)
    handling.transfer(question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 11))

    assert by_office(district.leader, at(3, 4, 12)) == {"schools": (1, 0)}
    assert by_office(district.superior, at(3, 4, 12)) == {"schools": (1, 0), "street": (1, 0)}


def test_after_five_working_days_it_stands_in_the_bulletin(district):
    question = accepted(district)

    assert oversight(district.superior, at(3, 17, 12).now(), calendar()).bulletin == []
    assert [one.pk for one in oversight(district.superior, at(3, 18, 12).now(), calendar()).bulletin] == [question.pk]


def test_what_only_a_leader_decides_stands_apart_from_what_the_centre_decides(as_, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))
    asked_for_time, returned, drafted = (
        accepted(district, title="要延期的"),
        dispatched(district, title="退回的"),
        in_review(district, title="待签的"),
    )
    extending.request_extension(
        asked_for_time.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 2, 11)
    )
    handling.request_return(
        returned.pk, reason="x", proposed_office_id=None, by=district.spokesperson, clock=at(3, 2, 11)
    )

    found = oversight(district.superior, at(3, 2, 12).now(), calendar())

    assert {kind: [one.pk for one in cases] for kind, cases in found.decisions.items() if cases} == {
        "extensions": [asked_for_time.pk]
    }
    assert [one.pk for one in found.returns] == [returned.pk]
    own = oversight(district.leader, at(3, 2, 12).now(), calendar())
    assert [one.pk for one in own.decisions["sign"]] == [drafted.pk]
    page = as_("superior").get(PAGE).content.decode()
    assert page.index("要延期的") < page.index("退回的")
    assert "?turn=extensions" not in page  # nothing is left out, so nothing leads on


def test_a_list_that_is_cut_leads_to_all_of_it(as_, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 18, 12))
    for target in (module, __import__("portal.answers.views.oversight", fromlist=["x"])):
        monkeypatch.setattr(target, "SHOWN", 2)
    for _number in range(3):
        accepted(district)

    assert 'href="/admin/desk/?late=5"' in as_("superior").get(PAGE).content.decode()


def test_an_auditor_looks_and_has_nothing_to_decide(as_, district):
    page = as_("auditor").get(PAGE).content.decode()

    assert "等我决定的" not in page
    assert "没有超时或将到期的问题" in page


@pytest.mark.parametrize("who", ["dispatcher", "spokesperson", "officer", "editor"])
def test_others_have_no_such_page(as_, district, who):
    client = as_(who)
    client.defaults["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"

    assert client.get(PAGE).status_code == 403


def test_more_cases_cost_no_more_statements(as_, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 18, 12))
    client = as_("superior")

    def one_more():
        dispatched(district)
        question = accepted(district)
        extending.request_extension(
            question.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 2, 11)
        )

    def statements():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    one_more()
    with_one = statements()
    one_more()
    one_more()
    assert statements() == with_one
