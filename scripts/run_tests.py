"""The whole suite: once on SQLite with unit and browser tests, the database tests again on PostgreSQL and Redis.

Installs what is missing with apt when root, says what was left out and why otherwise; with
REQUIRE_SERVICES=1 a left-out part is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.services import Unavailable, postgres_bin, redis_bin, running  # noqa: E402

REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"
WORKERS = os.environ.get("TEST_WORKERS", "2")
PACKAGES = ("chromium", "postgresql", "redis-server", "fonts-noto-cjk")


def main() -> int:
    """Run both rounds; return the exit code."""
    install_missing()
    left_out = missing()
    for what in left_out:
        print(f"left out: {what}")
    if left_out and REQUIRED:
        print("REQUIRE_SERVICES=1: a part that is left out is a failure")
        return 1
    no_browser = any("Chromium" in what for what in left_out)
    no_servers = any("PostgreSQL" in what or "Redis" in what for what in left_out)
    marks = "not redis and not browser" if no_browser else "not redis"
    failed = suite("SQLite", marks)
    if not no_servers:
        try:
            with running() as environment:
                failed |= suite("PostgreSQL and Redis", "(db or redis) and not browser", **environment)
        except Unavailable as reason:
            print(f"left out: {reason}")
            failed |= REQUIRED
    return int(failed)


def suite(name: str, marks: str, **environment: str) -> bool:
    """Run pytest with one database; tell whether something failed."""
    print(f"--- {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "-m", marks, "--durations=5"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode != 0


def missing() -> list[str]:
    """Return what is not here, as sentences."""
    found = []
    for look in (postgres_bin, redis_bin):
        try:
            look()
        except Unavailable as reason:
            found.append(str(reason))
    if not shutil.which(os.environ.get("CHROMIUM", "chromium")):
        found.append("Chromium is not installed (Debian: chromium): no browser tests")
    elif not chinese_fonts():
        found.append("no Chinese font is installed (Debian: fonts-noto-cjk): pictures show boxes")
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
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    subprocess.run(install, env=environment, check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
