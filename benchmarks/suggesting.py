"""What suggestions cost over HTTP, against the product as it is deployed: the shipped proxy, the shipped command lines.

Run: python -m scripts.services -- python -m benchmarks.suggesting [pages] [other titles]   (without services: SQLite)
Goal: p95 20 ms.

Pages are live and are shown; other titles only fill the table that is looked into, as those of a large city would.
"""

import http.client
import json
import os
import random
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from benchmarks.new_site import ROOT, new_site
from benchmarks.searching import corpus, sentences
from search.analysis.pinyin import initials, read_aloud
from search.analysis.tokens import IS_HAN
from tests.portal.config.deployment import HOST, Deployment

PAGES, OTHERS, TYPED = 2_000, 20_000, 400


def titles(count: int) -> list[str]:
    """Return titles of pages, the same ones each time."""
    chance = random.Random(5)
    known = [one for one in sentences() if 4 <= len(one) <= 20 and all(map(IS_HAN.match, one))]
    return [f"{chance.choice(known)}{number}" for number in range(count)]


def typed(count: int) -> list[str]:
    """Return what is typed to find them: one to five characters, as characters, pinyin or first letters."""
    chance, found, known = random.Random(11), set(), titles(200)
    while len(found) < count:
        part = chance.choice(known)[: chance.randint(1, 5)]
        ways = ["".join(part), "".join(read_aloud(part)), "".join(initials(part))]
        found.add(chance.choice(ways))
    return sorted(one for one in found if len(one) > 1 or IS_HAN.match(one))


def fill(pages: int, others: int) -> None:
    """Make the pages and index everything; run in the deployment's environment."""
    import django

    django.setup()
    from search.copies import keep
    from search.engines import current
    from search.indexing import rebuild
    from tests.factories.accounts import OfficeFactory
    from tests.factories.pages import guide

    office = OfficeFactory()
    for number, title in enumerate(titles(pages)):
        guide(title, slug=f"page-{number}", office=office)
    rebuild(current())
    keep((replace(one, weight=0.5, body="") for one in corpus(others)), (), 0)


def ask(connection: http.client.HTTPSConnection, text: str) -> tuple[float, int]:
    """Return milliseconds and how many suggestions came."""
    begin = time.perf_counter()
    connection.request("GET", f"/search/suggestions/?q={quote(text)}", headers={"Host": HOST})
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - begin) * 1000
    if answer.status != 200:
        raise SystemExit(f"{text}: {answer.status}")
    return spent, len(json.loads(body)["suggestions"])


def main() -> None:
    """Print p50 and p95."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    others = int(sys.argv[2]) if len(sys.argv) > 2 else OTHERS
    services = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    with tempfile.TemporaryDirectory() as scratch:
        environment = new_site(Path(scratch), **services)
        command = [sys.executable, "-m", "benchmarks.suggesting", "fill", str(pages), str(others)]
        subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)
        with Deployment(Path(scratch), environment) as site:
            unverified = ssl._create_unverified_context()  # noqa: S323 — made a second ago
            connection = http.client.HTTPSConnection("127.0.0.1", site.ports["tls"], context=unverified)
            for text in ("居住", "jz", "zhao"):
                ask(connection, text)
            asked = [ask(connection, text) for text in typed(TYPED)]
        spent = [one for one, _ in asked]
        empty = sum(not count for _, count in asked)
        print(f"{pages:,} pages, {others:,} other titles; {len(spent)} texts, none of which the proxy has kept")
        print(f"p50 {median(spent):.1f} ms, p95 {quantiles(spent, n=20)[-1]:.1f} ms; {empty} without a suggestion")


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
