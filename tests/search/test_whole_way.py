"""The whole way, with each engine as an installation runs it: an editor's click, journal, worker, index, page."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.answers.actions import publication
from search import indexing, registry
from search.engines import current
from search.models import Entry, Waiting
from search.registry import Kind
from tests.factories.answers import published
from tests.factories.pages import guide, news, notice, office

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "installed"),
    pytest.mark.xdist_group("elasticsearch"),
]

TITLE = re.compile(r'class="found-line__title"><a href="[^"]+">(.*?)</a>')
LIMITED = "搜索现在不完整"


class Shown:
    """A page of results. is_limited: it says that only titles in the database were asked."""

    def __init__(self, html: str) -> None:
        self.titles = [unescape(re.sub("</?mark>", "", title)) for title in TITLE.findall(html)]
        self.is_limited = LIMITED in html
        self.text = html


@pytest.fixture
def look(client):
    """Search on the page, as things are: the worker does nothing in between."""

    def look(typed, **narrowed):
        response = client.get("/search/", {"q": typed, **narrowed})
        assert response.status_code == 200
        return Shown(response.content.decode())

    return look


def waiting() -> set[str]:
    return set(Waiting.objects.values_list("document", flat=True))


def command(*arguments: str) -> str:
    told = StringIO()
    call_command(*arguments, stdout=told)
    return told.getvalue()


# --- From a click to the page ---------------------------------------------------------------


def test_what_an_editor_publishes_is_shown_once_the_worker_has_been_there(look, background):
    page = guide("居住证签注", summary="每年签注一次。")
    before = look("居住证签注")
    background()

    found = look("暂住证怎么签注")

    assert (before.titles, before.is_limited) == ([], True)  # there is no index yet
    assert (found.titles, found.is_limited) == (["居住证签注"], False)
    assert "每年<mark>签注</mark>一次" in found.text
    assert waiting() == set()
    assert current().ids() == {f"guide:{page.pk}", f"office:{page.office_id}"}


def test_what_is_taken_down_is_gone_from_the_page_at_once_and_from_the_index_afterwards(look, background):
    page = guide("居住证签注")
    news("湖滨步道建成")
    background()

    page.unpublish()

    assert look("居住证签注").titles == []
    assert f"guide:{page.pk}" in current().ids()
    background()
    assert f"guide:{page.pk}" not in current().ids()
    assert look("居住证签注").titles == []
    assert look("湖滨步道").titles == ["湖滨步道建成"]


def test_an_answer_comes_when_it_is_published_and_goes_when_it_is_withdrawn(look, background, district, clock):
    question = published(district, title="居住证签注要多久", clock=clock)
    background()
    assert look("居住证签注", kind="answer").titles == ["居住证签注要多久"]

    publication.take_down(question.pk, reason="personal_data", by=district.editor, clock=clock)
    background()

    assert look("居住证签注", kind="answer").titles == []
    assert f"answer:{question.pk}" not in current().ids()


def test_results_are_narrowed_counted_ordered_and_paged(look, background):
    guide("积分入学", office=office("schools"))
    for day in range(1, 18):
        news(f"积分入学第{day}期", slug=f"n-{day}", date=f"2026-01-{day:02}")
    notice("积分入学公示", slug="notice", date="2025-03-02")
    background()

    every = look("积分入学")
    newest = look("积分入学", kind="news", sort="newest")

    assert every.titles[0] == "积分入学"
    assert len(every.titles) == 15
    assert len(look("积分入学", page=2).titles) == 4
    assert "找到 19 条" in every.text
    assert newest.titles == [f"积分入学第{day}期" for day in range(17, 2, -1)]
    assert look("积分入学", year="2025").titles == ["积分入学公示"]


# --- The engine is stopped and comes back ---------------------------------------------------


def test_while_the_engine_is_stopped_the_page_asks_the_database_and_changes_wait(look, background, installed):
    old = guide("居住证签注", summary="每年签注一次。")
    background()

    installed.stop()
    limited = look("暂住证")
    new = guide("居住证补领", slug="lost", summary="遗失后补领。", office=old.office)
    old.unpublish()
    background()

    assert (limited.titles, limited.is_limited) == (["居住证签注"], True)
    assert waiting() == {f"guide:{old.pk}", f"guide:{new.pk}"}

    installed.start()
    assert f"guide:{old.pk}" in current().ids()
    background()
    found = look("遗失了居住证")

    assert (found.titles, found.is_limited) == (["居住证补领"], False)
    assert waiting() == set()
    assert f"guide:{old.pk}" not in current().ids()


def test_the_rest_of_the_site_notices_nothing_of_a_stopped_engine(client, look, background, installed):
    page = guide("居住证签注")
    background()

    installed.stop()

    for address in ("/", page.get_url(), "/search/", "/ask/", "/search/suggestions/?q=jzz"):
        assert client.get(address).status_code == 200, address
    assert [one["text"] for one in client.get("/search/suggestions/?q=jzz").json()["suggestions"]] == ["居住证签注"]


def test_an_engine_that_has_lost_everything_gets_it_again_with_the_next_change(look, background, installed):
    guide("居住证签注")
    background()

    installed.lose()
    limited = look("居住证")
    news("湖滨步道建成")
    background()

    assert (limited.titles, limited.is_limited) == (["居住证签注"], True)
    assert look("居住证").titles == ["居住证签注"]
    assert look("湖滨步道").titles == ["湖滨步道建成"]
    assert command("search_check") == "the index is like the database\n"


# --- The index is made anew -----------------------------------------------------------------

TITLES = {"居住证签注": "endorse", "居住证注销": "cancel", "居住证变更": "change"}


@pytest.fixture
def while_rebuilding(monkeypatch):
    """Lets something happen in the next rebuild, when all kinds have been read and nothing of it is written."""

    def happen(act):
        acts = [act]

        def documents():
            while acts:
                acts.pop()()
            yield from ()

        kind = Kind("meanwhile", "", documents, lambda: iter(()), lambda key: None, lambda keys, request: {})
        monkeypatch.setitem(registry._kinds, kind.name, kind)

    return happen


def test_what_happens_while_the_index_is_made_anew_is_in_both(look, background, while_rebuilding):
    _stays, goes, changes = (guide(title, slug=slug, office=office("police")) for title, slug in TITLES.items())
    background()
    seen = []

    def meanwhile():
        goes.unpublish()
        changes.title = "居住证换领"
        changes.save()
        guide("居住证补领", slug="lost", office=office("police"))
        background()
        seen.append(sorted(look("居住证").titles))

    while_rebuilding(meanwhile)
    command("search_rebuild")

    now = ["居住证换领", "居住证签注", "居住证补领"]
    assert seen == [now]
    assert sorted(look("居住证").titles) == now
    assert f"guide:{goes.pk}" not in current().ids()
    # Its copy was written anew from what had been read; the worker notices.
    background()
    assert not Entry.objects.filter(id=f"guide:{goes.pk}").exists()
    assert Entry.objects.get(id=f"guide:{changes.pk}").title == "居住证换领"
    assert command("search_check") == "the index is like the database\n"


def test_a_rebuild_that_finds_nearly_nothing_changes_nothing(look, background, monkeypatch):
    for title, slug in TITLES.items():
        guide(title, slug=slug, office=office("police"))
    background()
    in_use = current().names().current
    monkeypatch.setattr(registry, "kinds", list)

    with pytest.raises(CommandError, match="0 documents, the one in use holds 4"):
        command("search_rebuild")

    monkeypatch.undo()
    assert current().names().current == in_use
    assert len(look("居住证").titles) == 3


def test_one_goes_back_to_the_index_before_and_mends_what_it_has_missed(look, background):
    guide("居住证签注")
    background()
    before = current().names().current
    command("search_rebuild")
    guide("居住证补领", slug="lost", office=office("police"))
    background()
    assert sorted(look("居住证").titles) == ["居住证签注", "居住证补领"]

    assert command("search_rebuild", "--roll-back") == f"{before} is asked again\n"
    assert look("居住证").titles == ["居住证签注"]

    assert command("search_check", "--mend").endswith("noted for the worker\n")
    background()
    assert sorted(look("居住证").titles) == ["居住证签注", "居住证补领"]
    assert command("search_check") == "the index is like the database\n"


def test_the_index_of_another_version_is_asked_until_a_new_one_is_made(look, background, monkeypatch):
    guide("居住证签注")
    background()
    monkeypatch.setattr("search.analysis.VERSION", "another")
    current.cache_clear()

    new = guide("居住证补领", slug="lost", office=office("police"))
    background()
    assert look("居住证签注").titles == ["居住证签注"]
    assert waiting() == {f"guide:{new.pk}"}

    command("search_rebuild")
    background()

    assert sorted(look("居住证").titles) == ["居住证签注", "居住证补领"]
    assert waiting() == set()


def test_a_rebuild_without_an_engine_says_so_and_the_next_one_works(background, installed):
    guide("居住证签注")
    background()
    installed.stop()

    with pytest.raises(CommandError, match="does not answer"):
        command("search_rebuild")

    installed.start()
    assert indexing.rebuild(current()).held == 2
