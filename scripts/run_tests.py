"""The whole suite: once on SQLite with unit and browser tests, the database tests again on PostgreSQL and Redis.

    python -m scripts.run_tests [pytest's arguments, such as a folder]

Installs what is missing with apt when root, says what was left out and why otherwise; with
REQUIRE_SERVICES=1 a left-out part is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.processes import end_like_ctrl_c, run
from scripts.services import Unavailable, postgres_bin, redis_bin, running
from tests.elasticsearch_node.starting import jdk, maven

# Debian keeps servers where only root's PATH leads.
os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"
WORKERS = os.environ.get("TEST_WORKERS", "2")
PACKAGES = ("chromium", "postgresql", "redis-server", "nginx", "fonts-noto-cjk", "maven")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOTHING_COLLECTED = 5

# What can be left out.
BROWSER = "browser tests"
SERVERS = "the round on PostgreSQL and Redis"
PROXY = "the test of the shipped proxy settings"
SEARCH = "the search on Elasticsearch"
FONTS = "Chinese in the pictures of pages"


def main(arguments: Sequence[str] = ()) -> int:
    """Run both rounds; return the exit code."""
    install_missing()
    left_out = missing()
    for part, reason in left_out.items():
        print(f"left out: {part}: {reason}")
    if left_out and REQUIRED:
        print("REQUIRE_SERVICES=1: a part that is left out is a failure")
        return 1
    failed = suite("SQLite", "not redis and not browser" if BROWSER in left_out else "not redis", arguments)
    if SERVERS not in left_out:
        try:
            with running() as environment:
                failed |= suite(
                    "PostgreSQL and Redis", "(db or redis) and not browser and not once", arguments, **environment
                )
        except Unavailable as reason:
            print(f"left out: {SERVERS}: {reason}")
            failed |= REQUIRED
    return int(failed)


def suite(name: str, marks: str, arguments: Sequence[str], **environment: str) -> bool:
    """Run pytest with one database; tell whether something failed."""
    print(f"--- {name}", flush=True)
    parallel = ["-n", WORKERS, "--dist", "loadgroup"]
    command = [sys.executable, "-m", "pytest", "-q", *parallel, "-m", marks, "--durations=5", *arguments]
    code = run(command, cwd=ROOT, env=_without_servers() | environment)
    # A folder that was asked for may hold nothing for this round.
    return code != 0 and not (arguments and code == NOTHING_COLLECTED)


def missing() -> dict[str, str]:
    """Return the parts of the suite that cannot run here, each with the reason."""
    found = {}
    looks = {postgres_bin: SERVERS, redis_bin: SERVERS}
    if not os.environ.get("SEARCH_TEST_ES_URL"):
        looks |= {maven: SEARCH, jdk: SEARCH}
    for look, part in looks.items():
        try:
            look()
        except Unavailable as reason:
            found[part] = str(reason)
    if not shutil.which("nginx"):
        found[PROXY] = "nginx is not installed (Debian: nginx)"
    browser = os.environ.get("CHROMIUM")
    if not any(map(shutil.which, [browser] if browser else BROWSERS)):
        found[BROWSER] = "Chromium is not installed (Debian: chromium), nor named by CHROMIUM"
    elif not chinese_fonts():
        found[FONTS] = "no Chinese font is installed (Debian: fonts-noto-cjk)"
    return found


def chinese_fonts() -> str:
    """Return the fonts that can show Chinese, as fontconfig lists them; empty where it finds none."""
    try:
        return subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return ""


def install_missing() -> None:
    """Install Debian's packages when something is missing and we may."""
    if not missing() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"installing {' '.join(PACKAGES)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL)


def _without_servers() -> dict[str, str]:
    """Return our environment without somebody else's database: the suite makes and drops databases."""
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


if __name__ == "__main__":
    end_like_ctrl_c()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
