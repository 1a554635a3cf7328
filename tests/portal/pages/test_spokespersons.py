"""Spokespersons who have agreed to be shown, and the sessions they hold."""

import re
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar
from wagtail.models import PageViewRestriction
from wagtail_factories import ImageFactory

from portal.accounts.actions import end_appointment
from portal.accounts.models import Role
from portal.kernel.actors import system
from portal.kernel.clock import SHANGHAI
from portal.pages.forms.spokespersons import ProfileForm
from portal.pages.models import SessionPage, SessionSpeaker, SpokespersonPage
from tests.factories.accounts import AppointmentFactory, OfficeFactory
from tests.factories.pages import profile, session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def words(client, address, query=None):
    response = client.get(address, query or {})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def schools():
    return OfficeFactory(code="schools", name="区教育局", name_en="Education Bureau")


@pytest.fixture
def wang(schools):
    return profile("王明", office=schools, post="副局长", hours="工作日 9 点到 17 点")


# --- Profiles -------------------------------------------------------------------------------


def test_a_profile_says_who_speaks_for_whom_and_since_when(client, wang):
    text = words(client, wang.url)

    for piece in (
        "王明",
        "区教育局 · 副局长",
        "2026-01-05 起",
        "报名和学区。",
        "工作日 9 点到 17 点",
        "/offices/schools/",
    ):
        assert piece in text


@pytest.mark.parametrize(
    ("query", "found"),
    [({}, ["王明", "李红"]), ({"q": "教育"}, ["王明"]), ({"q": "水管"}, ["李红"]), ({"level": "city"}, [])],
)
def test_spokespersons_are_found_by_office_and_matter(client, wang, query, found):
    profile("李红", office=OfficeFactory(name="区水利局"), slug="li", answers_for="水管和河道。")
    text = words(client, "/spokespersons/", query)

    assert [name for name in ("王明", "李红") if f">{name}<" in text] == found
    assert ("没有符合条件的网上发言人" in text) is (not found)


def test_whose_appointment_has_ended_is_shown_no_more_at_once(client, wang, clock, background):
    AppointmentFactory(office=wang.office)  # somebody else speaks on
    meeting = session(speakers=[wang])
    assert wang.url in words(client, meeting.url)
    end_appointment(wang.appointment_id, successor_id=None, by=system("test"), clock=clock)

    assert client.get(wang.url).status_code == 404
    assert "王明" not in words(client, "/spokespersons/")
    text = words(client, meeting.url)
    assert "王明" in text  # what was said was said by them
    assert wang.url not in text

    background()
    assert not SpokespersonPage.objects.get(pk=wang.pk).live


def test_a_picture_is_described_in_words_and_costs_no_query_each(client, schools, django_assert_max_num_queries):
    def with_picture(number):
        picture = ImageFactory(title=f"{number}.jpg")
        profile(f"{number}", slug=f"p{number}", office=schools, picture=picture, picture_alt=f"{number} 的半身照")

    with_picture(1)
    text = words(client, "/spokespersons/")
    assert 'alt="1 的半身照"' in text
    assert 'alt="1 的半身照"' in words(client, "/spokespersons/p1/")
    with django_assert_max_num_queries(15) as with_one:
        words(client, "/spokespersons/")
    cost = len(with_one)

    with_picture(2)
    with_picture(3)
    words(client, "/spokespersons/")  # the first time, the small pictures are made
    with django_assert_max_num_queries(cost):
        words(client, "/spokespersons/")


def test_a_private_profile_is_not_listed(client, wang):
    PageViewRestriction.objects.create(page=wang, restriction_type=PageViewRestriction.LOGIN)

    for address in ("/spokespersons/", "/offices/schools/"):
        assert "王明" not in words(client, address)


def test_the_editor_chooses_among_spokespersons_in_office(wang):
    AppointmentFactory(role=Role.LEADER, office=wang.office)
    AppointmentFactory(office=wang.office, ended=True)
    form_class = SpokespersonPage.get_edit_handler().get_form_class()

    assert issubclass(form_class, ProfileForm)
    offered = form_class(instance=wang).fields["appointment"].queryset
    assert list(offered) == [wang.appointment]


@pytest.mark.parametrize(
    ("fields", "where"),
    [({"picture_id": 1}, "picture_alt"), ({"agreed_on": date(2026, 3, 3)}, "agreed_on")],
)
def test_a_profile_that_nobody_may_publish_is_refused_at_the_field(wang, fields, where):
    for name, value in fields.items():
        setattr(wang, name, value)

    with pytest.raises(ValidationError) as refused:
        wang.clean()
    assert list(refused.value.message_dict) == [where]


def test_nobody_but_a_spokesperson_has_a_profile(schools):
    with pytest.raises(ValidationError, match="现任网上发言人"):
        profile(appointment=AppointmentFactory(role=Role.OFFICER, office=schools)).clean()


# --- Sessions -------------------------------------------------------------------------------


def test_a_session_says_when_where_and_with_whom(client, wang):
    meeting = session(kind="reception", place="街道 2 楼", office=wang.office, speakers=[wang])
    text = words(client, meeting.url)

    for piece in ("2026-03-05（星期四）10:00–11:00", "街道 2 楼", "王明", "区教育局 副局长", "网上提问。", "预告"):
        assert piece in text
    assert "加到日历" in text


def test_afterwards_there_is_what_was_said_instead_of_how_to_take_part(client, clock):
    meeting = session(days=1)
    clock.move(days=1, minutes=30)
    assert "正在进行" in words(client, meeting.url)

    clock.move(hours=1)
    text = words(client, meeting.url)
    assert "已结束" in text
    assert "实录整理好后在这里公开" in text
    assert "网上提问。" not in text

    meeting.record = "<h2>要点</h2>"
    meeting.save()
    assert "<h2>要点</h2>" in words(client, meeting.url)


def test_what_comes_stands_before_what_has_been_the_nearest_first(client):
    for title, days in (("下周", 7), ("明天", 1), ("昨天", -1), ("上月", -30)):
        session(title, slug=f"d{days}", days=days)
    text = words(client, "/sessions/")

    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', text) == ["明天", "下周", "昨天", "上月"]


def test_sessions_are_filtered_by_office(client, schools):
    session("教育的", slug="a", office=schools)
    session("别人的", slug="b")
    text = words(client, "/sessions/", {"office": "schools"})

    assert "教育的" in text
    assert ">别人的<" not in text


def test_no_session_leads_on_to_asking(client):
    assert "目前没有预告" in words(client, "/sessions/")


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"ends_at": datetime(2026, 3, 5, 9, tzinfo=SHANGHAI)}, "ends_at"),
        ({"kind": "reception"}, "place"),
        ({"kind": "telephone"}, "phone"),
    ],
)
def test_a_session_that_nobody_could_find_is_refused_at_the_field(fields, where):
    meeting = session()
    for name, value in fields.items():
        setattr(meeting, name, value)

    with pytest.raises(ValidationError) as refused:
        meeting.clean()
    assert list(refused.value.message_dict) == [where]


def test_a_speaker_is_somebody():
    with pytest.raises(ValidationError, match="请选择网上发言人"):
        SessionSpeaker().clean()


# --- Calendars ------------------------------------------------------------------------------


def events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=60"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_session_can_be_put_into_a_calendar(client, schools, settings):
    meeting = session(office=schools, place="街道 2 楼", summary="要哪些材料；谁能办。")
    (event,) = events(client, f"{meeting.url}calendar/")

    assert event["SUMMARY"] == "在线访谈：谈报名"
    assert event["DTSTART"].dt == meeting.starts_at
    assert event["DTEND"].dt == meeting.ends_at
    assert event["LOCATION"] == "街道 2 楼"
    assert event["STATUS"] == "CONFIRMED"
    assert "要哪些材料；谁能办。" in event["DESCRIPTION"]
    assert event["URL"] == f"{settings.BASE_URL}{meeting.url}"


def test_a_subscriber_sees_what_is_cancelled_under_the_same_name(client):
    meeting = session()
    (before,) = events(client, "/sessions/calendar.ics")
    meeting.cancelled_because = "改期"
    meeting.slug = "moved"
    meeting.save()

    (after,) = events(client, "/sessions/calendar.ics")
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert after["SUMMARY"] == "已取消：在线访谈：谈报名"
    assert "改期" in words(client, "/sessions/moved/")


def test_the_subscription_holds_what_comes_and_the_last_month(client):
    for days in (-40, -10, 10):
        session(f"{days}", slug=f"d{days}", days=days)
    private = session("内部", slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    assert [event["SUMMARY"] for event in events(client, "/sessions/calendar.ics")] == ["在线访谈：-10", "在线访谈：10"]
    assert events(client, "/en/sessions/calendar.ics") == []


def test_a_private_session_gives_no_calendar_file(client):
    meeting = session()
    PageViewRestriction.objects.create(page=meeting, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(f"{meeting.url}calendar/").status_code == 302


def test_new_sessions_are_told_to_feed_readers(client):
    session(summary="都能问")

    assert "2026-03-05（星期四）10:00–11:00" in words(client, "/sessions/feed/")


@pytest.mark.parametrize(
    "address",
    ["/spokespersons/", "/sessions/", "/sessions/feed/", "/sessions/calendar.ics", "/spokespersons/profile-0/"],
)
def test_lists_cost_the_same_with_one_and_with_three(client, schools, address, django_assert_max_num_queries):
    def another(number):
        person = profile(f"{number}", office=schools, slug=f"profile-{number}")
        session(f"谈 {number}", slug=f"session-{number}", office=schools, speakers=[person])
        session(f"说 {number}", slug=f"past-{number}", office=schools, days=-number - 1)

    another(0)
    client.get(address)
    with django_assert_max_num_queries(15) as with_one:
        client.get(address)

    another(1)
    another(2)
    with django_assert_max_num_queries(len(with_one)):
        assert client.get(address).status_code == 200


def test_sessions_are_pages_of_their_index_only():
    assert SessionPage.parent_page_types == ["portal_pages.SessionIndexPage"]
