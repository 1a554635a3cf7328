"""kill -9 between commit and handlers loses nothing: the next worker does what is left, once."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.answers.models import Question
from portal.journal.models import EventRecord, HandlerRun
from portal.journal.realtime import real_now
from portal.notifications.models import Notice
from tests.factories.answers import accepted, make_district

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]


def worker(env):
    command = [sys.executable, "manage.py", "worker", "--idle", "0.05"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def unfinished():
    told = {row[0] for row in HandlerRun.objects.filter(status="done").values_list("event_id")}
    return EventRecord.objects.exclude(position__in=told).filter(name="answers.question_submitted").count()


def test_a_worker_killed_again_and_again_loses_no_notice_and_makes_none_twice(process_env):
    district = make_district()
    for number in range(12):
        accepted(district, by=district.resident, title=f"第{number}问")

    for patience in (0, 0.15, 0.3):  # the first dies before, the others amid their work
        process = worker(process_env)
        deadline = time.monotonic() + 30
        while not HandlerRun.objects.filter(attempts__gt=0).exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(patience)
        process.send_signal(signal.SIGKILL)
        process.wait()
        HandlerRun.objects.filter(status="waiting").update(leased_until=None, due_at=real_now())

    process = worker(process_env)
    try:
        deadline = time.monotonic() + 60
        while HandlerRun.objects.exclude(status="done").exists() or unfinished():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(timeout=20)

    assert Question.objects.count() == 12
    for kind in ("answers.received", "answers.accepted"):
        for channel in ("inbox", "email"):
            assert Notice.objects.filter(kind=kind, channel=channel).count() == 12, (kind, channel)
