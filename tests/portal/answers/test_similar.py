"""Beside a case: what is like it among what one may see, at the same cost however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import aftercare, clarifying, handling, merging, publication, screening
from portal.answers.actions.erasing import erase_question
from portal.answers.models import Question
from portal.answers.queries import similar
from portal.answers.queries.case import load_question
from portal.answers.queries.similar import similar_to
from portal.answers.queries.visibility import visible_to
from portal.journal import jobs, relay
from search.documents import EVERYBODY
from search.engines import current
from search.engines.base import EngineAway
from search.models import Entry
from tests.factories.answers import accepted, answered, ask, at, dispatched, make_topic, published

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LAMP = {
    "title": "桂塘路路灯坏了",
    "text": "桂塘路三号楼门口的路灯坏了三天，晚上很黑，请问什么时候修？",
    "place": "桂塘路",
}
TWIN = {"title": "路灯不亮", "text": "我家门口桂塘路的路灯好几天不亮了，能修一下吗？", "place": "桂塘 路"}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def found(question, actor):
    result = similar_to(load_question(question.pk), actor)
    return [one.pk for one in result.open], [str((one.question or one.listing).pk) for one in result.earlier]


def page_of(question, query=""):
    return reverse("answers_desk:similar", args=[question.pk]) + query


def catch_up():
    while relay.drain() + jobs.run_jobs():
        pass


# --- What is found ------------------------------------------------------------------------


def test_a_dispatcher_sees_the_same_matter_asked_again_and_not_what_is_about_something_else(district):
    first, other = ask(district, **TWIN), ask(district)
    again = ask(district, **LAMP)

    assert found(again, district.dispatcher) == ([first.pk], [])
    assert found(other, district.dispatcher) == ([], [])


def test_of_merged_questions_the_one_that_leads_is_found(district):
    lead, member, again = ask(district, **TWIN), ask(district, **LAMP), ask(district, **LAMP)
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))

    assert found(again, district.dispatcher) == ([lead.pk], [])
    assert found(lead, district.dispatcher) == ([again.pk], [])


def test_an_office_sees_what_it_answered_to_the_like_with_the_words(district):
    earlier, question = answered(district, **TWIN), accepted(district, **LAMP)

    result = similar_to(load_question(question.pk), district.officer)

    assert [one.question for one in result.earlier] == [Question.objects.get(pk=earlier.pk)]
    assert result.earlier[0].answer == "您好，请携带居住证和户口簿。"
    assert result.earlier[0].listing is None


def test_what_another_office_holds_is_seen_only_once_it_is_public_and_then_in_the_public_wording(district):
    question = at_the_street(district, **LAMP)
    theirs = answered(district, **TWIN)
    assert found(question, district.street_spokesperson) == ([], [])

    publication.publish(
        theirs.pk,
        title="路灯不亮",
        question_text=TWIN["text"],
        answer_text="公开的答复",
        by=district.editor,
        clock=at(3, 2, 11),
    )
    catch_up()

    (public,) = similar_to(load_question(question.pk), district.street_spokesperson).earlier
    assert (public.question, public.listing.pk, public.answer) == (None, theirs.pk, "公开的答复")


# --- What the search knows ----------------------------------------------------------------

EXPIRED = {"title": "居住证到期忘了签注", "text": "居住证上周到期，能补签吗？", "place": ""}
IN_OTHER_WORDS = {"title": "暂住证过期咋整", "text": "暂住证到期没去签注。", "place": ""}


def test_published_answers_are_found_by_other_names_on_any_topic_and_however_old(district, monkeypatch):
    monkeypatch.setattr(similar, "NEWEST", 1)
    old = published(district, clock=at(2, 2, 9), topic=make_topic(slug="transport", name="出行").pk, **EXPIRED)
    published(district, **TWIN)
    catch_up()
    question = at_the_street(district, **IN_OTHER_WORDS)

    (first, *_others) = similar_to(load_question(question.pk), district.street_spokesperson).earlier

    assert (first.question, first.listing.pk) == (None, old.pk)


@pytest.mark.parametrize("failing", ["current", "alike"])
def test_while_the_search_is_away_the_newest_published_on_the_topic_stand_in(district, monkeypatch, failing):
    public = published(district, **TWIN)
    catch_up()
    question = at_the_street(district, **LAMP)

    def away(*args, **kwargs):
        raise EngineAway("gone")

    monkeypatch.setattr(similar, failing, away)

    (found_one,) = similar_to(load_question(question.pk), district.street_spokesperson).earlier
    assert found_one.listing.pk == public.pk


def test_a_published_question_is_not_like_itself(district):
    public = published(district, **TWIN)
    catch_up()

    assert found(public, district.officer) == ([], [])


def test_what_was_taken_down_is_not_found_though_the_index_still_has_it(district):
    public = published(district, **TWIN)
    catch_up()
    question = at_the_street(district, **LAMP)
    assert found(question, district.street_spokesperson)[1] == [str(public.pk)]

    publication.take_down(public.pk, reason="wrong", by=district.editor, clock=at(3, 2, 11))
    relay.drain()
    assert f"answer:{public.pk}" in current().ids()

    assert found(question, district.street_spokesperson)[1] == []


def test_no_index_holds_what_is_not_public(district):
    made = [ask(district, **TWIN), dispatched(district, **TWIN), accepted(district, **TWIN), answered(district, **TWIN)]
    made.append(ask(district, confidential=True, **TWIN))
    public = published(district, **TWIN)
    catch_up()

    assert current().ids() >= {f"answer:{public.pk}"}
    assert not [one for one in current().ids() if any(str(question.pk) in one for question in made)]
    assert not Entry.objects.exclude(audience=EVERYBODY).exists()


def at_the_street(district, **typed):
    question = ask(district, **typed)
    screening.dispatch(
        question.pk, office_id=district.street.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 10)
    )
    return handling.accept(question.pk, by=district.street_spokesperson, clock=at(3, 2, 10))


def test_nothing_is_found_that_the_actor_may_not_see(district):
    made = [ask(district, **TWIN), dispatched(district, **TWIN), accepted(district, **TWIN), answered(district, **TWIN)]
    question = accepted(district, **LAMP)

    for name in ("dispatcher", "spokesperson", "officer", "leader", "superior", "auditor", "street_spokesperson"):
        actor = getattr(district, name)
        open_, earlier = found(question, actor)
        seen = {str(pk) for pk in visible_to(actor).values_list("pk", flat=True)}
        assert {*map(str, open_), *earlier} <= seen
        assert {*map(str, open_), *earlier} == seen & {str(one.pk) for one in made}


def test_what_was_erased_is_no_answer_any_more(district):
    gone = answered(district, by=district.resident, **TWIN)
    question = accepted(district, **LAMP)
    aftercare.rate(gone.pk, resolved="yes", satisfaction=5, comment="", by=district.resident, clock=at(3, 2, 11))
    erase_question(gone.pk, by=district.resident, clock=at(3, 2, 12))

    assert found(question, district.officer) == ([], [])


def test_only_the_newest_are_compared(district, monkeypatch):
    monkeypatch.setattr(similar, "NEWEST", 2)
    oldest = ask(district, clock=at(3, 2, 8), **TWIN)
    ask(district, clock=at(3, 2, 9))
    question = ask(district, clock=at(3, 2, 10), **LAMP)

    assert found(question, district.dispatcher) == ([], [])
    monkeypatch.setattr(similar, "NEWEST", 3)
    assert found(question, district.dispatcher) == ([oldest.pk], [])


def test_more_cases_cost_no_more_statements(district):
    question = accepted(district, **LAMP)

    def statements():
        loaded = load_question(question.pk)
        with CaptureQueriesContext(connection) as captured:
            similar_to(loaded, district.officer)
        return len(captured)

    def more():
        accepted(district, **TWIN)
        published(district, **TWIN)
        catch_up()

    more()
    with_one = statements()
    more()
    more()

    assert statements() == with_one <= 11


# --- On the page --------------------------------------------------------------------------


def test_the_page_offers_a_dispatcher_to_merge_and_leads_to_the_form_filled_in(as_, district):
    first, again = ask(district, **TWIN), ask(district, **LAMP)
    client = as_("dispatcher")

    page = client.get(page_of(again)).content.decode()
    case = reverse("answers_desk:case", args=[again.pk])
    assert f'href="{case}?lead={first.number}#merge"' in page

    form = client.get(f"{case}?lead={first.number}").content.decode()
    assert f'name="merge-lead" value="{first.number}"' in form
    assert '<details class="desk-panel" id="merge" open>' in form


@pytest.mark.parametrize("who", ["spokesperson", "dispatcher", "leader"])
def test_nobody_is_offered_a_merge_that_must_fail(as_, district, who):
    dispatched(district, **TWIN)

    page = as_(who).get(page_of(accepted(district, **LAMP))).content.decode()

    assert TWIN["title"] in page
    assert "?lead=" not in page


def test_a_question_that_waits_for_its_asker_leads_nobody(as_, district):
    waiting = accepted(district, **TWIN)
    clarifying.ask_asker(waiting.pk, text="哪一盏？", by=district.spokesperson, clock=at(3, 2, 11))
    again = ask(district, **LAMP)

    page = as_("dispatcher").get(page_of(again)).content.decode()

    assert TWIN["title"] in page
    assert "?lead=" not in page


def test_a_confidential_question_is_compared_with_none_and_its_page_says_so(as_, district):
    ask(district, **TWIN)
    confided = ask(district, confidential=True, **LAMP)
    client = as_("dispatcher")

    assert "保密问题不和别的问题比较" in client.get(page_of(confided)).content.decode()
    assert "data-part" not in client.get(reverse("answers_desk:case", args=[confided.pk])).content.decode()
    assert found(ask(district, **TWIN), district.dispatcher)[0] != [confided.pk]


def test_the_part_is_the_same_without_its_frame(as_, district):
    dispatched(district, **TWIN)
    question = accepted(district, **LAMP)

    part = as_("officer").get(page_of(question, "?part=1")).content.decode()

    assert TWIN["title"] in part
    assert "<html" not in part


def test_what_was_never_public_is_marked_as_possibly_personal(as_, district):
    answered(district, **TWIN)

    page = as_("officer").get(page_of(accepted(district, **LAMP))).content.decode()

    assert "您好，请携带居住证和户口簿。" in page
    assert "可能含有个人信息" in page


def test_where_nothing_is_like_it_the_page_says_so(as_, district):
    assert "没有相似的" in as_("officer").get(page_of(accepted(district))).content.decode()


def test_the_case_leads_there_and_does_not_wait_for_it(as_, district):
    question = accepted(district, **LAMP)
    client = as_("officer")

    page = client.get(reverse("answers_desk:case", args=[question.pk])).content.decode()

    assert f'data-part="{page_of(question)}?part=1"' in page
    assert f'<a href="{page_of(question)}">' in page
