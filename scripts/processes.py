"""Processes that we start do not outlive us, however we are ended."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec a child should do as little as possible.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PATIENCE = 20.0  # seconds for a command to tidy up


def end_like_ctrl_c() -> None:
    """Let a plain kill and a closed terminal raise KeyboardInterrupt too, so that what we started is stopped.

    Ctrl-C itself as well: a shell starts what it runs in the background deaf to it, but not what that starts.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)


def dies_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that lets the kernel send `stop` when even SIGKILL has ended us (Linux only)."""

    def ask_kernel() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, stop)

    return ask_kernel


def run(command: Sequence[str], *, env: dict[str, str], cwd: Path | None = None) -> int:
    """Run a command in this terminal; return its exit code. Ended ourselves, we wait until it has tidied up."""
    process = subprocess.Popen(command, env=env, cwd=cwd, preexec_fn=dies_with_parent(signal.SIGINT))
    try:
        return process.wait()
    except KeyboardInterrupt as interrupt:
        # The terminal's Ctrl-C has reached the command as well; a second one would cut its tidying short.
        if interrupt.args:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt(signal.Signals(signum).name)
