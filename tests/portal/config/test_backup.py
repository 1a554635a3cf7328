"""A backup is worth what its restore is worth: both are tried, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.events import Event
from scripts.services import postgres_bin
from tests import database
from tests.factories.accounts import UserFactory
from tests.fakes.clock import MONDAY_MORNING

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db(transaction=True)


class BackupTried(Event):
    name = "tests.backup_tried"


@pytest.fixture
def programs(process_env):
    """The environment of an operator, PostgreSQL's own programs included."""
    path = os.environ["PATH"]
    if connection.vendor == "postgresql":
        path = f"{postgres_bin()}:{path}"
    return process_env | {"PATH": path}


@pytest.fixture
def new_place(tmp_path):
    """An empty database and an empty folder to restore into."""
    place = {"YISHI_VAR": str(tmp_path / "new")}
    if connection.vendor != "postgresql":
        yield place | {"DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'yishi.sqlite3'}"}
        return
    name = f"yishi_restored_{database.WORKER}"
    with psycopg.connect(database.address(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield place | {"DATABASE_URL": database.address(name)}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )


@pytest.fixture
def backup(tmp_path, programs):
    """A saved installation: a person, an event, a private file."""
    UserFactory(name="林晓")
    with transaction.atomic():
        publish(BackupTried(), about="tests.backup:1", by=system("tests"), at=MONDAY_MORNING)
    var = tmp_path / "old"
    (var / "private" / "ab").mkdir(parents=True)
    (var / "private" / "ab" / "attachment").write_bytes(b"sealed")
    done = run("scripts/backup.py", "save", str(tmp_path / "backups"), **programs | {"YISHI_VAR": str(var)})
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_what_was_saved_is_restored_and_checked(backup, new_place, programs):
    environment = programs | new_place
    done = run("scripts/backup.py", "restore", str(backup), **environment)

    assert done.returncode == 0, done.stderr
    assert "1 events, no fault" in done.stdout
    assert Path(new_place["YISHI_VAR"], "private", "ab", "attachment").read_bytes() == b"sealed"
    names = "from portal.accounts.models import User; print(*User.objects.values_list('name', flat=True))"
    assert "林晓" in run("manage.py", "shell", "-v0", "-c", names, **environment).stdout


def test_a_restore_never_writes_over_what_is_there(backup, programs):
    done = run("scripts/backup.py", "restore", str(backup), **programs)

    assert done.returncode == 1
    assert "not empty" in done.stderr


def test_a_changed_backup_is_refused(backup, new_place, programs):
    with (backup / "files.tar.gz").open("ab") as archive:
        archive.write(b"one byte more")

    done = run("scripts/backup.py", "restore", str(backup), **programs | new_place)

    assert done.returncode == 1
    assert "files.tar.gz is not what was saved" in done.stderr


def test_only_its_owner_may_read_a_backup_and_no_key_is_in_it(backup):
    assert backup.stat().st_mode & 0o077 == 0
    for path in backup.iterdir():
        assert settings.DATA_KEYS[0].encode() not in path.read_bytes()
