import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.portal.live.conftest import Stream
from tests.portal.live.things import change

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]


class Process:
    """A live process as it runs in production."""

    def __init__(self, env):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "tests.portal.live.app:application", "--port", str(self.port)],
            cwd=ROOT,
            env=env,
            stderr=subprocess.PIPE,
        )

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        self._process.kill()
        raise TimeoutError(self._process.communicate())

    def stop(self):
        """Ask it to stop; return what it said and how long it took, in seconds."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        _out, said = self._process.communicate(timeout=20)
        return said.decode(), time.monotonic() - started


def test_processes_hear_each_other_through_the_database_and_stop_at_once_with_open_streams(process_env):
    processes = [Process(process_env), Process(process_env)]
    try:
        streams = [Stream(process.wait().port, ["thing:1"], None, "", {}) for process in processes]
        for stream in streams:
            stream.ready()

        written = [change("1"), change("1")]

        assert [[stream.next()["position"] for _ in written] for stream in streams] == [written] * 2
    finally:
        endings = [process.stop() for process in processes]

    assert [stream.next() for stream in streams] == [None, None]
    for said, seconds in endings:
        assert seconds < 5
        assert "Traceback" not in said
