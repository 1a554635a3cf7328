"""Open data: what is public and nothing else, with ids that stay, page by page, and cheap to ask for again."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.synctree import create_aliases_for_new_page

from portal.answers.actions import publication
from portal.answers.actions.answer_page import bury_page, make_page
from portal.answers.actions.listing import refresh_listing
from portal.answers.models import AnswerPage
from portal.opendata.datasets import datasets
from portal.opendata.paging import BadPosition, Position
from portal.pages.models import GuidePage
from tests.factories.accounts import OfficeFactory
from tests.factories.answers import AT_MONDAY, ask, make_district, published
from tests.factories.pages import full_guide, guide, news, notice, policy, topic

pytestmark = [pytest.mark.db, pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NOW = AT_MONDAY.now()


@pytest.fixture
def district():
    return make_district()


def shown(district, at=NOW, **typed):
    """A published question with its page, as the worker makes it."""
    question = published(district, **typed)
    make_page(str(question.pk), at)
    refresh_listing(str(question.pk))
    return question


def items(client, name, **query):
    """The ids of all entries, read page by page."""
    found, address = [], f"/api/v1/{name}?" + "&".join(f"{key}={value}" for key, value in query.items())
    while address:
        page = client.get(address.removeprefix("http://localhost:8000")).json()
        found += [entry["id"] for entry in page["items"]]
        address = page["next"]
    return found


# --- What is in it --------------------------------------------------------------------------


def test_a_published_answer_is_there_with_office_topic_and_times_and_a_waiting_question_is_not(district, client):
    question, waiting = shown(district), ask(district)

    page = client.get("/api/v1/answers").json()

    (entry,) = page["items"]
    assert entry["id"] == str(question.pk)
    assert entry["number"] == question.number
    assert entry["office"] == {"code": district.schools.code, "name": district.schools.name}
    assert entry["working_days"] == 0
    assert client.get(entry["url"].removeprefix("http://localhost:8000")).status_code == 200
    assert client.get(entry["events_url"].removeprefix("http://localhost:8000")).status_code == 200
    assert client.get(f"/api/v1/answers/{waiting.pk}").status_code == 404


def test_a_withdrawn_answer_leaves_when_and_why_and_no_word(district, client):
    question = shown(district)
    publication.take_down(question.pk, reason="personal", by=district.editor, clock=AT_MONDAY)
    bury_page(str(question.pk), NOW, "personal", NOW + timedelta(hours=1))
    refresh_listing(str(question.pk))

    entry = client.get(f"/api/v1/answers/{question.pk}").json()

    assert (entry["question"], entry["answer"], entry["office"]) == ("", "", None)
    assert entry["withdrawal_reason"] == "personal"
    assert entry["title"] == question.number


def test_a_guide_has_one_id_in_both_languages_and_stands_in_each_only_where_it_is_written(client):
    page = full_guide()

    chinese = client.get("/api/v1/guides").json()["items"]
    english = client.get("/api/v1/guides?language=en").json()["items"]

    assert [entry["id"] for entry in chinese] == [str(page.translation_key)]
    assert english == []
    assert [row["name"] for row in chinese[0]["materials"]] == [row.name for row in page.materials.all()]
    assert client.get(f"/api/v1/guides/{page.translation_key}?language=en").status_code == 404


def test_a_page_that_stands_in_for_its_translation_is_no_entry_of_that_language(client):
    page = full_guide()
    create_aliases_for_new_page(page)

    assert items(client, "guides", language="en") == []
    assert items(client, "guides") == [str(page.translation_key)]


def test_what_only_some_may_read_is_not_open(client):
    page = guide()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert items(client, "guides") == []
    assert client.get(f"/api/v1/guides/{page.translation_key}").status_code == 404


def test_a_notice_says_until_when_its_period_runs_and_a_policy_what_it_replaces(client):
    running = notice("加装电梯公示", topics=[topic()])
    older = policy("旧办法")
    newer = policy("新办法", replaces=older)

    (told,) = client.get("/api/v1/notices?topic=residence").json()["items"]
    replaced = {entry["id"]: entry["replaces"] for entry in client.get("/api/v1/policies").json()["items"]}

    assert (told["period_length"], told["period_unit"]) == (7, "working_day")
    assert datetime.fromisoformat(told["ends_at"]) == running.ends_at
    assert told["topics"] == [{"code": "residence", "name": "户籍与居住"}]
    assert replaced[str(newer.translation_key)] == str(older.translation_key)


def test_an_office_names_the_one_above_it(client):
    city = OfficeFactory(code="city")
    OfficeFactory(code="water", parent=city)
    OfficeFactory(code="closed", parent=city, is_active=False)

    found = {entry["code"]: entry["part_of"] for entry in client.get("/api/v1/offices").json()["items"]}

    assert found == {"city": None, "water": "city"}


# --- Page by page ---------------------------------------------------------------------------


def test_nobody_is_missed_or_met_twice_from_page_to_page_though_many_changed_at_once(district, client):
    questions = [shown(district, at=NOW + timedelta(hours=number // 2)) for number in range(5)]

    assert sorted(items(client, "answers", limit=2)) == sorted(str(question.pk) for question in questions)


def test_whoever_has_read_to_the_end_gets_only_what_changed_since(district, client):
    shown(district)
    later = shown(district, at=NOW + timedelta(hours=2))
    since = (NOW + timedelta(hours=1)).isoformat().replace("+", "%2B")

    assert items(client, "answers", since=since) == [str(later.pk)]


def test_filters_narrow_and_one_without_a_match_gives_an_empty_list(district, client):
    question = shown(district)

    assert items(client, "answers", office=district.schools.code) == [str(question.pk)]
    assert items(client, "answers", office="nobody") == []


@pytest.mark.parametrize("after", ["x", "AAAA", "IG5vLXV1aWQ="])
def test_a_made_up_position_is_refused_with_a_reason(client, after):
    response = client.get(f"/api/v1/guides?after={after}")

    assert response.status_code == 400
    assert "next" in response.json()["detail"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "language=fr", "since=yesterday", "since=2026-01-01T00:00:00"]
)
def test_a_bad_parameter_is_refused_by_name(client, query):
    response = client.get(f"/api/v1/guides?{query}")

    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][-1] == query.partition("=")[0]


def test_the_position_of_a_list_without_times_does_not_fit_one_with_them(client):
    full_guide()

    assert (
        client.get(f"/api/v1/guides?after={Position(str(GuidePage.objects.get().translation_key), None)}").status_code
        == 400
    )


@pytest.mark.unit
def test_a_position_survives_writing_and_reading():
    position = Position("6f9619ff-8b86-d011-b42d-00cf4fc964ff", NOW)

    assert Position.read(str(position)) == position
    with pytest.raises(BadPosition):
        Position.read("%")


# --- As a visitor of the web gets it --------------------------------------------------------


def test_asked_again_it_says_that_nothing_has_changed_until_something_has(client):
    page = guide()
    first = client.get("/api/v1/guides")

    again = client.get("/api/v1/guides", headers={"if-none-match": first["ETag"]})
    page.title = "居住证申领"
    page.save_revision().publish()
    changed = client.get("/api/v1/guides", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed.json()["items"][0]["title"]) == (200, "居住证申领")


def test_a_shared_cache_may_keep_it_and_any_script_may_read_it(client):
    response = client.get("/api/v1/guides")

    assert "public" in response["Cache-Control"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Language"] == "zh-Hans"


def test_the_description_names_every_address_and_parameter(client):
    told = client.get(reverse("api:openapi-json")).json()

    for dataset in datasets():
        listed = told["paths"][f"/api/v1/{dataset.name}"]["get"]
        assert {param["name"] for param in listed["parameters"]} >= {"language", "limit", "after", *dataset.filters}
        assert f"/api/v1/{dataset.name}/{{key}}" in told["paths"]
    assert json.dumps(told).count("description") > len(datasets()) * 10


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["answers", "guides", "offices", "news", "notices", "policies"])
def test_more_entries_need_no_more_queries(district, client, django_assert_max_num_queries, name, count):
    for number in range(count):
        shown(district)
        guide(f"指南{number}", office=district.schools)
        for make in (news, notice, policy):
            make(f"文章{number}", topics=[topic()])
    client.get(f"/api/v1/{name}")

    with django_assert_max_num_queries(8):
        assert len(client.get(f"/api/v1/{name}").json()["items"]) >= count


# --- CSV and pages --------------------------------------------------------------------------


def table(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_csv_holds_the_same_entries_harmless_and_with_a_byte_order_mark(district, client):
    question = shown(district, title="标题")
    AnswerPage.objects.filter(question=question).update(question_text="=1+1")

    response = client.get("/open-data/answers.csv")

    assert response["Content-Disposition"] == 'attachment; filename="answers-zh-Hans.csv"'
    (row,) = table(response)
    assert row["id"] == str(question.pk)
    assert row["question"] == "'=1+1"
    assert row["office"] == f"{district.schools.code} {district.schools.name}"


def test_the_csv_is_narrowed_like_the_list_and_speaks_the_language_of_its_address(district, client):
    shown(district)

    assert table(client.get("/open-data/answers.csv?office=nobody")) == []
    assert client.get("/open-data/answers.csv?since=yesterday").status_code == 400
    (row,) = table(client.get("/en/open-data/answers.csv"))
    assert row["office"] == f"{district.schools.code} {district.schools.name_en or district.schools.name}"


def test_the_page_names_every_dataset_and_file_and_each_has_a_page_of_its_own(client):
    listing = client.get("/open-data/").content.decode()

    for dataset in datasets():
        assert reverse("opendata:dataset", args=[dataset.name]) in listing
        page = client.get(f"/open-data/{dataset.name}/").content.decode()
        assert all(f"<code>{name}</code>" in page for name in dataset.item.model_fields)
    assert "performance.csv" in listing
    assert client.get("/open-data/nothing/").status_code == 404


def test_in_english_every_field_and_parameter_is_explained_in_english(client):
    for dataset in datasets():
        page = client.get(f"/en/open-data/{dataset.name}/").content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in main)
