"""The directory of offices and the topic pages: read from several tables, told by several apps."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from portal.accounts.actions.editors import sync_editor
from portal.accounts.models import Office, User
from portal.answers.actions.answer_page import make_page
from portal.answers.actions.listing import refresh_listing
from portal.answers.models import Topic as DeskTopic
from portal.pages.models import Topic
from portal.pages.presenting.topics import topical_types
from portal.ui import page_sections
from tests.factories.accounts import AppointmentFactory, OfficeFactory
from tests.factories.answers import AT_MONDAY, make_district, published
from tests.factories.pages import centre, full_guide, guide, life_event, news, notice, policy, profile, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def words(client, address, query=None):
    response = client.get(address, query or {})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def district():
    return make_district()


@pytest.fixture
def county():
    return OfficeFactory(code="county", name="澄湖区", takes_questions=False)


@pytest.fixture
def schools(county):
    return OfficeFactory(
        code="schools",
        name="区教育局",
        name_en="Education Bureau",
        parent=county,
        phone="0599-1110000",
        address="学府路 5 号",
        address_en="5 Xuefu Road",
        remit="管报名和学区。",
        remit_en="Enrolment and catchment areas.",
        hours="工作日 9 点到 17 点",
    )


# --- Offices --------------------------------------------------------------------------------


def test_an_office_says_what_it_is_for_and_where_it_is(client, schools):
    text = words(client, "/offices/schools/")
    for piece in (
        "区教育局",
        "管报名和学区。",
        "学府路 5 号",
        "0599-1110000",
        "工作日 9 点到 17 点",
        "/offices/county/",
    ):
        assert piece in text

    english = words(client, "/en/offices/schools/")
    for piece in ("Education Bureau", "Enrolment and catchment areas.", "5 Xuefu Road"):
        assert piece in english


def test_an_office_names_its_people_centres_guides_and_sessions(client, schools):
    OfficeFactory(parent=schools, name="城西学区", code="west")
    profile("王明", office=schools)
    centre(office=schools)
    guide("入学", slug="enrol", office=schools)
    session("谈报名", office=schools)
    session("谈过了", slug="over", office=schools, days=-1)
    text = words(client, "/offices/schools/")

    for piece in ("王明", "政务服务中心", "现在开门", "入学", "谈报名", "城西学区"):
        assert piece in text
    assert "谈过了" not in text


def test_restricted_pages_are_not_named(client, schools):
    for page in (centre("厅", office=schools), guide("入学", slug="enrol", office=schools), session(office=schools)):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    text = words(client, "/offices/schools/")

    for title in (">厅<", ">入学<", "谈报名"):
        assert title not in text


def test_an_office_that_is_closed_or_unknown_has_no_page(client, schools):
    Office.objects.filter(pk=schools.pk).update(is_active=False)

    assert client.get("/offices/schools/").status_code == 404
    assert client.get("/offices/nobody/").status_code == 404
    assert "区教育局" not in words(client, "/offices/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["澄湖区", "区教育局", "桂塘街道"]),
        ({"level": "township"}, ["桂塘街道"]),
        ({"spokesperson": "on"}, ["区教育局"]),
        ({"q": "学区"}, ["区教育局"]),
        ({"q": "没有这样的"}, []),
        ({"level": "nonsense"}, ["澄湖区", "区教育局", "桂塘街道"]),
    ],
)
def test_offices_are_found_by_level_name_and_duty(client, schools, query, found):
    AppointmentFactory(office=schools)
    OfficeFactory(parent=schools.get_parent(), name="桂塘街道", township=True)
    text = words(client, "/offices/", query)

    assert [name for name in ("澄湖区", "区教育局", "桂塘街道") if f">{name}<" in text] == found
    assert ("没有符合条件的单位" in text) is (not found)


def test_a_long_list_has_pages(client):
    OfficeFactory.create_batch(25)

    assert "第 1 页，共 2 页" in words(client, "/offices/")


# --- What the desk adds ---------------------------------------------------------------------


def answer(district, clock, title):
    question = published(district, title=title, clock=clock)
    make_page(str(question.pk), AT_MONDAY.now())
    refresh_listing(question.pk)
    return question


def test_an_office_shows_its_latest_answers_and_the_way_to_ask_it(client, district, clock):
    answer(district, clock, "孩子上学要什么")
    text = words(client, f"/offices/{district.schools.code}/")

    assert "孩子上学要什么" in text
    assert f"/ask/?office={district.schools.code}" in text
    assert f"/performance/?office={district.schools.code}" in text


def test_whoever_comes_from_an_office_asks_that_office(client, district):
    page = words(client, "/ask/", {"office": district.schools.code})
    assert district.schools.name in page

    response = client.post("/ask/start/", {"office": district.schools.code})
    office_page = words(client, response.url.replace("/topic/", "/office/"))
    assert re.search(rf'<option value="{district.schools.pk}" selected', office_page)


@pytest.mark.parametrize("code", ["nobody", "centre"])
def test_an_office_that_cannot_be_asked_is_not_taken_along(client, district, code):
    assert 'name="office"' not in words(client, "/ask/", {"office": code})
    assert client.post("/ask/start/", {"office": code}).status_code == 302


def test_an_office_that_answers_nothing_has_no_such_section(client, county):
    assert "office-answers" not in words(client, "/offices/county/")


def test_sections_stand_in_their_order_and_an_empty_one_is_left_out(client, county, monkeypatch, settings, tmp_path):
    tmp_path.joinpath("section.html").write_text("<hr>{{ text }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    monkeypatch.setattr(page_sections, "_sections", {kind: {} for kind in page_sections.KINDS})
    for name, order in (("second", 2), ("first", 1)):
        page_sections.register(
            "office", name, "section.html", lambda request, office, name=name: {"text": name + office.code}, order
        )
    page_sections.register("office", "empty", "section.html", lambda request, office: None, 3)
    text = words(client, "/offices/county/")

    assert re.findall(r"<hr>(\w+)", text) == ["firstcounty", "secondcounty"]


# --- Topics ---------------------------------------------------------------------------------


@pytest.fixture
def residence():
    full_guide()
    return Topic.objects.get(slug="residence")


def test_a_topic_gathers_pages_of_every_type_that_can_have_topics(client, residence):
    life_event(topics=[residence])
    session(topics=[residence])
    news(topics=[residence])
    text = words(client, "/topics/residence/")

    assert re.findall(r'<h2 id="section-\d">([^<]+)</h2>', text)[:2] == ["办事指南", "一件事"]
    for title in ("子女入学", "孩子出生", "谈报名", "步道建成"):
        assert title in text
    assert [model.__name__ for model, _field in topical_types()][:2] == ["GuidePage", "LifeEventPage"]


def test_many_guides_of_a_topic_lead_to_the_list_of_all(client, residence):
    for number in range(6):
        guide(f"事项{number}", slug=f"service-{number}", office=OfficeFactory())

    assert "/guides/?topic=residence" in words(client, "/topics/residence/")


def test_a_topic_names_no_page_that_only_some_may_read(client, residence):
    event = life_event(topics=[residence])
    PageViewRestriction.objects.create(page=event, restriction_type=PageViewRestriction.LOGIN)

    assert "孩子出生" not in words(client, "/topics/residence/")
    assert "一件事" not in re.search(r'<div class="y-cards.*?</main>', words(client, "/topics/"), re.S)[0]


def test_a_topic_shows_answers_under_the_desks_own_topics(client, residence, district, clock):
    question = answer(district, clock, "居住证过期了怎么办")
    assert "居住证过期了怎么办" not in words(client, "/topics/residence/")

    Topic.objects.filter(pk=residence.pk).update(asked_as=f"nothing {question.topic.slug}")
    text = words(client, "/topics/residence/")
    assert "居住证过期了怎么办" in text
    assert f"/answers/?topic={question.topic.slug}" in text


def test_a_topic_without_anything_says_so_and_is_not_in_the_list(client, residence):
    Topic.objects.create(slug="empty", name="空的")

    assert "这个主题还没有内容" in words(client, "/topics/empty/")
    assert "/topics/empty/" not in words(client, "/topics/")
    assert "办事指南 1" in words(client, "/topics/")
    assert client.get("/topics/nothing/").status_code == 404


def test_no_topic_leads_on_to_the_guides(client):
    assert "还没有专题" in words(client, "/topics/")


def test_a_topic_that_the_desk_does_not_know_asks_nothing_of_it(rf, residence):
    DeskTopic.objects.all().delete()

    assert page_sections.rendered(page_sections.TOPIC, residence.slugs_at_the_desk, rf.get("/")) == []


def test_an_editor_keeps_the_list_of_topics(client, district):
    sync_editor(district.editor.id)
    client.force_login(User.objects.get(pk=district.editor.id))
    told = {"slug": "sports", "name": "体育", "name_en": "Sports", "order": 9, "asked_as": ""}

    assert client.post(reverse("topics:add"), told).status_code == 302
    assert "体育" in client.get(reverse("topics:index")).content.decode()
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    assert client.get(reverse("topics:index")).status_code == 302


# --- Counting -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/offices/", "/offices/schools/", "/topics/", "/topics/residence/"])
def test_one_and_three_of_everything_cost_the_same(client, schools, address, django_assert_max_num_queries):
    def another(number):
        profile(f"{number}", office=schools, slug=f"profile-{number}")
        centre(f"厅 {number}", slug=f"centre-{number}", office=schools)
        page = guide(f"事项 {number}", slug=f"guide-{number}", office=schools)
        session(f"谈 {number}", slug=f"session-{number}", office=schools, topics=[page.topic])
        life_event(f"事 {number}", slug=f"event-{number}", topics=[page.topic])
        OfficeFactory(parent=schools)

    another(0)
    client.get(address)
    with django_assert_max_num_queries(15) as with_one:
        client.get(address)

    another(1)
    another(2)
    with django_assert_max_num_queries(len(with_one)):
        assert client.get(address).status_code == 200


def test_pages_with_everything_on_them_stay_within_fifteen_statements(
    client, district, residence, clock, django_assert_max_num_queries
):
    office = district.schools
    question = answer(district, clock, "孩子上学要什么")
    Topic.objects.filter(pk=residence.pk).update(asked_as=question.topic.slug)
    profile("王明", office=office)
    centre("厅", slug="hall", office=office)
    guide("入学", slug="enrol", office=office)
    OfficeFactory(parent=office)
    session("谈报名", office=office, topics=[residence])
    life_event(topics=[residence])
    for make in (news, notice, policy):
        make(topics=[residence])

    for address in (f"/offices/{office.code}/", "/topics/residence/", "/topics/"):
        client.get(address)
        with django_assert_max_num_queries(15):
            words(client, address)


# --- The site map -----------------------------------------------------------------------------------


def test_the_site_map_leads_to_every_menu_and_to_topics_with_pages(client, residence):
    life_event(topics=[residence])
    page = BeautifulSoup(client.get("/site-map/").content, "html.parser")
    found = {link.get_text(strip=True): link["href"] for link in page.main.select("a")}

    assert {
        "办事指南": "/guides/",
        "机构名录": "/offices/",
        residence.name: "/topics/residence/",
    }.items() <= found.items()
    assert "/site-map/" not in found.values()
    assert all(client.get(href).status_code == 200 for href in found.values())
    assert page.footer.find("a", string="网站地图")["href"] == "/site-map/"


def test_the_site_map_costs_the_same_with_one_topic_and_with_three(client, residence):
    life_event(topics=[residence])
    client.get("/site-map/")
    with CaptureQueriesContext(connection) as with_one:
        client.get("/site-map/")
    life_event(slug="more", topics=list(Topic.objects.all()[:3]))
    with CaptureQueriesContext(connection) as with_three:
        assert client.get("/site-map/").status_code == 200

    assert len(with_three) == len(with_one) <= 15
