"""Does the search find what residents mean? Graded queries over the demo's content (relevance/README.md).

NDCG@10 by family has a floor; a change that makes the search worse for one way of asking fails here even where the
mean is better. `pytest -s` prints the table.
"""

import tomllib
from collections import defaultdict
from datetime import timedelta
from math import log2
from pathlib import Path
from statistics import fmean

import pytest
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page

from portal.accounts.models import Office
from portal.config.demo.accounts import make_offices, make_people, read
from portal.config.demo.lives import make_lives
from portal.config.demo.news import make_news
from portal.config.demo.pages import make_pages
from portal.kernel.workdays import local_date
from portal.workdays.queries import calendar
from search import registry
from search.analysis.synonyms import shipped
from search.documents import Document
from search.engines.embedded import EmbeddedEngine
from search.searching import search
from tests.fakes.clock import HandClock

# What is made once for the module is made by one of the parallel workers.
pytestmark = [pytest.mark.db, pytest.mark.xdist_group("relevance")]

QUERIES = Path(__file__).parent / "relevance" / "queries.toml"
AT = 10
# What the search reached when these were written, less a little: the smaller a family, the more one query moves it.
FLOORS = {"keyword": 0.94, "synonym": 0.81, "colloquial": 0.83, "typo": 0.89, "pinyin": 0.93, "traditional": 0.90}
MEAN = 0.885
EMPTY_AT_MOST = 0.025  # share of queries that find nothing


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo's content as documents, with the ids of the grades; made once, gone afterwards."""
    block = transaction.atomic()
    block._from_testcase = True  # as a test case's own: durable blocks may stand in it
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(DEMO=True, VAR_DIR=folder), block:
        now = HandClock().now()
        make_offices(now - timedelta(days=400))
        make_people(now - timedelta(days=400))
        make_pages(local_date(now))
        make_lives(now, calendar())
        make_news(now)
        yield [*_of_kinds(), *_answers()]
        transaction.set_rollback(True)


def _of_kinds():
    """Yield what the apps register, under the slugs and codes of the grades."""
    slugs = {str(pk): slug for pk, slug in Page.objects.values_list("pk", "slug")}
    codes = {str(pk): code for pk, code in Office.objects.values_list("pk", "code")}
    for document in (one for kind in registry.kinds() if kind.name != "answer" for one in kind.documents()):
        kind, key = registry.split(document.id)
        if document.language == "zh-Hans":
            yield _named(document, f"{kind}:{codes.get(key) or slugs[key]}")


def _answers():
    """Yield the published answers as the desk registers them, without walking each through the desk."""
    for one in read("questions")["question"]:
        if any(step.startswith("publish ") for step in one.get("plan", [])):
            body = f"{one['text']}\n{one['answer']}"
            yield Document(f"answer:{one['title']}", "answer", one["title"], body, office=one["office"])


def _named(document, identity):
    return Document(**{name: getattr(document, name) for name in document.__dataclass_fields__} | {"id": identity})


def ndcg(found, grades):
    """Return how good the order of `found` is, 1.0 for the best there can be."""
    best = sum(
        (2**grade - 1) / log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:AT])
    )
    return sum((2 ** grades.get(one, 0) - 1) / log2(place + 2) for place, one in enumerate(found[:AT])) / best


def test_what_residents_mean_is_found_first(documents):
    queries = tomllib.loads(QUERIES.read_text("utf-8"))["query"]
    known = {document.id for document in documents}
    assert {one for query in queries for one in query["grades"]} - known == set()
    engine = EmbeddedEngine()
    engine.write(documents)

    scores, empty = defaultdict(list), 0
    for query in queries:
        found = search(engine, query["q"], shipped(), limit=AT).found.ids
        empty += not found
        scores[query["family"]].append(ndcg(found, query["grades"]))

    reached = {family: round(fmean(values), 3) for family, values in scores.items()}
    every = round(fmean(value for values in scores.values() for value in values), 3)
    print("\n", *(f"{family:12} {len(scores[family]):4} {value}\n" for family, value in reached.items()))
    print(f"all          {len(queries):4} {every}, {empty} find nothing")
    assert {family: value for family, value in reached.items() if value < FLOORS[family]} == {}
    assert every >= MEAN
    assert empty / len(queries) <= EMPTY_AT_MOST
