"""The index is made anew while it is asked and changed."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.documents import Document
from search.engines.base import Asked, NothingBefore
from search.plan import Term
from search.rebuilding import Shrunk, rebuild
from tests.search.test_engines import ids

pytestmark = pytest.mark.xdist_group("elasticsearch")


def notices(count: int, title: str = "通知") -> list[Document]:
    return [Document(f"n:{number:03}", "notice", title) for number in range(count)]


def test_a_rebuild_takes_the_place_of_what_was_there(engine):
    engine.write(notices(4, "旧的"))
    told: list[int] = []

    report = rebuild(engine, iter(notices(3)), progress=told.append)

    assert (report.name, report.written, report.held) == (engine.names().current, 3, 3)
    assert sorted(ids(engine, Term("title_pairs", "通知"))) == ["n:000", "n:001", "n:002"]
    assert ids(engine, Term("title_pairs", "旧的")) == []
    assert told == [3]


@pytest.mark.parametrize("opened", ["folder", "elasticsearch"], indirect=True)
def test_the_first_index_is_built_the_same_way(opened):
    engine = opened()

    assert rebuild(engine, notices(3)).held == 3
    assert engine.ids() == {"n:000", "n:001", "n:002"}
    with pytest.raises(NothingBefore):
        engine.roll_back()


def test_while_it_is_built_nobody_finds_less_and_no_change_is_lost(engine, opened):
    engine.write(notices(600), position=1)
    writer, position = opened(), [1]

    def everything() -> Iterator[Document]:
        for document in notices(600):
            if document.id == "n:550":
                # Somebody changes one that has been read, takes one back and adds one.
                position[0] = 2
                writer.write(
                    [Document("n:007", "notice", "改了"), Document("new", "notice", "新的")], ["n:008"], position=2
                )
                assert engine.ask(Asked(None)).total == 600
                # The worker was late with something older.
                writer.write([Document("n:007", "notice", "旧的"), Document("n:008", "notice", "旧的")], position=1)
            if document.id.endswith("50"):
                assert engine.ask(Asked(Term("title_pairs", "通知"), limit=1)).total >= 598
            yield document

    report = rebuild(engine, everything(), position=lambda: position[0])

    assert report.held == 600
    assert ids(engine, Term("title_pairs", "改了")) == ["n:007"]
    assert ids(engine, Term("title_pairs", "新的")) == ["new"]
    assert ids(engine, Term("title_pairs", "旧的")) == []
    assert "n:008" not in engine.ids()


def test_many_write_and_ask_while_it_is_built(engine, opened):
    # The database: what is written to the index has been committed there.
    rows = {document.id: document for document in notices(50)}
    engine.write(list(rows.values()), position=1)
    done = threading.Event()

    def ask() -> int:
        asker, count = opened(), 0
        while not done.is_set():
            assert asker.ask(Asked(Term("title_pairs", "通知"))).total == 50
            count += 1
        return count

    def write(number: int) -> None:
        added = Document(f"extra:{number}", "notice", "加的")
        rows[added.id] = added
        opened().write([added], position=10 + number)

    def read() -> Iterator[Document]:
        yield from list(rows.values())

    with ThreadPoolExecutor(4) as pool:
        asking = pool.submit(ask)
        for turn in range(3):
            written = [pool.submit(write, 4 * turn + number) for number in range(4)]
            rebuild(opened(), read(), position=lambda: 2)
            for one in written:
                one.result()
        done.set()
        assert asking.result() > 0

    assert engine.ids() == {f"n:{number:03}" for number in range(50)} | {f"extra:{number}" for number in range(12)}


def test_a_new_index_that_is_nearly_empty_does_not_take_the_place(engine):
    engine.write(notices(10))
    in_use = engine.names().current

    with pytest.raises(Shrunk, match="4 documents, the one in use holds 10"):
        rebuild(engine, notices(4))
    assert (engine.names().current, engine.count()) == (in_use, 10)

    assert rebuild(engine, notices(4), may_shrink=True).held == 4


def test_a_rebuild_that_fails_leaves_everything_as_it_was(engine):
    engine.write(notices(10))

    def broken() -> Iterator[Document]:
        yield from notices(3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rebuild(engine, broken())
    assert engine.count() == 10

    engine.write([], gone=["n:001"])
    assert rebuild(engine, notices(9)).held == 9
    assert engine.names().building == ""


def test_one_goes_back_to_what_was_there(engine):
    rebuild(engine, notices(4, "旧的"))
    rebuild(engine, notices(4, "新的"))

    engine.roll_back()

    assert len(ids(engine, Term("title_pairs", "旧的"))) == 4
    assert ids(engine, Term("title_pairs", "新的")) == []


@pytest.mark.parametrize("opened", ["folder"], indirect=True)
def test_the_names_of_a_folder_are_replaced_as_a_whole(engine, tmp_path):
    rebuild(engine, notices(2))
    names = json.loads((tmp_path / "index" / "indexes.json").read_text())

    assert names == {"current": engine.names().current, "building": "", "before": engine.names().before}
    assert {path.name for path in (tmp_path / "index").iterdir()} == {
        "indexes.json",
        "lock",
        names["current"],
        names["before"],
    }
