"""Both engines find the same in the same order, on texts of the demo and what people ask."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from search.analysis.synonyms import shipped
from search.documents import Document
from search.engines.embedded import EmbeddedEngine
from search.searching import search

pytestmark = pytest.mark.xdist_group("elasticsearch")

ROOT = Path(__file__).resolve().parents[2]
QUERIES = tomllib.loads((ROOT / "tests/search/relevance/queries.toml").read_text("utf-8"))["query"]


def words(value: object) -> Iterator[str]:
    """Every text in a table, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words(one)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """A document for each table of the demo's texts that has a title or a name."""
    found = {}
    for path in sorted((ROOT / "portal/config/demo").rglob("*.toml")):
        tables = [
            one
            for value in tomllib.loads(path.read_text("utf-8")).values()
            for one in (value if isinstance(value, list) else [value])
        ]
        for number, table in enumerate(tables):
            if isinstance(table, dict) and (title := table.get("title") or table.get("name")):
                identity = f"{path.stem}:{number}"
                found[identity] = Document(identity, path.stem, str(title), "\n".join(words(table)))
    return list(found.values())


@pytest.mark.parametrize("opened", ["elasticsearch"], indirect=True)
def test_both_engines_find_the_same_in_the_same_order(engine, documents):
    embedded, synonyms = EmbeddedEngine(), shipped()
    embedded.write(documents)
    engine.write(documents)
    assert len(documents) > 50

    same_first, overlap = 0, 0.0
    for query in QUERIES:
        here = search(embedded, query["q"], synonyms, facets=["kind"]).found
        there = search(engine, query["q"], synonyms, facets=["kind"]).found
        assert (here.total, here.facets) == (there.total, there.facets)
        same_first += here.ids[:1] == there.ids[:1]
        overlap += len({*here.ids[:10]} & {*there.ids[:10]}) / max(1, len(here.ids[:10]))

    # They round the length of a text differently, so that what is nearly alike may change places.
    assert same_first / len(QUERIES) > 0.95
    assert overlap / len(QUERIES) > 0.97


@pytest.mark.parametrize("name", ["memory", "tantivy", "elasticsearch"])
def test_the_search_is_measured_from_outside(request, tmp_path, monkeypatch, name):
    if name == "elasticsearch":
        monkeypatch.setenv("SEARCH_TEST_ES_URL", request.getfixturevalue("elasticsearch_url"))
    guides = [{"id": "a", "title": "居住证签注", "body": ""}, {"id": "b", "title": "积分入学", "body": "凭居住证"}]
    (tmp_path / "docs.json").write_text(json.dumps(guides))
    (tmp_path / "queries.json").write_text(json.dumps([{"id": "1", "q": "居住证"}, {"id": "2", "q": "入学"}]))
    paths = [f"--{one}={tmp_path}/{one}.json" for one in ("docs", "queries", "out")]

    call_command("search_eval", "--engine", name, *paths)

    assert json.loads((tmp_path / "out.json").read_text()) == {"1": ["a", "b"], "2": ["b"]}


def test_a_server_that_does_not_answer_is_no_measure(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SEARCH_TEST_ES_URL", "http://127.0.0.1:9")
    for one in ("docs", "queries"):
        (tmp_path / f"{one}.json").write_text("[]")
    paths = [f"--{one}={tmp_path}/{one}.json" for one in ("docs", "queries", "out")]

    with pytest.raises(SystemExit, match="2"):
        call_command("search_eval", "--engine", "elasticsearch", *paths)

    assert "no answer from Elasticsearch" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(("documents", "out"), [('["a"]', "found.json"), ("[]", "nowhere/found.json")])
def test_the_way_in_for_outside_checks_says_what_is_wrong_and_exits_with_2(tmp_path, capsys, documents, out):
    (tmp_path / "docs.json").write_text(documents, "utf-8")
    (tmp_path / "queries.json").write_text('[{"id": "1", "q": "居住证"}]', "utf-8")
    paths = [
        "--docs",
        str(tmp_path / "docs.json"),
        "--queries",
        str(tmp_path / "queries.json"),
        "--out",
        str(tmp_path / out),
    ]

    with pytest.raises(SystemExit) as ended:
        call_command("search_eval", "--engine", "memory", *paths)

    assert ended.value.code == 2
    assert "search_eval:" in capsys.readouterr().err
