"""Who may import whom, and what nobody may import."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [ROOT / "portal", ROOT / "search"]
MODULES = sorted(path for package in PACKAGES for path in package.rglob("*.py") if "migrations" not in path.parts)
# What an app keeps to itself: other apps reach it by its actions, queries, events and registries.
INDOORS = {"forms", "management", "migrations", "notices", "plugs", "templatetags", "urls", "views", "wagtail_hooks"}
# A base class for the staff screens of the apps above, and a page to which they lend an address.
OFFERED = {"portal.accounts.views.staff.StaffView", "portal.notifications.views.preferences.settings_of"}
# The adapter between Django's signals and our events or limits.
SIGNAL_ADAPTERS = {"portal/accounts/signals.py"}
REAL_TIME = "portal/journal/realtime.py"


def run(tool: str, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(tool)
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, **options)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_the_contracts_hold():
    done = run("lint-imports")

    assert done.returncode == 0, done.stdout


def test_no_contract_has_an_ignore_list():
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text()


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime; NOW = datetime.now()",
        "import time; NOW = time.time()",
        "from django.utils import timezone; NOW = timezone.now()",
        "from datetime import date; TODAY = date.today()",
        "from django.dispatch import receiver",
        "from django.db.models.functions import Now",
    ],
)
def test_other_clocks_and_signals_are_refused(line):
    done = run("ruff", "check", "--select", "TID251", "--stdin-filename", "portal/answers/planted.py", "-", input=line)

    assert "TID251" in done.stdout


def test_the_ban_is_lifted_nowhere_but_in_the_adapter():
    lifted = {str(path.relative_to(ROOT)) for path in MODULES if "noqa: TID251" in path.read_text("utf-8")}

    assert lifted <= SIGNAL_ADAPTERS | {REAL_TIME}


def test_nothing_hangs_on_saving():
    hanging = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for name in imports(path)
        if name.startswith("django.db.models.signals.") and str(path.relative_to(ROOT)) not in SIGNAL_ADAPTERS
    }

    assert hanging == set()


def test_an_app_is_entered_by_its_door():
    intruders = set()
    for path in MODULES:
        app = path.relative_to(ROOT).parts[1]
        for name in imports(path):
            family, other, inner, *_ = [*name.split("."), "", ""]
            if family == "portal" and app not in ("config", other) and inner in INDOORS and name not in OFFERED:
                intruders.add(f"{path.relative_to(ROOT)}: {name}")

    assert intruders == set()
