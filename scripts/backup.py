"""Save and restore everything a deployment would miss: the database and the files beside it.

    python scripts/backup.py save FOLDER        a new folder below FOLDER, with a checksum manifest
    python scripts/backup.py verify BACKUP      compare a backup with its manifest
    python scripts/backup.py restore BACKUP     into the database that DATABASE_URL names, which must be empty

Reads DATABASE_URL and YISHI_VAR as the portal does. The keys (SECRET_KEY, DATA_KEYS, INDEX_KEY)
are not in a backup: whoever finds it shall not be able to read contacts. Keep them elsewhere.
"""

import argparse
import hashlib
import os
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("YISHI_VAR") or ROOT / "var")
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'yishi.sqlite3'}"
FILES = ("private", "media")
MANIFEST = "SHA256SUMS"


class Refused(Exception):
    """Raised when a backup or a restore must not go on; the text says why."""


def save(folder: Path) -> Path:
    """Write a backup below `folder`; return where. Visitors need not be kept out meanwhile.

    The database comes first: a file that arrives later is merely one too many.
    """
    target = folder / time.strftime("yishi-%Y%m%dT%H%M%SZ", time.gmtime())
    target.mkdir(mode=0o700, parents=True)
    if _is_sqlite():
        _copy_sqlite(_sqlite_path(), target / "database.sqlite3")
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target / 'database.dump'}")
    with tarfile.open(target / "files.tar.gz", "w:gz") as archive:
        for name in FILES:
            if (VAR / name).exists():
                archive.add(VAR / name, arcname=name)
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(target.iterdir())]
    (target / MANIFEST).write_text("".join(lines))
    return target


def verify(backup: Path) -> None:
    """Compare the files with the manifest. Raises Refused."""
    for line in (backup / MANIFEST).read_text().splitlines():
        digest, name = line.split("  ", 1)
        if not (backup / name).exists() or _digest(backup / name) != digest:
            raise Refused(f"{name} is not what was saved")


def restore(backup: Path) -> None:
    """Bring back a verified backup; then check migrations and the journal's chain. Raises Refused."""
    verify(backup)
    _refuse_what_is_in_use()
    if _is_sqlite():
        if not (backup / "database.sqlite3").exists():
            raise Refused("this backup comes from PostgreSQL; DATABASE_URL names SQLite")
        _sqlite_path().parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(backup / "database.sqlite3", _sqlite_path())
    else:
        if not (backup / "database.dump").exists():
            raise Refused("this backup comes from SQLite; DATABASE_URL names PostgreSQL")
        _postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(backup / "database.dump"))
    VAR.mkdir(parents=True, exist_ok=True)
    with tarfile.open(backup / "files.tar.gz") as archive:
        _unpack(archive)
    for command in (["migrate", "--check"], ["journal_verify"]):
        if subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=False).returncode:
            raise Refused(f"restored, but `manage.py {' '.join(command)}` is not content: see above")


def _unpack(archive: tarfile.TarFile) -> None:
    """Unpack plain files and folders that stay below VAR. Raises Refused for anything else.

    Python's own filter for this came with 3.11.4; Debian 12 has 3.11.2.
    """
    for member in archive.getmembers():
        inside = (VAR / member.name).resolve().is_relative_to(VAR.resolve())
        if not (inside and (member.isfile() or member.isdir())):
            raise Refused(f"{member.name} in the archive is no plain file below {VAR}")
    archive.extractall(VAR)  # noqa: S202 — each member was looked at


def _refuse_what_is_in_use() -> None:
    if _is_sqlite():
        in_use = _sqlite_path().exists()
    else:
        asked = _postgres("psql", "-Atc", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", capture=True)
        in_use = asked.strip() != "0"
    if in_use:
        raise Refused("the database is not empty: restore into a new one, then point DATABASE_URL at it")
    for name in FILES:
        if (VAR / name).exists() and any((VAR / name).iterdir()):
            raise Refused(f"{VAR / name} is not empty: restore into a new YISHI_VAR")


def _postgres(program: str, *arguments: str, capture: bool = False) -> str:
    """Run one of PostgreSQL's programs; the password travels in the environment, not in the list of processes."""
    told = urlsplit(DATABASE_URL)
    environment = os.environ | {
        "PGHOST": unquote(told.hostname or "localhost"),
        "PGPORT": str(told.port or 5432),
        "PGUSER": unquote(told.username or ""),
        "PGPASSWORD": unquote(told.password or ""),
    }
    # pg_restore takes the name by option only, the others either way.
    command = [program, f"--dbname={told.path.lstrip('/')}", *arguments]
    try:
        done = subprocess.run(
            command, env=environment, text=True, check=True, stdout=subprocess.PIPE if capture else None
        )
    except FileNotFoundError:
        raise Refused(f"{program} is not installed (Debian: postgresql-client)") from None
    except subprocess.CalledProcessError:
        raise Refused(f"{program} failed: see above") from None
    return done.stdout or ""


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to, as it was at one moment."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _is_sqlite() -> bool:
    return DATABASE_URL.startswith("sqlite:")


def _sqlite_path() -> Path:
    return Path(DATABASE_URL.removeprefix("sqlite:///"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["save", "verify", "restore"])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.command == "save":
            print(save(options.folder))
        elif options.command == "verify":
            verify(options.folder)
            print("as saved")
        else:
            restore(options.folder)
            print("restored")
    except (Refused, OSError, sqlite3.Error) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
