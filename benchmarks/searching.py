"""What searching costs: building an index, asking it, per engine, in one run.

Run: python -m benchmarks.searching [documents] [engines…]   Goals: 1,000 documents a second; top 20 with three facets p95 50 ms.

The corpus is made: sentences of the demo's guides, recombined by seeded chance, with places and numbers of a long tail.
"""

import random
import re
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from search.analysis.synonyms import shipped
from search.documents import FACETS, Document
from search.engines import throw_away
from search.engines.base import Engine
from search.searching import search

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "portal" / "config" / "demo"
DOCUMENTS, QUERIES, LENGTH = 100_000, 150, (200, 1600)
KINDS = ("guide", "answer", "news", "notice", "policy", "office")
SURNAMES, ENDINGS = "城河江湖山桥新东南西北长安宁和平阳泉石", "镇乡村街道社区路里湾"


def sentences() -> list[str]:
    """Return the sentences of the demo's Chinese texts."""
    found: set[str] = set()
    for file in sorted(TEXTS.rglob("*.toml")):
        for text in re.findall(r'"([^"]*[\u4e00-\u9fff][^"]*)"', file.read_text("utf-8")):
            found.update(one.strip() for one in re.split("[。；\n]", text) if len(one.strip()) > 3)
    return sorted(found)


def corpus(count: int) -> Iterator[Document]:
    """Yield `count` documents, the same ones each time."""
    chance, pool = random.Random(20261128), sentences()
    titles = [one for one in pool if len(one) <= 20]
    for number in range(count):
        place = "".join(chance.choices(SURNAMES, k=2)) + chance.choice(ENDINGS)
        length, body = chance.randint(*LENGTH), [f"{place}〔{chance.randint(2010, 2026)}〕{chance.randint(1, 999)}号"]
        while sum(map(len, body)) < length:
            body.append(chance.choice(pool))
        yield Document(
            id=f"bench:{number}",
            kind=chance.choice(KINDS),
            title=f"{place}{chance.choice(titles)}",
            body="。".join(body),
            office=f"office-{chance.randint(1, 20)}",
            published=date(2015, 1, 1) + timedelta(days=chance.randint(0, 4000)),
        )


def queries() -> list[str]:
    """Return graded queries of the tests, the same ones each time, of every family."""
    read = tomllib.loads((ROOT / "tests" / "search" / "relevance" / "queries.toml").read_text("utf-8"))
    return random.Random(7).sample([one["q"] for one in read["query"]], QUERIES)


def measure(engine: Engine, count: int) -> tuple[float, list[float]]:
    """Return documents a second of a build, and milliseconds of each query."""
    begin = time.perf_counter()
    engine.write(corpus(count))
    rate = count / (time.perf_counter() - begin)
    spent = []
    for q in queries():
        begin = time.perf_counter()
        search(engine, q, shipped(), facets=FACETS)
        spent.append((time.perf_counter() - begin) * 1000)
    return rate, spent


def main() -> None:
    """Print a table: engine, documents a second, p50 and p95 of a query."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    begin = time.perf_counter()
    characters = sum(len(one.body) for one in corpus(count))
    made = count / (time.perf_counter() - begin)
    print(f"{count:,} documents of {characters / count:.0f} characters; the generator alone makes {made:,.0f} a second")
    print(f"{'engine':<16}{'docs/s':>10}{'p50 ms':>10}{'p95 ms':>10}")
    for name in sys.argv[2:] or throw_away.NAMES:
        with throw_away.engine(name) as engine:
            rate, spent = measure(engine, count)
        print(f"{name:<16}{rate:>10,.0f}{median(spent):>10.1f}{quantiles(spent, n=20)[-1]:>10.1f}")


if __name__ == "__main__":
    main()
