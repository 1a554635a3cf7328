"""What searching costs: building an index, asking it, per engine and with Wagtail's own backend, in one run.

Run: python -m benchmarks.searching [documents] [engines…]
Goals: 1,000 documents a second; top 20 with three facets and marks p95 50 ms embedded.

Wagtail's own backend counts no facets and marks nothing. It takes Chinese text between two commas for one word, so that it
finds nothing for most queries, and quickly; how often that is stands beside its times. Each write of its own goes over
the whole table, so it gets no more than `STOCK_MOST` documents.

The corpus is made: sentences of the demo's guides, recombined by seeded chance, with places and numbers of a long tail.
"""

import random
import re
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from benchmarks.stock_search import stock
from search.analysis.highlighting import fragment, marked
from search.analysis.synonyms import shipped
from search.documents import FACETS, Document
from search.engines import throw_away
from search.engines.base import Engine
from search.searching import search

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "portal" / "config" / "demo"
DOCUMENTS, QUERIES, LENGTH = 100_000, 150, (200, 1600)
STOCK, STOCK_MOST = "wagtail", 20_000
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


@dataclass(frozen=True)
class Measured:
    """rate: documents a second of the build; spent: milliseconds of each query; empty: queries that found nothing."""

    rate: float
    spent: list[float]
    empty: int


def measure(engine: Engine, count: int) -> Measured:
    """Build and ask an engine of ours as the page does: with facets, and marks in the texts of the first twenty."""
    texts = {one.id: (one.title, one.body) for one in corpus(count)}
    begin = time.perf_counter()
    engine.write(corpus(count))
    rate = count / (time.perf_counter() - begin)
    spent, empty = [], 0
    for q in queries():
        begin = time.perf_counter()
        result = search(engine, q, shipped(), facets=FACETS)
        names = result.reading.names
        for identity in result.found.ids:
            title, body = texts[identity]
            marked(title, names), fragment(body, names)
        spent.append((time.perf_counter() - begin) * 1000)
        empty += not result.found.ids
    return Measured(rate, spent, empty)


def measure_stock(count: int) -> Measured:
    """Build and ask Wagtail's own backend."""
    with stock() as backend:
        begin = time.perf_counter()
        backend.write(corpus(count))
        rate = count / (time.perf_counter() - begin)
        asked = [backend.search(q) for q in queries()]
    return Measured(rate, [seconds * 1000 for seconds, _ in asked], sum(not found for _, found in asked))


def main() -> None:
    """Print a table: engine, documents a second, p50 and p95 of a query, how many of the queries found nothing."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    begin = time.perf_counter()
    characters = sum(len(one.body) for one in corpus(count))
    made = count / (time.perf_counter() - begin)
    print(f"{count:,} documents of {characters / count:.0f} characters; the generator alone makes {made:,.0f} a second")
    print(f"{'engine':<16}{'documents':>10}{'docs/s':>10}{'p50 ms':>10}{'p95 ms':>10}{'empty':>10}")
    for name in sys.argv[2:] or (*throw_away.NAMES, STOCK):
        size = min(count, STOCK_MOST) if name == STOCK else count
        if name == STOCK:
            found = measure_stock(size)
        else:
            with throw_away.engine(name) as engine:
                found = measure(engine, size)
        p50, p95 = median(found.spent), quantiles(found.spent, n=20)[-1]
        print(f"{name:<16}{size:>10,}{found.rate:>10,.0f}{p50:>10.1f}{p95:>10.1f}{found.empty:>6} of {QUERIES}")


if __name__ == "__main__":
    main()
