"""What everybody may read: the list, the answer's page in both languages, the feed, the home page's block."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory
from django.urls import reverse

from portal.answers.actions import clarifying
from portal.answers.models import AnswerPage, Listing, Question
from portal.answers.plugs.home_block import latest_answers
from portal.answers.queries.public import answered_months
from portal.answers.views.paging import BoundedPaginator
from tests.factories.answers import AT_MONDAY, accepted, answered, ask, at, dispatched, make_topic, published

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LIST, FEED = reverse("answers:list"), reverse("answers:feed")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(at(3, 2, 12).now())
    return clock


@pytest.fixture
def public(district, background):
    """Make a published answer and its page."""

    def make(**kwargs):
        question = published(district, **kwargs)
        background()
        return question

    return make


def text_of(response):
    return response.content.decode()


def page_address(question):
    return AnswerPage.objects.get(question=question).get_url()


# --- The list ---------------------------------------------------------------------------------


def test_list_shows_answers_with_office_and_the_time_they_took(client, public):
    question = public()

    page = text_of(client.get(LIST))

    assert question.public_title in page
    assert "教育局" in page
    assert "用时 不到 1 个工作日" in page
    assert page_address(question) in page


def test_waiting_questions_run_their_clocks_in_public(client, district, background):
    question = accepted(district)
    background()

    page = text_of(client.get(LIST, {"tab": "waiting"}))

    assert question.public_title in page
    assert "还剩 7 个工作日" in page
    assert reverse("answers:why", args=[question.pk]) in page
    assert question.public_title not in text_of(client.get(LIST))


def test_a_question_that_waits_for_its_asker_does_not_ask_visitors(client, district, background):
    question = accepted(district)
    clarifying.ask_asker(question.pk, text="哪一栋？", by=district.spokesperson, clock=at(3, 2, 12))
    background()

    page = text_of(client.get(LIST, {"tab": "waiting"}))

    assert "等待提问人补充，计时暂停" in page
    assert "请您补充" not in page


def test_private_unscreened_refused_and_withdrawn_questions_appear_nowhere(client, district, background):
    hidden = [
        ask(district, title="还没有审核的问题"),
        dispatched(district, title="不同意公开的问题", consents=False),
        answered(district, title="不同意公开的答复", consents=False),
    ]
    background()

    for address in (LIST, f"{LIST}?tab=waiting", FEED, f"{FEED}?tab=waiting"):
        page = text_of(client.get(address))
        assert not [question.title for question in hidden if question.title in page]


def test_what_was_typed_is_not_public_but_what_was_let_through(client, district, background):
    question = dispatched(district, place="人民路1号", nickname="陈女士")
    background()

    for address in (f"{LIST}?tab=waiting", reverse("answers:why", args=[question.pk])):
        page = text_of(client.get(address))
        assert "陈女士" not in page
        assert "人民路1号" not in page
        assert question.text not in page


def test_filters_narrow_and_are_kept_by_tabs_and_pages(client, district, public):
    schools = public(title="教育局答复的")
    street = public(title="街道的问题")
    pensions = make_topic(slug="pensions", name="社会保障")
    Listing.objects.filter(pk=street.pk).update(office=district.street, topic=pensions, month="2026-02-01")

    def shown(**query):
        page = text_of(client.get(LIST, query))
        return {title for title in ("教育局答复的", "街道的问题") if title in page}

    assert Listing.objects.get(pk=schools.pk).month.isoformat() == "2026-03-01"
    assert shown() == {"教育局答复的", "街道的问题"}
    assert shown(office="schools") == {"教育局答复的"}
    assert shown(office="street", topic="pensions") == {"街道的问题"}
    assert shown(month="2026-02") == {"街道的问题"}
    assert shown(month="2026-03", office="street") == set()
    assert f"{LIST}?tab=waiting&amp;office=street" in text_of(
        client.get(LIST, {"office": "street", "month": "2026-02"})
    )


@pytest.mark.parametrize(
    "query", ["office=nobody&topic=nothing&month=2026-13", "month=%27", "page=-1", "page=x", "page=999999", "tab=x"]
)
def test_nonsense_in_the_address_is_left_out(client, public, query):
    question = public()

    response = client.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert question.public_title in text_of(response)


def test_empty_lists_say_what_that_means(client, district):
    assert "还没有公开的答复" in text_of(client.get(LIST))
    assert "现在没有等待答复的问题" in text_of(client.get(LIST, {"tab": "waiting"}))
    assert "没有符合条件的问题" in text_of(client.get(LIST, {"office": "schools"}))


@pytest.mark.parametrize("address", [LIST, f"{LIST}?tab=waiting", FEED])
def test_lists_cost_the_same_for_one_and_three(
    client, district, public, background, django_assert_max_num_queries, address
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            public()
            dispatched(district)
        background()
        with django_assert_max_num_queries(15) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_months_run_from_the_first_to_the_last_answer(public):
    early, _late = public(), public()
    Listing.objects.filter(pk=early.pk).update(month="2025-12-01")

    assert [f"{month:%Y-%m}" for month in answered_months()] == ["2026-03", "2026-02", "2026-01", "2025-12"]


def test_counting_stops_behind_the_last_page(django_assert_num_queries, district):
    for _ in range(5):
        ask(district)

    paginator = BoundedPaginator(Question.objects.order_by("pk"), 2)
    with django_assert_num_queries(1) as queries:
        assert paginator.count == 5

    assert "LIMIT 1000" in queries[0]["sql"]


def test_public_pages_may_be_kept_by_shared_caches_for_the_anonymous_only(client, public):
    question = public()

    for address in (LIST, FEED, page_address(question)):
        assert "public" in client.get(address)["Cache-Control"]
    client.cookies["display"] = "elder.normal.light"
    assert "private" in client.get(LIST)["Cache-Control"]


# --- The answer's page --------------------------------------------------------------------------


def test_answer_page_shows_question_answer_office_and_both_clocks(client, public):
    question = public(clock=AT_MONDAY)

    page = text_of(client.get(page_address(question)))

    assert "居住证积分如何办理入学" in page
    assert "请携带居住证和户口簿" in page
    assert "24 小时内受理" in page
    assert "7 个工作日内答复" in page
    assert question.number in page


def test_answer_page_is_served_in_english_surroundings_from_the_one_chinese_tree(client, public):
    question = public()
    address = page_address(question)

    response = client.get(f"/en{address}")

    page = text_of(response)
    assert response.status_code == 200
    assert '<html lang="en"' in page
    assert '<h1 lang="zh-Hans">居住证积分如何办理入学</h1>' in page
    assert f'href="{address}"' in page or address in page
    assert f"/en{address}" in text_of(client.get("/en" + LIST))


def test_unknown_months_and_answers_do_not_exist(client, public):
    question = public()
    slug = question.number.lower()

    assert client.get(f"/answers/2026/02/{slug}/").status_code == 404
    assert client.get("/answers/2026/03/nothing/").status_code == 404
    assert client.get(f"/en/answers/2026/02/{slug}/").status_code == 404


def test_an_unpublished_answer_does_not_exist_and_leaves_the_feed(client, public):
    question = public()
    address = page_address(question)

    AnswerPage.objects.get(question=question).unpublish()

    assert client.get(address).status_code == 404
    assert client.get(f"/en{address}").status_code == 404
    assert question.public_title not in text_of(client.get(FEED))


def test_structured_data_describes_the_answer_and_cannot_break_out(client, district, public):
    question = public(title="</script><script>alert(1)</script>")

    page = text_of(client.get(page_address(question)))

    assert "<script>alert(1)" not in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["@type"] == "QAPage"
    assert data["mainEntity"]["name"] == question.title
    assert data["mainEntity"]["acceptedAnswer"]["author"]["name"] == "教育局"
    assert data["mainEntity"]["dateCreated"] == "2026-03-02T10:00:00+08:00"


def test_preview_of_an_answer_page_works(public):
    page = AnswerPage.objects.get(question=public())

    response = page.make_preview_request()

    assert response.status_code == 200


def test_answer_page_costs_a_bounded_number_of_queries(client, public, django_assert_max_num_queries):
    address = page_address(public())
    client.get(address)

    with django_assert_max_num_queries(15):
        client.get(address)


# --- Feed -----------------------------------------------------------------------------------------


def test_feed_is_atom_with_question_and_answer(client, public):
    question = public()

    response = client.get(FEED)
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own feed

    assert response["Content-Type"].startswith("application/atom+xml")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == question.public_title
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{question.pk}"
    assert entry.find(f"{ATOM}link").get("href").endswith(page_address(question))
    assert "请携带居住证和户口簿" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == "教育局"
    assert feed.findtext(f"{ATOM}updated")


def test_feed_understands_the_lists_filters(client, public):
    public()

    def entries(**query):
        feed = ElementTree.fromstring(client.get(FEED, query).content)  # noqa: S314 - our own feed
        return len(feed.findall(f"{ATOM}entry"))

    assert (entries(), entries(office="schools"), entries(office="street"), entries(month="2026-03")) == (1, 1, 0, 1)


# --- Home page --------------------------------------------------------------------------------------


def test_home_block_shows_the_five_latest(public):
    made = [public(title=f"第 {number} 个问题") for number in range(6)]
    Listing.objects.filter(pk=made[0].pk).update(sorted_at=AT_MONDAY.now() - timedelta(days=1))

    cards = latest_answers(RequestFactory().get("/"))["cards"]

    assert len(cards) == 5
    assert made[0].title not in [card.title for card in cards]
