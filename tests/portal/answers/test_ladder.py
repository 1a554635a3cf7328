"""Nobody but whoever is on duty is ever reminded at night or on a day off, and nobody of one thing twice."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from chinese_calendar import is_workday
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Office, User
from portal.answers.actions.reminding import remind_due
from portal.answers.models import Duty, Reminder
from portal.journal import relay
from portal.journal.models import EventRecord
from portal.kernel.clock import SHANGHAI
from portal.notifications.models import Notice
from tests.portal.answers.lives import BEGINNINGS, CLOSED, Life

pytestmark = [pytest.mark.db, pytest.mark.django_db]

# All that tells staff of a promise that runs out or has run out.
REMINDERS = {f"answers.{kind}" for kind in ("accept_runs_out", "reply_runs_out", "missed", "late_2", "late_5")}
# From the eve of a festival with its make-up day, and from a plain week.
STARTS = st.datetimes(datetime(2026, 2, 11), datetime(2026, 3, 6)).map(lambda at: at.replace(tzinfo=SHANGHAI))  # noqa: DTZ001


def in_office_hours(moment, closed):
    """Tell whether people may be reminded of what can wait: written apart from the rule that decides it."""
    local = moment.astimezone(SHANGHAI)
    return is_workday(local.date()) and local.date() not in closed and time(8, 30) <= local.time() < time(20)


def put_on_duty(district, nights):
    """A rota of the answering office with gaps: an officer, on some days."""
    officer = User.objects.get(pk=district.officer.id)
    Duty.objects.bulk_create([Duty(office=district.schools, day=day, person=officer) for day in sorted(nights)])


def answerable(district, office_id, day):
    """Who may be reminded of the office's 24 hours at night: whoever is on duty, or else who speaks for it."""
    duty = set(Duty.objects.filter(office=office_id, day=day).values_list("person", flat=True))
    speakers = {
        district.schools.pk: {district.spokesperson.id},
        district.street.pk: {district.street_spokesperson.id},
        district.centre.pk: {district.dispatcher.id, district.second_dispatcher.id},
    }
    return {str(pk) for pk in duty} or speakers[office_id]


def check(district):
    """Look at every reminder that went out."""
    closing = EventRecord.objects.filter(name="workdays.calendar_loaded").first()
    for record in EventRecord.objects.filter(name="answers.reminder_due"):
        for notice in Notice.objects.filter(position=record.position):
            assert notice.kind in REMINDERS
            closed = CLOSED if closing and closing.position < record.position else ()
            if not in_office_hours(record.occurred_at, closed):
                day = record.occurred_at.astimezone(SHANGHAI).date()
                office = Office.objects.get(pk=record.payload["office"])
                assert notice.kind == "answers.accept_runs_out"
                assert notice.recipient.rpartition(":")[2] in answerable(district, office.pk, day)
    # And no other event says anything of the kind.
    told = Notice.objects.filter(kind__in=REMINDERS).values_list("position", flat=True)
    names = EventRecord.objects.filter(position__in=told).values_list("name", flat=True)
    assert set(names) <= {"answers.reminder_due"}


@settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=STARTS,
    beginning=st.sampled_from(BEGINNINGS),
    nights=st.sets(st.dates(date(2026, 2, 11), date(2026, 3, 20)), max_size=12),
    walk=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6),
    every=st.integers(4, 11),
)
def test_only_the_duty_person_is_reminded_when_others_sleep_and_each_rung_goes_out_once(
    district, start, beginning, nights, walk, every
):
    with transaction.atomic():
        put_on_duty(district, nights)
        life = Life(district, at=start)
        life.begin(*beginning)
        for which, choice, hours in [*walk, (0, 0, 24 * 7)]:
            until = life.now + timedelta(hours=hours)
            while life.now + timedelta(hours=every) < until:
                life.now += timedelta(hours=every)
                life.tick()
                remind_due(life.clock)
            life.now = until
            life.move(which, choice, 0)
            relay.drain()
        check(district)
        sent = EventRecord.objects.filter(name="answers.reminder_due")
        rungs = Counter((row.question_id, row.leg_id, row.rung) for row in Reminder.objects.all())
        assert set(rungs.values()) <= {1}
        assert sent.count() == sum(rungs.values())
        transaction.set_rollback(True)
