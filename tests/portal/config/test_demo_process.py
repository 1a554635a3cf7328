"""The demo's terminal: however it is ended, quietly."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[3]
# A runner whose one process ends by the same signal, as web, worker and clock do.
RUNNER = """
import signal, sys
from scripts import run_demo
from scripts.processes import end_like_ctrl_c

end_like_ctrl_c()
child = "import signal, threading; signal.signal(signal.SIGINT, lambda *_: sys.exit(0)); print('ready', flush=True); threading.Event().wait()"
processes = {"clock": run_demo._start("clock", [sys.executable, "-c", "import sys; " + child])}
try:
    sys.exit(run_demo._watch(processes))
except run_demo.Refused as reason:
    print(reason)
    sys.exit(1)
except KeyboardInterrupt:
    print("stopped")
    sys.exit(0)
"""


@pytest.mark.parametrize("at_start", [signal.SIG_DFL, signal.SIG_IGN], ids=["in front", "in the background"])
def test_an_interrupt_of_all_its_processes_is_no_fault(at_start):
    demo = subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As a shell without job control starts what it puts behind itself: deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, at_start),
    )
    assert "ready" in demo.stdout.readline()

    os.killpg(demo.pid, signal.SIGINT)

    said, _nothing = demo.communicate(timeout=20)
    assert (demo.returncode, said.strip()) == (0, "stopped")
