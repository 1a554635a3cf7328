"""What every engine does, whichever it is: the same tests on all of them."""

import secrets
from datetime import date, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.analysis.tokens import sounds
from search.documents import Document
from search.engines import current
from search.engines.base import DEEPEST, Asked, EngineAway, Found, NothingBefore, TakenOver
from search.engines.breaker import Breaker
from search.engines.elasticsearch import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.naming import Names
from search.plan import Best, Bonus, Boost, Phrase, Sum, Term

pytestmark = pytest.mark.xdist_group("elasticsearch")

PERMIT = Document("guide:1", "guide", "居住证签注", "居住证每年签注一次。", office="公安局", published=date(2026, 3, 2))
SCHOOL = Document("guide:2", "guide", "积分入学", "凭居住证申请积分。", office="教育局", published=date(2025, 9, 1))
NEWS = Document("news:1", "news", "公安局开放日", "周六可以办理居住证。", office="公安局", published=date(2026, 1, 5))
UNDATED = Document("office:1", "office", "公安局", keywords="派出所")
EVERYTHING = [PERMIT, SCHOOL, NEWS, UNDATED]

PERMIT_ANYWHERE = Best((Boost(Term("title_pairs", "居住"), 3.0), Term("body_pairs", "居住")), 0.2)


@pytest.fixture
def filled(engine):
    """An engine with four documents."""
    engine.write(EVERYTHING)
    return engine


def ids(engine, plan=None, **asked) -> list[str]:
    return engine.ask(Asked(plan, **asked)).ids


# --- Documents ---


def test_an_empty_index_finds_nothing(engine):
    assert engine.ask(Asked(PERMIT_ANYWHERE, facets=["kind"])) == Found([], 0, {"kind": {}})
    assert engine.ask(Asked(None, facets=["kind"])) == Found([], 0, {"kind": {}})
    assert (engine.ids(), engine.count()) == (set(), 0)


def test_what_was_written_is_found_by_the_next_search(engine):
    engine.write([PERMIT])

    assert ids(engine, PERMIT_ANYWHERE) == ["guide:1"]
    assert engine.ids() == {"guide:1"}


def test_a_document_is_replaced_as_a_whole(filled):
    filled.write([Document("guide:1", "guide", "老年优待证")])

    assert ids(filled, Term("title_pairs", "签注")) == []
    assert ids(filled, Term("title_pairs", "优待")) == ["guide:1"]
    assert filled.count() == 4


def test_what_is_gone_is_found_no_more(filled):
    filled.write([], gone=["guide:1", "never:there"])
    filled.write([SCHOOL], gone=["news:1"])

    assert filled.ids() == {"guide:2", "office:1"}
    assert sorted(ids(filled)) == ["guide:2", "office:1"]
    assert filled.ask(Asked(None, facets=["kind"])).facets == {"kind": {"guide": 1, "office": 1}}


def test_clearing_takes_out_everything(filled):
    filled.clear()

    assert (filled.ids(), filled.ask(Asked(None)).total) == (set(), 0)


def test_another_process_finds_it_too(filled, opened):
    other = opened()
    assert ids(other, Term("title_pairs", "入学")) == ["guide:2"]

    filled.write([], gone=["guide:2"])

    assert ids(other, Term("title_pairs", "入学")) == []


def test_what_is_older_never_replaces_what_is_newer(engine):
    engine.write([PERMIT], position=7)
    engine.write([Document(PERMIT.id, "guide", "旧标题")], position=6)
    assert ids(engine, Term("title_pairs", "签注")) == ["guide:1"]

    engine.write([], gone=[PERMIT.id], position=6)
    assert engine.ids() == {"guide:1"}

    engine.write([Document(PERMIT.id, "guide", "新标题")], position=7)
    assert ids(engine, Term("title_pairs", "标题")) == ["guide:1"]


def test_what_is_older_does_not_bring_back_what_is_gone(engine):
    engine.write([PERMIT, SCHOOL], position=3)
    engine.write([], gone=[PERMIT.id], position=5)
    engine.write([PERMIT, SCHOOL], position=4)

    assert (engine.ids(), engine.count(), ids(engine)) == ({"guide:2"}, 1, ["guide:2"])

    engine.write([PERMIT], position=6)
    assert engine.ids() == {"guide:1", "guide:2"}


# --- Plans ---


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (Term("title_pairs", "居住"), {"guide:1"}),
        (Term("body_pairs", "居住"), {"guide:1", "guide:2", "news:1"}),
        (Term("body_characters", "周"), {"news:1"}),
        (Term("title_sounds", sounds("居住")), {"guide:1"}),
        (Term("keywords_pairs", "派出"), {"office:1"}),
        (Term("title_pairs", "不在"), set()),
        (Phrase("title_pairs", ("居住", "住证")), {"guide:1"}),
        (Phrase("title_pairs", ("住证", "居住")), set()),
        (Phrase("title_letters", ("j", "z", "z")), {"guide:1"}),
        (Best((Term("title_pairs", "入学"), Term("title_pairs", "开放"))), {"guide:2", "news:1"}),
        (Best(()), set()),
        (Sum((Term("body_pairs", "居住"), Term("body_pairs", "积分")), 2), {"guide:2"}),
        (Sum((Term("body_pairs", "居住"), Term("body_pairs", "积分"))), {"guide:1", "guide:2", "news:1"}),
        (Sum((Term("body_pairs", "居住"),), 2), set()),
        (Sum(()), set()),
        (Bonus(Term("title_pairs", "公安"), (Term("body_pairs", "居住"),)), {"news:1", "office:1"}),
        (Bonus(Term("title_pairs", "公安"), ()), {"news:1", "office:1"}),
        (Sum((Best(()), Boost(Sum((Phrase("body_pairs", ("周六", "六可")),)), 2.0))), {"news:1"}),
    ],
)
def test_a_plan_holds_where_its_conditions_do(filled, plan, found):
    assert set(ids(filled, plan)) == found


def test_a_boost_decides_what_stands_first(filled):
    title, body = Term("title_pairs", "公安"), Term("body_pairs", "积分")

    assert ids(filled, Sum((Boost(title, 9.0), body)))[-1] == "guide:2"
    assert ids(filled, Sum((title, Boost(body, 9.0))))[0] == "guide:2"
    assert ids(filled, Sum((title, Boost(Best((Sum((body,)),)), 9.0))))[0] == "guide:2"


def test_a_bonus_decides_what_stands_first(filled):
    office = Term("title_pairs", "公安")

    assert ids(filled, office) == ["office:1", "news:1"]
    assert ids(filled, Bonus(office, (Boost(Term("body_pairs", "周六"), 5.0),))) == ["news:1", "office:1"]


def test_the_best_way_counts_whole_and_the_others_by_their_share(engine):
    engine.write([Document("both", "k", "天天", "地地"), Document("one", "k", "人天天", "")])
    ways = Term("title_pairs", "天天"), Term("body_pairs", "地地")

    # The shorter title is better; a share of the other way adds to it.
    assert ids(engine, Best(ways, 0.0)) == ids(engine, Best(ways, 1.0)) == ["both", "one"]
    engine.write([Document("both", "k", "人人人人天天", "地地"), Document("one", "k", "天天", "")])
    lifted = Best((Boost(ways[0], 3.0), ways[1]), 1.0)
    assert ids(engine, Best((Boost(ways[0], 3.0), ways[1]), 0.0)) == ["one", "both"]
    assert ids(engine, Sum((lifted, ways[1]))) == ["both", "one"]


def test_weight_counts_as_a_factor(engine):
    def order(one: float, other: float) -> list[str]:
        engine.write([Document("a", "k", "居住证", weight=one), Document("b", "k", "居住证办理", weight=other)])
        # So high a score that a summand would change nothing.
        return ids(engine, Boost(Term("title_pairs", "居住"), 100.0))

    assert order(1.0, 1.0) == ["a", "b"]
    assert order(1.0, 2.0) == ["b", "a"]
    assert order(0.5, 1.0) == ["b", "a"]
    assert order(1.0, 1.01) == ["a", "b"]


# --- Filters and facets ---


def test_filters_narrow(filled):
    police = {"office": ["公安局"]}

    assert set(ids(filled, PERMIT_ANYWHERE, filters=police)) == {"guide:1", "news:1"}
    assert set(ids(filled, filters=police | {"kind": ["news", "guide"]})) == {"guide:1", "news:1"}
    assert ids(filled, filters=police | {"year": ["2026"], "kind": ["news"]}) == ["news:1"]
    assert ids(filled, filters={"kind": ["nothing"]}) == []
    assert set(ids(filled, filters={"language": ["zh-Hans"], "audience": ["everybody"]})) == filled.ids()


def test_each_facet_is_counted_under_the_filters_of_the_others(filled):
    found = filled.ask(
        Asked(
            PERMIT_ANYWHERE,
            {"kind": ["guide"], "office": ["公安局"], "language": ["zh-Hans"]},
            ["kind", "office", "year"],
        )
    )

    assert found.ids == ["guide:1"]
    assert found.total == 1
    assert found.facets == {
        "kind": {"guide": 1, "news": 1},
        "office": {"公安局": 1, "教育局": 1},
        "year": {"2026": 1},
    }


def test_a_value_that_is_missing_is_no_value(filled):
    assert filled.ask(Asked(None, facets=["year"])).facets == {"year": {"2026": 2, "2025": 1}}


# --- Order and pages ---


def test_the_newest_stand_first_and_what_has_no_date_last(filled):
    assert ids(filled, sort="newest") == ["guide:1", "news:1", "guide:2", "office:1"]
    assert ids(filled, PERMIT_ANYWHERE, sort="newest") == ["guide:1", "news:1", "guide:2"]


def test_pages_follow_one_another(engine):
    first = date(2026, 1, 1)
    engine.write(Document(f"n:{day}", "news", "通知", published=first + timedelta(days=day)) for day in range(25))

    pages = [
        engine.ask(Asked(Term("title_pairs", "通知"), sort="newest", offset=begin, limit=10))
        for begin in (0, 10, 20, 30)
    ]

    assert [one for page in pages for one in page.ids] == [f"n:{day}" for day in reversed(range(25))]
    assert [page.total for page in pages] == [25] * 4


def test_pages_of_what_is_alike_show_each_once(engine):
    engine.write(Document(f"n:{number}", "news", "通知") for number in range(30))

    pages = [ids(engine, Term("title_pairs", "通知"), offset=begin, limit=7) for begin in range(0, 35, 7)]

    assert sorted(one for page in pages for one in page) == sorted(engine.ids())


def test_no_page_lies_deeper_than_anybody_turns(filled):
    assert filled.ask(Asked(None, offset=DEEPEST * 3)) == Found([], 4)
    assert filled.ask(Asked(None, limit=0)) == Found([], 4)


# --- What people may type and editors may write ---

HOSTILE = [
    '"',
    '居"住',
    "(a OR b) AND *:*",
    "*",
    "{[\\/]}",
    "a\x00b\x1f",
    "\u202e\u200b",
    "居住" * 5000,
    "😀",
    " ",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_means_anything_but_itself(filled, text):
    plan = Bonus(Sum((Term("title_pairs", text), Phrase("body_pairs", (text, text)))), (Term("keywords_sounds", text),))

    assert filled.ask(Asked(plan, {"office": [text]}, ["kind"])) == Found([], 0, {"kind": {}})


def test_nothing_that_is_written_breaks_an_index(engine):
    documents = [
        Document(f"d:{number}", "k", text, text, text, office=text[:100]) for number, text in enumerate(HOSTILE)
    ]
    engine.write(documents)

    assert engine.ids() == {one.id for one in documents}
    assert ids(engine, Phrase("body_pairs", ("居住", "住居"))) == ["d:7"]
    assert ids(engine, filters={"office": ["*"]}) == ["d:3"]


# --- A new index beside the one in use ---


def test_a_new_index_is_filled_while_the_old_one_is_asked(filled):
    name = filled.begin()
    filled.fill(name, [PERMIT, SCHOOL])
    assert filled.ids() == {one.id for one in EVERYTHING}

    filled.swap(name)

    assert filled.ids() == {"guide:1", "guide:2"}
    assert filled.names().current == name


def test_a_change_meanwhile_reaches_both(engine):
    engine.write([PERMIT, SCHOOL], position=1)
    name = engine.begin()
    engine.write([NEWS], gone=[SCHOOL.id], position=5)
    # Read before the change, written after it.
    engine.fill(name, [PERMIT, SCHOOL, Document(NEWS.id, "news", "旧标题")], position=4)
    assert engine.ids() == {"guide:1", "news:1"}

    engine.swap(name)

    assert engine.ids() == {"guide:1", "news:1"}
    assert ids(engine, Term("title_pairs", "开放")) == ["news:1"]


def test_one_can_go_back_to_the_index_before_and_forth_again(filled):
    old = filled.names().current
    name = filled.begin()
    filled.fill(name, [PERMIT])
    filled.swap(name)

    assert filled.roll_back() == old
    assert filled.ids() == {one.id for one in EVERYTHING}
    assert filled.roll_back() == name
    assert filled.ids() == {"guide:1"}


def test_where_there_is_nothing_before_one_cannot_go_back(engine):
    engine.write([PERMIT])

    with pytest.raises(NothingBefore):
        engine.roll_back()


def test_who_begins_later_takes_over(filled, opened):
    given_up, name = filled.begin(), opened().begin()

    for step in (lambda: filled.fill(given_up, [PERMIT]), lambda: filled.swap(given_up)):
        with pytest.raises(TakenOver):
            step()
    opened().swap(name)
    assert filled.names().current == name


def test_only_the_last_index_is_kept(filled):
    for _ in range(3):
        name = filled.begin()
        filled.fill(name, [PERMIT])
        filled.swap(name)

    names = filled.names()
    assert (names.current, names.building) == (name, "")
    assert filled.count(names.before) == 1


@pytest.mark.parametrize("opened", ["folder", "elasticsearch"], indirect=True)
def test_an_index_of_another_analysis_is_left_alone_until_it_is_rebuilt(filled, opened, monkeypatch):
    monkeypatch.setattr("search.analysis.VERSION", 999)
    later = opened()

    assert later.ask(Asked(None)).total == 4
    with pytest.raises(EngineAway, match="rebuild"):
        later.write([NEWS])
    name = later.begin()
    later.write([NEWS])
    later.swap(name)
    assert later.ids() == {"news:1"}


# --- Which one ---


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("memory", "", EmbeddedEngine),
        ("embedded", "", EmbeddedEngine),
        ("elasticsearch", "https://127.0.0.1:9200", ElasticsearchEngine),
        ("elasticsearch", "", None),
        ("solr", "", None),
    ],
)
def test_the_settings_name_the_engine(settings, tmp_path, name, url, kind):
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL, settings.SEARCH_FOLDER = name, url, tmp_path
    choose = current.__wrapped__

    if kind:
        assert type(choose()) is kind
    else:
        with pytest.raises(ImproperlyConfigured):
            choose()


# --- When it is away ---


def test_a_folder_that_somebody_writes_to_for_long_is_away(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.clear()
    engine.write([PERMIT])
    other = EmbeddedEngine(tmp_path, wait=0.1)

    with engine._writer(engine.names().current):
        with pytest.raises(EngineAway):
            other.write([SCHOOL])
        assert other.ids() == {"guide:1"}

    other.write([SCHOOL])
    assert engine.ids() == {"guide:1", "guide:2"}


def test_a_folder_with_a_broken_index_is_away(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.clear()
    engine.write([PERMIT])
    (tmp_path / engine.names().current / "meta.json").write_text("broken")

    for step in (lambda: EmbeddedEngine(tmp_path).ask(Asked(None)), lambda: EmbeddedEngine(tmp_path).write([PERMIT])):
        with pytest.raises(EngineAway):
            step()


def test_a_server_that_is_gone_is_away_and_soon_not_asked(monkeypatch):
    seconds = [100.0]
    engine = ElasticsearchEngine(connect("http://127.0.0.1:9"), breaker=Breaker(2, 15.0, lambda: seconds[0]))
    asked = []
    transport = engine._client.transport.perform_request
    monkeypatch.setattr(
        engine._client.transport,
        "perform_request",
        lambda *args, **kwargs: (asked.append(1), transport(*args, **kwargs))[1],
    )

    for _ in range(4):
        with pytest.raises(EngineAway):
            engine.ask(Asked(None))
    assert len(asked) == 2

    seconds[0] += 16
    for _ in range(2):
        with pytest.raises(EngineAway):
            engine.ask(Asked(None))
    assert len(asked) == 3


def test_a_breaker_counts_failures_in_a_row_only():
    breaker = Breaker(2, 15.0, lambda: 0.0)

    breaker.failed()
    breaker.worked()
    breaker.failed()
    assert not breaker.is_open

    breaker.failed()
    assert breaker.is_open


@pytest.mark.parametrize("opened", ["folder", "elasticsearch"], indirect=True)
def test_where_nothing_has_been_indexed_yet_it_is_away(opened):
    """Pages then say so and look into the database; a change waits, for one document is not all there is."""
    engine = opened()

    for step in (lambda: engine.ask(Asked(None)), lambda: engine.write([PERMIT]), engine.ids, engine.count):
        with pytest.raises(EngineAway, match="search_rebuild"):
            step()
    assert engine.names() == Names()

    name = engine.begin()
    engine.write([PERMIT])
    engine.swap(name)
    assert engine.ids() == {"guide:1"}


def test_a_server_makes_no_index_of_a_write(elasticsearch_url):
    client = connect(elasticsearch_url, timeout=30)
    prefix = f"test-{secrets.token_hex(4)}-"
    engine = ElasticsearchEngine(client, prefix)
    name = engine.begin()
    client.indices.delete(index=name)

    with pytest.raises(TakenOver):
        engine.fill(name, [PERMIT])
    with pytest.raises(EngineAway):
        engine._bulk([f"{prefix}content"], [PERMIT], [], 0)
    engine._bulk([f"{prefix}content-building"], [PERMIT], ["x"], 3)
    assert dict(client.indices.get(index=f"{prefix}*")) == {}
