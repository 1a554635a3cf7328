from datetime import timedelta

import pytest
from django.db import connection

from portal.config import health
from portal.journal.health import beat
from portal.journal.models import Heartbeat
from portal.workdays.models import CalendarEdition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

GOOD = {"database": True, "migrations": True, "cache": True, "background": True, "disk": True, "calendar": True}


@pytest.fixture
def beating():
    beat("worker")
    beat("clock")


def test_live_touches_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/-/live")

    assert response.status_code == 200
    assert response.content == b"live\n"


def test_ready_when_everything_works(client, beating):
    response = client.get("/-/ready")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": GOOD, "warnings": []}
    assert "no-store" in response["Cache-Control"]


def test_not_ready_while_the_worker_has_been_silent_for_more_than_two_minutes(client, beating):
    Heartbeat.objects.filter(process="worker").update(
        at=Heartbeat.objects.get(process="worker").at - timedelta(minutes=3)
    )

    response = client.get("/-/ready")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "checks": GOOD | {"background": False}, "warnings": []}


def test_not_ready_when_the_disk_is_full(client, beating, monkeypatch):
    monkeypatch.setattr(health, "ENOUGH_DISK", 10**18)

    assert client.get("/-/ready").json()["checks"] == GOOD | {"disk": False}


def test_not_ready_without_a_calendar(client, beating, monkeypatch):
    CalendarEdition.objects.all().delete()

    assert client.get("/-/ready").json()["checks"]["calendar"] is False


def test_not_ready_before_migrations_are_applied(client, beating, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'portal_journal'")

    assert client.get("/-/ready").json()["checks"] == GOOD | {"migrations": False}


def test_a_broken_check_is_a_no_without_detail(client, beating, monkeypatch):
    def breaks():
        raise OSError("/srv/secret/path")

    monkeypatch.setitem(health.CHECKS, "disk", breaks)

    response = client.get("/-/ready")

    assert response.status_code == 503
    assert "secret" not in response.content.decode()


def test_probes_only_read(client):
    assert client.post("/-/ready").status_code == 405
