"""What a page costs: ours beside the home page of a fresh `wagtail start`, in one run.

Run: python -m benchmarks.pages   Goals: at most 15 SQL statements and 4 times the CPU, each.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TIMES = 60
ROOT = Path(__file__).resolve().parents[1]

# Runs in a process of its own, so that both projects pay for themselves alone.
MEASURE = """
import json, sys, time
import django
django.setup()
from statistics import median
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client, figures = Client(SERVER_NAME="localhost"), {}
for path in json.loads(sys.argv[1]):
    for _ in range(3):
        status = client.get(path).status_code
    with CaptureQueriesContext(connection) as captured:
        size = len(client.get(path).content)
    count = len(captured)  # now, for the next request empties the log
    spent = []
    for _ in range(int(sys.argv[2])):
        begin = time.process_time()
        client.get(path)
        spent.append((time.process_time() - begin) * 1000)
    figures[path] = [status, count, size, median(spent)]
print("FIGURES" + json.dumps(figures))
"""


# The address of one page of each type, the newest; run in our project's shell.
ONE_OF_EACH = """
import json
from wagtail.models import Page
paths = {page.content_type_id: page.get_url() for page in Page.objects.live().filter(locale_id=1, depth__gt=1).order_by("pk")}
print(json.dumps(list(paths.values())))
"""


def measure(folder: Path, settings: str, paths: list[str], **environment: str) -> dict[str, list[float]]:
    """Return {path: [status, SQL statements, bytes, median CPU ms]} of a project."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps(paths), str(TIMES)],
        cwd=folder,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FIGURES"))
    return json.loads(line.removeprefix("FIGURES"))


def manage(folder: Path, *command: str, **environment: str) -> str:
    """Run a management command of a project."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def main() -> None:
    """Print a table: page, SQL, kB, CPU, ratio to the fresh project's home page."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        wagtail = Path(sys.executable).with_name("wagtail")
        subprocess.run([wagtail, "start", "fresh", str(fresh)], check=True, capture_output=True)
        environment = {"DJANGO_SETTINGS_MODULE": "fresh.settings.dev"}
        manage(fresh, "migrate", "-v0", **environment)
        baseline = measure(fresh, "fresh.settings.dev", ["/"])["/"]
        ours = {"YISHI_VAR": f"{scratch}/var", "DJANGO_SETTINGS_MODULE": "portal.config.settings.demo"}
        manage(ROOT, "migrate", "-v0", **ours)
        manage(ROOT, "demo_seed", **ours)
        found = manage(ROOT, "shell", "-v0", "-c", ONE_OF_EACH, **ours)
        paths = json.loads(found.strip().splitlines()[-1])
        figures = measure(ROOT, "portal.config.settings.demo", ["/en/", "/ask/", *paths], YISHI_VAR=ours["YISHI_VAR"])
    print(f"{'page':<40}{'status':>7}{'SQL':>5}{'kB':>7}{'CPU ms':>8}{'ratio':>7}")
    for name, (status, sql, size, cpu) in {"wagtail start": baseline, **figures}.items():
        print(f"{name[:39]:<40}{status:>7}{sql:>5}{size / 1000:>7.1f}{cpu:>8.2f}{cpu / baseline[3]:>7.2f}")


if __name__ == "__main__":
    main()
