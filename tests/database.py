"""The suite's databases: migrated once into a template, then copied, and restored after each test that commits.

A test worker gets a copy of the template: a SQLite *file* (never memory: parallel clients must
meet the locking that users meet) or a PostgreSQL database, whichever DATABASE_URL names. The
template's name holds a digest of all migrations and their data, so it is built anew exactly when
they change. Restoring gives back what the migrations seeded (languages, root page, calendar, the
journal's head), with every trigger in place for every test: Django's own flush would empty those
rows, and the journal's triggers would refuse it.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# In this schema of the PostgreSQL template lie copies of the tables that migrations have filled.
SEED = "seed"


def open_copy(*, anew: bool = False) -> None:
    """Point Django at a fresh copy of the template; build the template if it is missing (about 15 s)."""
    with _one_at_a_time():
        if connection.vendor == "postgresql":
            name = _copy_postgres(anew)
        else:
            name = str(_copy_sqlite(anew))
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def close_copy() -> None:
    """Let go of this worker's copy; a PostgreSQL server may be somebody else's, so it is dropped there."""
    connection.close()
    if connection.vendor == "postgresql":
        with _server() as server:
            _drop(server, connection.settings_dict["NAME"])


def restore() -> None:
    """Put back what the migrations seeded and nothing else. For use after a test that committed."""
    if connection.vendor == "postgresql":
        _restore_postgres()
    else:
        _restore_sqlite()


def address(name: str | None = None) -> str:
    """Return a DATABASE_URL for the present database, or for another one on the same server."""
    told = connection.settings_dict
    name = name or str(told["NAME"])
    if connection.vendor != "postgresql":
        return f"sqlite:///{name}"
    user, password = quote(told["USER"], safe=""), quote(told["PASSWORD"], safe="")
    return f"postgres://{user}:{password}@{told['HOST']}:{told['PORT']}/{name}"


# --- SQLite ---------------------------------------------------------------------------------


def _copy_sqlite(anew: bool) -> Path:
    template = _sqlite_template()
    if anew or not template.exists():
        draft = template.with_suffix(".new")
        draft.unlink(missing_ok=True)
        _migrate(f"sqlite:///{draft}")
        draft.replace(template)
    copy: Path = settings.TEST_DIR / "suite.sqlite3"
    for leftover in copy.parent.glob("suite.sqlite3*"):
        leftover.unlink()
    copy.write_bytes(template.read_bytes())
    return copy


def _sqlite_template() -> Path:
    folder: Path = settings.TEST_TEMPLATES
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{_digest()}.sqlite3"


def _restore_sqlite() -> None:
    source = sqlite3.connect(_sqlite_template())
    target = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=30)
    try:
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)
    finally:
        source.close()
        target.close()


# --- PostgreSQL -----------------------------------------------------------------------------


def _copy_postgres(anew: bool) -> str:
    template = f"yishi_template_{_digest()}"
    copy = f"yishi_test_{WORKER}"
    with _server() as server:
        known = {name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()}
        if anew or template not in known:
            draft = f"{template}_new"
            _drop(server, draft)
            _drop(server, template)
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            _migrate(address(draft))
            _keep_seed(draft)
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(template))
            )
        _drop(server, copy)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copy), sql.Identifier(template)))
    return copy


def _keep_seed(name: str) -> None:
    with psycopg.connect(address(name), autocommit=True) as server:
        server.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SEED)))
        for (table,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            filled = server.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))).fetchone()
            if filled:
                server.execute(
                    sql.SQL("CREATE TABLE {} AS TABLE {}").format(
                        sql.Identifier(SEED, table), sql.Identifier("public", table)
                    )
                )


def _restore_postgres() -> None:
    with psycopg.connect(address()) as server:
        # A test that leaves a transaction open shall be told, not waited for.
        server.execute("SET lock_timeout = '20s'")
        tables = server.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', %s)", [SEED]
        ).fetchall()
        seeded = {table for schema, table in tables if schema == SEED}
        plain = {table for schema, table in tables if schema == "public"} - seeded
        # A test writes into a dozen of a hundred tables: only those are emptied and filled anew.
        touched = _those_where(server, _HAS_ROWS, plain) | _those_where(server, _DIFFERS, seeded)
        guarded = touched & {table for (table,) in server.execute(_WITH_TRIGGERS).fetchall()}
        _alter(server, guarded, "DISABLE")
        for table in touched:
            server.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table)))
        for table in touched & seeded:
            server.execute(
                sql.SQL("INSERT INTO {} SELECT * FROM {}").format(
                    sql.Identifier("public", table), sql.Identifier(SEED, table)
                )
            )
        # Foreign keys wait for the end, so the order does not matter; triggers wait for foreign keys.
        server.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _alter(server, guarded, "ENABLE")


_HAS_ROWS = "EXISTS (SELECT 1 FROM {public})"
_DIFFERS = (
    "(SELECT md5(string_agg(one::text, '' ORDER BY one::text)) FROM {public} AS one) IS DISTINCT FROM "
    "(SELECT md5(string_agg(one::text, '' ORDER BY one::text)) FROM {seed} AS one)"
)
_WITH_TRIGGERS = (
    "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace"
)


def _those_where(server: psycopg.Connection[Any], condition: str, tables: set[str]) -> set[str]:
    """Return the tables for which a condition holds. One statement."""
    each = [
        sql.SQL("SELECT {name} WHERE " + condition).format(
            name=sql.Literal(table), public=sql.Identifier("public", table), seed=sql.Identifier(SEED, table)
        )
        for table in tables
    ]
    return {name for (name,) in server.execute(sql.SQL(" UNION ALL ").join(each)).fetchall()} if each else set()


def _alter(server: psycopg.Connection[Any], tables: set[str], how: str) -> None:
    for table in tables:
        server.execute(sql.SQL(f"ALTER TABLE {{}} {how} TRIGGER USER").format(sql.Identifier("public", table)))


def _server() -> psycopg.Connection[Any]:
    return psycopg.connect(address(os.environ["DATABASE_URL"].rpartition("/")[2]), autocommit=True)


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


# --- Both -----------------------------------------------------------------------------------


def _migrate(database_url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "portal.config.settings.test"},
        check=True,
    )


def _digest() -> str:
    """Return a short name for the state of all migrations and of the data they load."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        folder = Path(config.path)
        for path in sorted([*folder.glob("migrations/*.py"), *folder.glob("data/**/*.*")]):
            digest.update(f"{config.label}/{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    settings.TEST_TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (settings.TEST_TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
