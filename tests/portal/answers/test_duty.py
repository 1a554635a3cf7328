"""Nobody is reminded at three in the morning but whoever is on duty, and what is missed climbs up."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import aftercare, clarifying, handling, merging, reopening, replying
from portal.answers.actions.duty import put_on_duty, take_off_duty
from portal.answers.actions.reminding import remind_due
from portal.answers.actions.settling import settle_due
from portal.answers.models import Duty, Reminder
from portal.answers.rules.reminders import is_office_time, late_by, late_ladder
from portal.journal import relay
from portal.kernel.clock import SHANGHAI
from portal.kernel.permissions import NotAllowed
from portal.notifications.models import Notice
from tests.factories.answers import accepted, ask, at, dispatched
from tests.factories.workdays import official_calendar

DAYS = official_calendar()


def shanghai(*parts):
    return datetime(2026, *parts, tzinfo=SHANGHAI)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ((3, 2, 8, 29), False),
        ((3, 2, 8, 30), True),
        ((3, 2, 19, 59), True),
        ((3, 2, 20, 0), False),
        ((3, 2, 3, 0), False),
        ((3, 1, 10, 0), False),  # a Sunday
        ((2, 28, 10, 0), True),  # a Saturday that makes up for the festival
        ((2, 17, 10, 0), False),  # the festival
    ],
)
def test_people_are_reminded_of_what_can_wait_in_office_hours_only(moment, open_):
    assert is_office_time(shanghai(*moment), DAYS) is open_


@pytest.mark.unit
def test_a_missed_reply_is_told_at_once_is_the_superiors_after_two_working_days_and_public_among_staff_after_five():
    rungs = late_ladder(shanghai(3, 12), DAYS)

    assert [(rung.name, rung.at) for rung in rungs] == [
        ("late-0", shanghai(3, 12)),
        ("late-2", shanghai(3, 13, 9)),
        ("late-5", shanghai(3, 18, 9)),
    ]
    assert late_by(shanghai(3, 13, 9), 2, DAYS) == shanghai(3, 12)
    assert late_by(shanghai(3, 12, 9), 2, DAYS) < shanghai(3, 12)


pytestmark = [pytest.mark.db, pytest.mark.django_db]


def told(kind):
    return {notice.recipient.rpartition(":")[2] for notice in Notice.objects.filter(kind=kind)}


def dates(kind, name):
    """Which dates notices of a kind name."""
    found = Notice.objects.filter(kind=kind).values_list(f"params__{name}", flat=True)
    return {datetime.fromisoformat(due) for due in found}


def remind(clock):
    remind_due(clock)
    relay.drain()


def answer(question, district, clock):
    replying.save_draft(question.pk, text="答", by=district.officer, clock=clock)
    replying.submit_for_review(question.pk, by=district.officer, clock=clock)
    replying.release(question.pk, by=district.leader, clock=clock)


def put(district, who, *, first=date(2026, 3, 2), last=date(2026, 3, 3)):
    return put_on_duty(
        district.schools.pk, person_id=who, first=first, last=last, by=district.spokesperson, clock=at(3, 2, 9)
    )


def test_at_night_only_whoever_is_on_duty_is_reminded_of_the_24_hours(district):
    put(district, district.officer.id)
    dispatched(district)
    remind(at(3, 2, 22, 1))

    assert told("answers.accept_runs_out") == {district.officer.id}


def test_without_a_rota_the_spokesperson_is(district):
    dispatched(district)
    remind(at(3, 2, 22, 1))

    assert told("answers.accept_runs_out") == {district.spokesperson.id}


def test_a_reminder_of_the_reply_waits_for_the_morning(district):
    question = accepted(district)
    remind(at(3, 6, 7, 0))
    assert not Reminder.objects.filter(question=question).exists()
    remind(at(3, 6, 9, 0))

    assert list(Reminder.objects.filter(question=question).values_list("rung", flat=True)) == ["reply-T3"]


def test_what_is_missed_climbs_up_and_each_step_is_taken_once(district):
    question = accepted(district)
    settle_due(at(3, 12, 1))
    for clock in (at(3, 13, 9, 1), at(3, 13, 10), at(3, 18, 9, 1), at(3, 19, 9, 1)):
        remind(clock)

    rungs = Reminder.objects.filter(question=question).order_by("pk").values_list("rung", flat=True)
    assert list(rungs) == ["late-2", "late-5"]
    assert told("answers.late_2") == {district.leader.id, district.superior.id}


def test_a_reply_that_is_missed_at_midnight_is_told_in_the_morning(district):
    accepted(district)
    settle_due(at(3, 12, 0, 1))
    remind(at(3, 12, 0, 1))
    assert told("answers.missed") == set()
    remind(at(3, 12, 8, 30))

    assert told("answers.missed") == {district.spokesperson.id, district.leader.id}


def test_an_acceptance_that_is_missed_at_night_is_told_in_the_morning_unless_it_has_come(district):
    dispatched(district, clock=at(3, 2, 22))
    made_good = dispatched(district, clock=at(3, 2, 22))
    remind(at(3, 3, 22, 1))
    handling.accept(made_good.pk, by=district.spokesperson, clock=at(3, 3, 23))
    remind(at(3, 4, 8, 30))

    assert Notice.objects.filter(kind="answers.missed", channel="inbox").count() == 2
    assert told("answers.missed") == {district.spokesperson.id, district.leader.id}


def test_after_a_transfer_the_new_offices_own_24_hours_are_reminded_of_when_the_askers_have_run_out(district):
    question = dispatched(district)
    handling.transfer(
        question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 3, 9, 30)
    )
    remind(at(3, 3, 21, 31))

    assert told("answers.accept_runs_out") == {district.street_spokesperson.id}


def test_what_was_passed_on_before_it_could_be_told_is_told_to_nobody(district):
    question = dispatched(district)
    remind_due(at(3, 2, 22, 1))
    handling.transfer(
        question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 22, 2)
    )
    relay.drain()

    assert told("answers.accept_runs_out") == set()


def test_a_reopened_question_has_a_ladder_of_its_own_with_its_own_date(district, clock):
    question = accepted(district, by=district.resident)
    for moment in (at(3, 6, 9), at(3, 10, 9)):
        remind(moment)
    answer(question, district, at(3, 11, 9))
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 11, 10))
    reopening.request_reopening(question.pk, reason="x", by=district.resident, clock=at(3, 11, 11))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 11, 12))  # by the end of the 18th
    Notice.objects.all().delete()
    for moment in (at(3, 13, 9), at(3, 17, 9), at(3, 18, 9), at(3, 19, 9), at(3, 20, 9), at(3, 25, 9), at(3, 26, 9)):
        remind(moment)

    rungs = Reminder.objects.filter(question=question).order_by("pk").values_list("rung", flat=True)
    assert list(rungs) == [
        "reply-T3", "reply-T1", "again-T3", "again-T1", "again-T0", "again-late-0", "again-late-2", "again-late-5",
    ]  # fmt: skip
    assert dates("answers.reply_runs_out", "reply_due") == {at(3, 19).at}


def test_who_answers_for_several_askers_is_reminded_by_the_earliest_of_their_dates(district):
    early = ask(district)
    lead = dispatched(district, clock=at(3, 3, 9))
    merging.merge(early.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 3, 9))
    remind(at(3, 3, 9, 1))  # an hour before the first asker's 24 are over
    assert told("answers.accept_runs_out") == {district.spokesperson.id}
    assert told("answers.reply_runs_out") == set()
    assert dates("answers.accept_runs_out", "accept_due") == {early.accept_due}
    handling.accept(lead.pk, by=district.spokesperson, clock=at(3, 3, 9, 30))
    remind(at(3, 6, 9))

    assert list(Reminder.objects.order_by("pk").values_list("rung", flat=True)) == ["accept-23h", "reply-T3"]


def test_nobody_puts_strangers_on_duty_nor_sets_another_offices_rota(district):
    with pytest.raises(NotAllowed) as refused:
        put(district, district.resident.id)
    assert refused.value.reason.code == "not_a_colleague"
    with pytest.raises(NotAllowed):
        put_on_duty(
            district.schools.pk,
            person_id=district.officer.id,
            first=date(2026, 3, 2),
            last=date(2026, 3, 2),
            by=district.street_spokesperson,
            clock=at(3, 2, 9),
        )


def test_a_day_is_put_on_the_rota_once_and_taken_off(district):
    assert len(put(district, district.officer.id)) == 2
    assert put(district, district.officer.id) == []
    take_off_duty(Duty.objects.first().pk, by=district.spokesperson, clock=at(3, 2, 9))

    assert Duty.objects.count() == 1


def test_the_rota_on_screen(district, client, clock):
    client.force_login(User.objects.get(pk=district.spokesperson.id))
    page = client.get(reverse("answers_desk:rota_home"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("answers_desk:rota", args=[district.schools.pk])
    address = reverse("answers_desk:add_duty", args=[district.schools.pk])
    typed = {"person": district.officer.id, "first": "2026-03-05", "last": "2026-03-04"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "结束日期不能早于开始日期" in refused.content.decode()
    done = client.post(address, typed | {"last": "2026-03-06"}, follow=True)
    assert done.content.decode().count("取消 ") == 2


def test_the_rota_takes_the_same_number_of_statements(district, client, clock, django_assert_max_num_queries):
    client.force_login(User.objects.get(pk=district.spokesperson.id))
    address = reverse("answers_desk:rota", args=[district.schools.pk])
    client.get(address)
    counts = []
    for days in (1, 3):
        put(district, district.officer.id, last=date(2026, 3, 2) + timedelta(days=days))
        with django_assert_max_num_queries(40) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_queue_lists_what_has_been_late_for_days(district, client, clock):
    question = accepted(district)
    settle_due(at(3, 12, 1))
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    clock.set(at(3, 13, 9).at)

    def listed(days):
        return question.number in client.get(reverse("answers_desk:queue"), {"late": days}).content.decode()

    assert listed(2)
    assert not listed(5)


def test_what_waits_for_its_asker_is_not_among_them(district, client, clock):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 10, 9))
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    clock.set(at(3, 13, 9).at)

    assert question.number not in client.get(reverse("answers_desk:queue"), {"late": 2}).content.decode()
