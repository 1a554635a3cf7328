"""What is published is found a moment later; what was taken back is not, whatever happens meanwhile."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import PageViewRestriction

from portal.answers.actions import publication
from portal.journal.models import EventRecord, JournalHead
from portal.journal.ticks import is_led, lead
from search import indexing
from search.analysis.synonyms import shipped
from search.engines import current
from search.engines.base import EngineAway
from search.engines.embedded import EmbeddedEngine
from search.engines.naming import Names
from search.models import Entry, Suggestion, Waiting
from search.searching import search
from tests.factories.accounts import OfficeFactory
from tests.factories.answers import published
from tests.factories.pages import full_guide, guide, home, news, profile, standard_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def found(text: str) -> list[str]:
    return search(current(), text, shipped(), filters={"language": ["zh-Hans"]}).found.ids


class Away:
    """An engine that does not answer."""

    def write(self, documents, gone=(), position=0):
        raise EngineAway


# --- Pages ----------------------------------------------------------------------------------


def test_a_page_is_found_when_it_is_published_and_no_longer_when_it_is_taken_down(background):
    page = guide("居住证签注")
    background()
    assert found("居住证签注") == [f"guide:{page.pk}"]

    page.unpublish()
    background()

    assert found("居住证签注") == []
    assert not Entry.objects.exists()


def test_a_page_is_found_by_all_that_is_said_on_it(background):
    page = full_guide()
    background()

    for said in ("新居民孩子上学", "户口簿", "可以代办吗", "居住证暂行条例", "国务院令第663号", "5号窗口", "子女入学"):
        assert f"guide:{page.pk}" in found(said), said


def test_a_page_whose_time_is_over_is_no_longer_found(background, clock):
    page = guide("居住证签注", expire_at=clock.now() + timedelta(days=1))
    background()
    assert found("居住证签注") == [f"guide:{page.pk}"]

    clock.move(days=2)
    background()

    assert found("居住证签注") == []


def test_a_draft_says_nothing_to_the_journal_and_nobody_finds_it(background):
    page = guide("居住证签注")
    background()
    events = EventRecord.objects.count()

    page.title = "户口迁入"
    page.save_revision()
    background()

    assert EventRecord.objects.count() == events
    assert found("户口迁入") == []


def test_publishing_a_revision_makes_its_words_found(background):
    page = guide("居住证签注")
    page.title = "户口迁入"
    page.save_revision().publish()
    background()

    assert found("户口迁入") == [f"guide:{page.pk}"]
    assert found("签注") == []


def test_deleting_a_page_takes_those_below_it_along(background):
    below = news("湖滨步道建成")
    background()
    assert found("湖滨步道") == [f"news:{below.pk}"]

    below.get_parent().specific.delete()
    background()

    assert found("湖滨步道") == []
    assert not Waiting.objects.exists()


def test_the_event_tells_ids_and_the_type_only():
    page = news("湖滨步道建成")

    record = EventRecord.objects.get(aggregate=f"portal.pages.page:{page.pk}")

    assert record.name == "pages.page_changed"
    assert record.payload == {"page": page.pk, "kind": "newspage"}


def test_pages_of_other_types_are_told_of_and_found_by_nobody(background):
    standard_page("湖滨步道", home(), summary="步道")
    background()

    assert found("湖滨步道") == []


def test_what_only_stands_in_for_a_translation_is_left_out(background):
    page = guide("居住证签注")
    page.copy_for_translation(_english(), copy_parents=True, alias=True)
    background()

    assert [one.id for one in Entry.objects.all()] == [f"guide:{page.pk}"]


def _english():
    return home("en").locale


def test_what_is_kept_from_readers_is_not_indexed(background):
    page = guide("居住证签注")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    background()

    assert found("居住证签注") == []


def test_who_no_longer_speaks_is_not_found(background):
    page = profile("王明", answers_for="报名和学区。")
    background()
    assert f"spokesperson:{page.pk}" in found("学区")

    page.unpublish()
    background()

    assert found("学区") == []


# --- Offices and answers --------------------------------------------------------------------


def test_an_office_is_found_by_its_remit_in_each_of_its_languages(background):
    office = OfficeFactory(name="水务局", name_en="Water Bureau", remit="管自来水和排水。", remit_en="Runs the taps.")
    indexing.rebuild(current())

    assert found("自来水") == [f"office:{office.pk}"]
    english = search(current(), "taps", shipped(), filters={"language": ["en"]}).found.ids
    assert english == [f"office:{office.pk}@en"]


def test_what_was_asked_and_answered_in_english_is_found_among_what_is_english(district, clock, background):
    question = published(district, title="School places for children of foreign residents", clock=clock)
    background()

    english = search(current(), "school places", shipped(), filters={"language": ["en"]}).found.ids
    assert english == [f"answer:{question.pk}"]


def test_an_answer_is_found_when_it_is_public_and_not_when_it_was_withdrawn(district, clock, background):
    question = published(district, title="居住证签注要多久", clock=clock)
    background()
    assert found("居住证签注") == [f"answer:{question.pk}"]

    publication.take_down(question.pk, reason="personal_data", by=district.editor, clock=clock)
    background()

    assert found("居住证签注") == []
    assert not Entry.objects.exists()


# --- When the engine is away ----------------------------------------------------------------


def test_what_changes_while_the_engine_is_away_waits_for_it(background, monkeypatch):
    page = guide("居住证签注")
    with monkeypatch.context() as patch:
        patch.setattr("search.indexing.current", Away)
        background()
    assert [one.document for one in Waiting.objects.all()] == [f"guide:{page.pk}"]

    background()

    assert found("居住证签注") == [f"guide:{page.pk}"]
    assert not Waiting.objects.exists()


def test_what_had_to_go_leaves_the_copies_even_while_the_engine_is_away(background, monkeypatch):
    page = guide("居住证签注")
    background()
    monkeypatch.setattr("search.indexing.current", Away)

    page.unpublish()
    background()

    assert not Entry.objects.exists()
    assert not Suggestion.objects.exists()


def test_what_changes_while_it_is_indexed_is_indexed_again(background):
    page = guide("居住证签注")
    background()
    indexing.note([f"guide:{page.pk}"])

    class Slow:
        def write(self, documents, gone=(), position=0):
            indexing.note([f"guide:{page.pk}"])

    indexing.work_off(Slow())

    assert [one.document for one in Waiting.objects.all()] == [f"guide:{page.pk}"]


def test_a_change_that_is_rolled_back_is_not_noted():
    with transaction.atomic():
        guide("居住证签注")
        transaction.set_rollback(True)

    assert not EventRecord.objects.filter(name="pages.page_changed").exists()


@pytest.fixture
def new_installation(monkeypatch, tmp_path):
    """The engine of a new installation, which has no index."""
    engine = EmbeddedEngine(tmp_path)
    for name in ("search.indexing.current", "search.jobs.current"):
        monkeypatch.setattr(name, lambda: engine)
    return engine


def test_a_new_installation_makes_its_index_of_everything_by_itself(background, new_installation):
    OfficeFactory(name="水务局", remit="管自来水和排水。")
    guide("居住证签注")
    background()

    assert new_installation.count() == len(Entry.objects.all()) > 1
    assert search(new_installation, "自来水", shipped()).found.total == 1
    assert not Waiting.objects.exists()


def test_it_does_not_where_somebody_is_at_it(background, new_installation):
    name = new_installation.begin()
    lead(indexing.REBUILDING, "another process")
    page = guide("居住证签注")
    background()

    assert new_installation.names() == Names("", name)
    new_installation.swap(name)
    assert new_installation.ids() == {f"guide:{page.pk}"}


def test_it_does_where_whoever_was_at_it_has_been_stopped(background, new_installation):
    new_installation.begin()
    guide("居住证签注")
    background()

    assert new_installation.names().current
    assert new_installation.count() == len(Entry.objects.all()) == 2
    assert not is_led(indexing.REBUILDING)


# --- All of it ------------------------------------------------------------------------------


def test_rebuilding_asks_the_same_queries_for_one_guide_and_for_three(django_assert_num_queries):
    full_guide()
    guides = next(kind for kind in indexing.registry.kinds() if kind.name == "guide")
    with django_assert_num_queries(9):
        assert len(list(guides.documents())) == 1

    guide("居住证签注", slug="second", office=_police())
    guide("户口迁入", slug="third", office=_police())
    with django_assert_num_queries(9):
        assert len(list(guides.documents())) == 3


def _police():
    from portal.accounts.models import Office

    return Office.objects.get(code="police")


def test_the_check_names_what_is_missing_and_what_is_left_over_and_mends_it(background):
    page = guide("居住证签注")
    call_command("search_rebuild", stdout=StringIO())
    call_command("search_check", stdout=StringIO())
    current().write([], [f"guide:{page.pk}"], JournalHead.objects.get(id=1).position)
    told = StringIO()

    with pytest.raises(CommandError, match="1 missing, 0 left over"):
        call_command("search_check", stdout=told)
    assert f"missing    guide:{page.pk}" in told.getvalue()
    call_command("search_check", "--mend", stdout=StringIO())
    background()

    call_command("search_check", stdout=StringIO())
    assert found("居住证签注") == [f"guide:{page.pk}"]


def test_rebuilding_removes_copies_of_what_is_gone(background):
    Entry.objects.create(
        id="guide:999", kind="guide", language="zh-Hans", audience="everybody", title="旧", folded="旧"
    )

    call_command("search_rebuild", stdout=StringIO())
    background()

    assert not Entry.objects.filter(id="guide:999").exists()


def test_a_query_is_explained(background):
    guide("居住证签注")
    background()
    told = StringIO()

    call_command("search_explain", "暂住证怎么办", "--plan", stdout=told)

    assert "暂住证, also 居住证" in told.getvalue()
    assert "怎么办, tells little" in told.getvalue()
    assert "居住证签注" in told.getvalue()
