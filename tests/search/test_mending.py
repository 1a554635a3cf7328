"""Each night the index is compared with the database, and what differs is mended."""

import logging

import pytest

from portal.journal.models import JournalHead
from portal.journal.ticks import lead, resign
from portal.kernel.clock import SHANGHAI
from search import copies, indexing, mending, registry
from search.documents import Document
from search.engines import current
from search.engines.base import EngineAway
from search.indexing import rebuild
from search.mending import differences
from search.models import Comparison, Entry, Waiting
from search.registry import split
from tests.factories.accounts import OfficeFactory
from tests.factories.answers import published
from tests.factories.pages import (
    centre,
    full_guide,
    guide,
    interpretation,
    life_event,
    news,
    notice,
    office,
    policy,
    profile,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

STRAY = Document("guide:999999", "guide", "旧的指南")


@pytest.fixture
def at_night(clock, background):
    """Let the next night come, and the worker do what it does then."""

    def pass_() -> None:
        clock.move(hours=(4 - hour(clock)) % 24 or 24)
        background()

    return pass_


def hour(clock) -> int:
    return clock.now().astimezone(SHANGHAI).hour


@pytest.fixture
def indexed(background):
    """An index like the database, with one guide; returns the guide."""
    page = guide("居住证签注")
    background()
    rebuild(current())
    return page


def position() -> int:
    return JournalHead.objects.get(id=1).position


def away(engine):
    raise EngineAway


def take_out(page) -> None:
    """As when an index was put back that is older than the page."""
    current().write([], [f"guide:{page.pk}"], position())


@pytest.mark.parametrize(
    "spoil",
    [
        take_out,
        lambda page: Entry.objects.filter(id=f"guide:{page.pk}").delete(),
        lambda page: current().write([STRAY], (), position()),
        lambda page: copies.keep([STRAY], (), position()),
        lambda page: (take_out(page), current().write([STRAY], (), position())),
        lambda page: current().clear(),
    ],
    ids=["missing", "no copy", "left over", "a copy left over", "as many, but others", "empty"],
)
def test_whatever_differs_is_like_the_database_in_the_morning(at_night, indexed, spoil):
    spoil(indexed)
    assert differences(current()) != (set(), set())

    at_night()

    assert differences(current()) == (set(), set())
    assert current().ids() == set(Entry.objects.values_list("id", flat=True)) == set(registry.identities())
    assert not Waiting.objects.exists()


def test_it_is_looked_at_once_a_night_and_never_by_day(background, clock, monkeypatch):
    looked = []
    monkeypatch.setattr(mending, "differences", lambda engine: (looked.append(hour(clock)), (set(), set()))[1])
    for _hour in range(48):
        clock.move(hours=1)
        background()
        background()

    assert looked == [4, 4]
    assert list(Comparison.objects.values_list("differed", flat=True)) == [0, 0]


def test_what_was_mended_is_logged_and_kept(at_night, background, caplog):
    pages = [guide(f"居住证第{number}项", slug=f"g-{number}", office=office("police")) for number in range(12)]
    background()
    rebuild(current())
    for page in pages:
        take_out(page)

    with caplog.at_level(logging.WARNING, "search.mending"):
        at_night()

    [record] = [one for one in caplog.records if one.message == "search_index_differed"]
    assert (record.missing, record.left_over, len(record.some)) == (12, 0, 10)
    assert Comparison.objects.get().differed == 12


def test_it_waits_for_whoever_makes_the_index_anew(at_night, background, indexed):
    take_out(indexed)
    lead(indexing.REBUILDING, "another process")

    at_night()
    assert not Comparison.objects.exists()

    resign(indexing.REBUILDING, "another process")
    background()
    assert current().ids() == set(registry.identities())


def test_an_engine_that_is_away_is_looked_at_the_next_night(at_night, indexed, monkeypatch):
    take_out(indexed)

    with monkeypatch.context() as patch:
        patch.setattr("search.mending.differences", away)
        at_night()
    assert f"guide:{indexed.pk}" not in current().ids()

    at_night()
    assert current().ids() == set(registry.identities())


def test_a_lost_index_is_made_anew_though_nothing_changes(at_night, background, settings, tmp_path):
    settings.SEARCH_ENGINE, settings.SEARCH_FOLDER = "embedded", tmp_path
    current.cache_clear()
    guide("居住证签注")
    background()
    (tmp_path / "indexes.json").unlink()

    at_night()

    assert current().ids() == set(registry.identities())


# --- What it costs --------------------------------------------------------------------------


@pytest.fixture
def one_of_each(district, clock):
    """A document of every kind."""
    full_guide()
    for add in (news, notice, profile, session, life_event):
        add()
    interpretation(of=policy())
    centre(title="另一个中心", slug="other-centre")
    OfficeFactory(name="水务局", name_en="Water Bureau")
    published(district, clock=clock)


def test_the_keys_are_those_of_the_documents(one_of_each, background):
    background()

    for kind in registry.kinds():
        keys = [split(document.id)[1] for document in kind.documents()]
        assert list(kind.keys()) == keys != [], kind.name


def test_comparing_asks_no_more_for_three_than_for_one_of_a_kind(one_of_each, django_assert_num_queries):
    engine = current()
    rebuild(engine)
    # One for each kind, one for the copies, one that counts them.
    with django_assert_num_queries(len(registry.kinds()) + 2):
        assert differences(engine) == (set(), set())

    for number in range(3):
        guide(f"居住证第{number}项", slug=f"g-{number}", office=office("police"))
    rebuild(engine)
    with django_assert_num_queries(len(registry.kinds()) + 2):
        assert differences(engine) == (set(), set())


def test_many_are_compared_some_at_a_time(one_of_each, monkeypatch):
    monkeypatch.setattr(mending, "COMPARED", 2)
    engine = current()
    rebuild(engine)
    assert differences(engine) == (set(), set())

    gone = sorted(engine.ids())[::3]
    engine.write([], gone, position())

    assert differences(engine) == (set(gone), set())
