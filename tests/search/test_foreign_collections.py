"""Does the search find what residents mean in texts that are not ours? Three graded collections (relevance/README.md).

`pytest -s` prints the table: NDCG@10 by family and engine, and how many queries find nothing.
"""

import json
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from search.analysis.synonyms import shipped
from search.documents import Document
from search.searching import search
from tests.search.test_relevance import AT, ndcg

pytestmark = pytest.mark.xdist_group("elasticsearch")

COLLECTIONS = sorted((Path(__file__).parent / "relevance" / "collections").glob("*.json"))
# What the product promises, for queries that nobody of its makers has seen.
PROMISED = {"keyword": 0.85, "synonym": 0.70, "colloquial": 0.65, "typo": 0.90, "pinyin": 0.90, "traditional": 0.95}
MEAN = 0.85
EMPTY_AT_MOST = 0.025


@pytest.mark.parametrize("opened", ["memory", "elasticsearch"], indirect=True)
def test_what_residents_mean_is_found_first_in_texts_of_other_places(opened, request):
    assert len(COLLECTIONS) == 3
    scores, empty, every = defaultdict(list), 0, 0
    for path in COLLECTIONS:
        collection = json.loads(path.read_text("utf-8"))
        engine = opened()
        engine.clear()
        engine.write(Document(one["id"], one["kind"], one["title"], one["body"]) for one in collection["documents"])
        for query in collection["queries"]:
            found = search(engine, query["q"], shipped(), limit=AT).found.ids
            scores[query["family"]].append(ndcg(found, query["grades"]))
            empty += not found
            every += 1

    reached = {family: round(fmean(values), 3) for family, values in scores.items()}
    mean = round(fmean(value for values in scores.values() for value in values), 3)
    print(f"\n{request.node.callspec.params['opened']}")
    print(*(f"{family:12} {len(scores[family]):4} {value}\n" for family, value in reached.items()))
    print(f"all          {every:4} {mean}, {empty} find nothing")
    assert {family: value for family, value in reached.items() if value < PROMISED[family]} == {}
    assert mean >= MEAN
    assert empty / every <= EMPTY_AT_MOST
