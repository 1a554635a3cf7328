"""What the shipped proxy makes of pages: cached ones beside the same bytes as a file, in one run.

Run: python -m benchmarks.proxy   Needs nginx and wrk (Debian: nginx, wrk). Goal: at least 0.9 of the file.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.new_site import new_site
from tests.portal.config.deployment import HOST, Deployment

PAGES = ("/", "/en/", "/guides/", "/answers/")
ROUNDS, SECONDS, CONNECTIONS = 5, 3, 32


def rate(port: int, path: str) -> float:
    """Return how many times a second `path` comes, over TLS with kept connections."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Host: {HOST}"]
    told = subprocess.run(
        [*command, f"https://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{path}: {told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told).group(1))


def main() -> None:
    """Print a table: page, kB, requests a second as a page and as a file, ratio."""
    if missing := [name for name in ("nginx", "wrk") if not shutil.which(name)]:
        raise SystemExit(f"not installed: {', '.join(missing)} (Debian packages of these names)")
    with tempfile.TemporaryDirectory() as scratch:
        environment = new_site(Path(scratch))
        with Deployment(Path(scratch), environment) as site:
            print(f"{'page':<16}{'kB':>7}{'page/s':>10}{'file/s':>10}{'ratio':>7}")
            for path in PAGES:
                body = site.ask(path).body
                (site.var / "static" / "same-bytes.html").write_bytes(body)
                pages, files = [], []
                for _ in range(ROUNDS):
                    pages.append(rate(site.ports["tls"], path))
                    files.append(rate(site.ports["tls"], "/static/same-bytes.html"))
                page, file = median(pages), median(files)
                print(f"{path:<16}{len(body) / 1000:>7.1f}{page:>10.0f}{file:>10.0f}{page / file:>7.2f}")


if __name__ == "__main__":
    main()
