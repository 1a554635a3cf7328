"""The demo in one terminal: prepares the database, then runs web, worker and clock until Ctrl-C.

Nothing is restarted silently: when one of the three ends, that is said and the others are stopped.
"""

import argparse
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.processes import dies_with_parent, end_like_ctrl_c

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("YISHI_VAR") or ROOT / "var")
# What a demo leaves in VAR; other things there (tools, test databases) are kept.
DATA = ("yishi.sqlite3", "yishi.sqlite3-wal", "yishi.sqlite3-shm", "clock-offset.json", "demo-codes.json")
FOLDERS = ("media", "private", "outbox", "search", "logs")
READY_WITHIN = 60.0  # seconds
STOP_WITHIN = 10.0  # seconds


class Refused(Exception):
    """Raised when the demo cannot start; the text says why and what to do."""


def prepare() -> str:
    """Migrate and seed where needed; return the addresses and accounts to print."""
    done = subprocess.run([*_manage("demo_prepare")], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Refused("the database could not be made ready; `make demo-reset` starts over")
    return done.stdout


def reset() -> None:
    """Give the demo fresh data: of a running one through the database, else by removing what it wrote."""
    try:
        with _only_one():
            for name in DATA:
                (VAR / name).unlink(missing_ok=True)
            for name in FOLDERS:
                shutil.rmtree(VAR / name, ignore_errors=True)
            prepare()
    except Refused:
        if subprocess.run(_manage("demo_clock", "reset"), cwd=ROOT, check=False).returncode:
            raise Refused("the running demo could not be reset; stop it and try again") from None
    print("The demo has fresh data. `make demo` runs it.")


def run(host: str, port: int) -> int:
    """Run the three processes; return the exit code."""
    with _only_one():
        _refuse_a_taken_port(host, port)
        ways_in = prepare()
        processes: dict[str, subprocess.Popen[str]] = {}
        try:
            for name, command in _commands(host, port).items():
                processes[name] = _start(name, command)
            _wait_for_web(f"http://{host}:{port}/-/live", processes)
            print(f"\n{ways_in}\n  Ctrl-C stops everything.\n", flush=True)
            return _watch(processes)
        except KeyboardInterrupt:
            print("\nstopping …", flush=True)
            return 0
        finally:
            _stop(processes)


# --- Before ---------------------------------------------------------------------------------


@contextmanager
def _only_one() -> Iterator[None]:
    """Hold the demo's lock: two demos on one database would fight for its clock."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("The demo is running already from this folder; stop it first (Ctrl-C there).") from None
        yield


def _refuse_a_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            raise Refused(f"{port} is no port: choose one from 1024 to 65535, as in `make demo PORT=8001`.") from None
        except OSError as error:
            raise Refused(
                f"Port {port} cannot be used ({error.strerror}). Give another: make demo PORT={port + 1}"
            ) from None


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _commands(host: str, port: int) -> dict[str, list[str]]:
    web = [sys.executable, "-m", "uvicorn", "portal.config.asgi:application", "--host", host, "--port", str(port)]
    # No proxy stands in front: a header that says otherwise is made up. Open streams end at once.
    web += ["--no-proxy-headers", "--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "2"]
    return {"web": web, "worker": _manage("worker"), "clock": _manage("clock")}


# --- While it runs --------------------------------------------------------------------------


def _start(name: str, command: Sequence[str]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"YISHI_PROCESS": name},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )
    threading.Thread(target=_echo, args=(name, process), daemon=True).start()
    return process


def _echo(name: str, process: "subprocess.Popen[str]") -> None:
    for line in process.stdout or ():
        # Past the buffer of print, whose lock a thread may hold when the interpreter ends: that would abort it.
        os.write(1, f"{name:6} | {line.rstrip()}\n".encode())


def _wait_for_web(url: str, processes: dict[str, "subprocess.Popen[str]"]) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        _refuse_a_dead(processes)
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 — our own address
        except urllib.error.HTTPError:
            return  # it answers: that is enough
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Refused(f"the web process does not answer at {url}")


def _refuse_a_dead(processes: dict[str, "subprocess.Popen[str]"]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise Refused(f"the {name} process has ended (exit code {process.returncode}); see its lines above")


def _watch(processes: dict[str, "subprocess.Popen[str]"]) -> int:
    while True:
        _refuse_a_dead(processes)
        time.sleep(0.5)


def _stop(processes: dict[str, "subprocess.Popen[str]"]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes.values():
        process.terminate()
    end = time.monotonic() + STOP_WITHIN
    for process in processes.values():
        try:
            process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run or reset the demo."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="give it fresh data and leave")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.config.settings.demo"
    os.environ["PYTHONUNBUFFERED"] = "1"
    os.environ.setdefault("BASE_URL", f"http://localhost:{options.port}")
    end_like_ctrl_c()
    try:
        if options.reset:
            reset()
            return 0
        return run(options.host, options.port)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
