"""The back office's search over many pages: our backend beside Wagtail's own, in one run.

Run: python -m scripts.services -- python -m benchmarks.admin_search [PAGES]   (without services: SQLite)
Goal: 10,000 pages, p95 at most 200 ms.

Wagtail's own backend is asked with the same queries; what it finds is counted beside the time. On SQLite it
needs seconds for frequent words, so it is asked each query once.
"""

import random
import sys
from collections.abc import Callable

from benchmarks.searching import sentences
from benchmarks.throwaway import database, wall_ms

PAGES, TIMES, CHUNK = 10_000, 20, 500
QUERIES = ("居住证", "公积金提取", "社保", "小学入学", "电梯", "不存在的词汇", "养老金 认证", "证", "app", '居住证"')
BACKENDS = {"ours": "search.admin_search", "Wagtail's own": "wagtail.search.backends.database"}


def fill(count: int) -> None:
    """Put `count` plain pages below the home page."""
    from wagtail.models import Page

    from tests.factories.pages import home, standard_page

    chance, pool = random.Random(7), sentences()
    first = standard_page("第一页")
    parent, model = home(), type(first)
    for number in range(count - 1):
        title = f"{chance.choice(pool)[:40]}{number}"
        parent.add_child(instance=model(title=title, slug=f"page-{number}", locale=parent.locale))
    assert Page.objects.count() > count


def main(count: int) -> None:
    """Print a table: backend, query, how many are found, p50 and p95 of the first twenty."""
    from django.db import DatabaseError
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    with database():
        fill(count)
        print(f"{'backend':<16}{'query':<16}{'found':>8}{'p50 ms':>10}{'p95 ms':>10}")
        for name, path in BACKENDS.items():
            backend = get_search_backend(path)
            index = backend.get_index_for_model(Page)
            index.reset()
            every = list(Page.objects.specific())
            by_model: dict[type, list[Page]] = {}
            for page in every:
                by_model.setdefault(type(page), []).append(page)
            for model, pages in by_model.items():
                for begin in range(0, len(pages), CHUNK):
                    index.add_items(model, pages[begin : begin + CHUNK])
            for query in QUERIES:
                try:
                    found = backend.search(query, Page.objects.all())
                    total, (p50, p95) = (
                        found.count(),
                        wall_ms(first_page(backend, query), TIMES if name == "ours" else 2),
                    )
                    print(f"{name:<16}{query:<16}{total:>8}{p50:>10.1f}{p95:>10.1f}")
                except DatabaseError as error:
                    print(f"{name:<16}{query:<16}{type(error).__name__:>28}")


def first_page(backend: object, query: str) -> Callable[[], object]:
    """Return what asks for the first twenty pages."""
    from wagtail.models import Page

    return lambda: list(backend.search(query, Page.objects.all())[:20])  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
