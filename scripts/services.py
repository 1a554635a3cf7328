"""PostgreSQL and Redis of our own: private ports and sockets, data in a temporary folder, gone afterwards.

    python -m scripts.services                 start them, print their addresses, stop at Ctrl-C
    python -m scripts.services -- COMMAND …    run a command with DATABASE_URL and REDIS_URL set

Neither server runs as root: if we are root, they get the user postgres, or nobody.
"""

import argparse
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from scripts.processes import dies_with_parent, end_like_ctrl_c, run

READY_WITHIN = 60.0  # seconds; a busy CI machine initialises a cluster in 5 to 20
SIZES = ("shared_buffers=128MB", "max_connections=200")
# The data is thrown away, so nothing has to reach the disk; a benchmark may want it to.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *SIZES)
DURABLE = SIZES


class Unavailable(Exception):
    """Raised when a server is not installed or does not come up; the text says which and why."""


def postgres_bin() -> Path:
    """Return the folder of PostgreSQL's programs, Debian's newest or the one on PATH. Raises Unavailable."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    for folder in reversed(versions):
        if (folder / "initdb").exists():
            return folder
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise Unavailable("PostgreSQL is not installed (Debian: postgresql)")


def redis_bin() -> str:
    """Return the path of the Redis server. Raises Unavailable."""
    if found := shutil.which("redis-server"):
        return found
    raise Unavailable("Redis is not installed (Debian: redis-server)")


@contextmanager
def running(options: Sequence[str] = FAST) -> Iterator[dict[str, str]]:
    """Start both servers, yield DATABASE_URL and REDIS_URL, stop them whatever happens. options: of PostgreSQL."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="yishi-services-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o711)
        yield {
            "DATABASE_URL": stack.enter_context(postgres(folder / "postgres", options)),
            "REDIS_URL": stack.enter_context(redis(folder / "redis")),
        }


@contextmanager
def postgres(folder: Path, options: Sequence[str] = FAST) -> Iterator[str]:
    """Run a PostgreSQL cluster below `folder`; yield a DATABASE_URL."""
    programs, port, password = postgres_bin(), _free_port(), secrets.token_hex(16)
    _own_folder(folder)
    secret = folder / "password"
    secret.write_text(password)
    _give_away(secret)
    data = folder / "data"
    _run(
        [programs / "initdb", "-D", data, "-U", "yishi", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8"],
        ["--locale=C.UTF-8", "--no-sync"],
    )
    given = [*options, f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    server = [str(programs / "postgres"), "-D", str(data), *(part for option in given for part in ("-c", option))]
    # SIGINT: a fast shutdown, which does not wait for clients.
    with _server(server, folder / "log", stop=signal.SIGINT) as process:
        environment = os.environ | {"PGPASSWORD": password}
        ask = [str(programs / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "yishi", "-d", "postgres", "-qc"]
        _wait(process, lambda: _succeeds([*ask, "SELECT 1"], environment), folder / "log")
        subprocess.run([*ask, "CREATE DATABASE yishi"], env=environment, check=True)
        yield f"postgres://yishi:{password}@127.0.0.1:{port}/yishi"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis server below `folder`; yield a REDIS_URL."""
    program, port = redis_bin(), _free_port()
    _own_folder(folder)
    server = [program, "--port", str(port), "--bind", "127.0.0.1", "--unixsocket", str(folder / "redis.sock")]
    server += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    with _server(server, folder / "log", stop=signal.SIGTERM) as process:
        _wait(process, lambda: _answers_ping(port), folder / "log")
        yield f"redis://127.0.0.1:{port}/0"


# --- Processes ------------------------------------------------------------------------------


@contextmanager
def _server(command: Sequence[str], log: Path, stop: signal.Signals) -> Iterator["subprocess.Popen[bytes]"]:
    # A session of its own: Ctrl-C reaches us, and we stop it after those who use it.
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
            preexec_fn=dies_with_parent(stop),
            **_as_nobody(),
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", is_ready: Any, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while not is_ready():
        if process.poll() is not None or time.monotonic() > end:
            raise Unavailable(f"{log.parent.name} does not come up:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _run(*command: Sequence[Any]) -> None:
    flat = [str(part) for parts in command for part in parts]
    done = subprocess.run(flat, capture_output=True, text=True, cwd="/", check=False, **_as_nobody())
    if done.returncode:
        raise Unavailable(f"{Path(flat[0]).name} failed:\n{done.stdout}{done.stderr}")


def _succeeds(command: Sequence[str], environment: dict[str, str]) -> bool:
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def _answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# --- Users ----------------------------------------------------------------------------------


def _servant() -> pwd.struct_passwd | None:
    """Return whom the servers run as, when that is not ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _as_nobody() -> dict[str, Any]:
    servant = _servant()
    return {"user": servant.pw_uid, "group": servant.pw_gid, "extra_groups": []} if servant else {}


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    _give_away(folder)


def _give_away(path: Path) -> None:
    if servant := _servant():
        os.chown(path, servant.pw_uid, servant.pw_gid)


# --- Command line ---------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command beside the servers, or wait for Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="*", help="what to run beside them")
    command = parser.parse_args(arguments).command
    end_like_ctrl_c()
    try:
        with running() as environment:
            if command:
                return run(command, env=os.environ | environment)
            for name, value in environment.items():
                print(f"export {name}='{value}'", flush=True)
            print("# running until Ctrl-C", flush=True)
            signal.pause()
    except Unavailable as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
