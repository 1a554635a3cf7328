"""The working calendar in public: a year, its documents, a file to subscribe to; and what a change would do to the desk."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import clarifying, merging
from portal.answers.actions.recounting import begin_recomputation, recompute_some
from portal.answers.models import Question, Recomputation
from portal.answers.queries.recounting import would_move
from portal.workdays.followers import followers
from portal.workdays.queries.calendars import calendar_as_if
from portal.workdays.rules.notices import Layer
from tests.factories.answers import accepted, answered, ask, at
from tests.factories.workdays import day_off, load, make_up_day, notice, official_year

pytestmark = [pytest.mark.db, pytest.mark.django_db]

THIS_YEAR, FILE = reverse("answers:calendar"), reverse("answers:calendar_ics")


def typhoon(*days):
    return notice(2026, *(day_off(day, "台风停工") for day in days), layer=Layer.LOCAL, source="市政府通知")


def words(response):
    assert response.status_code == 200
    return response.content.decode()


# --- The page ---------------------------------------------------------------------------------


def test_a_year_is_shown_with_its_holidays_and_the_documents_behind_them(client, clock):
    load(typhoon("2026-07-31"), clock)
    page = words(client.get(THIS_YEAR))

    assert "2026 年工作日历" in page
    assert "全年 247 个工作日" in page
    assert "2026-02-15 星期日 至 02-23 星期一" in page
    assert "2026-02-14 星期六" in page
    assert "台风停工" in page
    assert "市政府通知" in page
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page
    assert page.count('class="cal-month"') == 12
    assert "预计" not in page


def test_a_year_that_has_not_been_announced_says_so(client, clock):
    page = words(client.get(reverse("answers:calendar_year", args=[2027])))

    assert "这一年的放假安排还没有公布" in page
    load(official_year(2027), clock)
    assert "这一年的放假安排还没有公布" not in words(client.get(reverse("answers:calendar_year", args=[2027])))


@pytest.mark.parametrize("year", [2003, 2041, 0, 99999])
def test_a_year_beyond_the_calendar_does_not_exist(client, clock, year):
    assert client.get(reverse("answers:calendar_year", args=[year])).status_code == 404


def test_an_amended_year_names_both_documents(client, clock):
    first = official_year(2027)
    load(first, clock)
    load(notice(2027, *first.days, day_off("2027-01-02", "元旦"), source="调整通知", amends=True), clock)
    page = words(client.get(reverse("answers:calendar_year", args=[2027])))

    assert "国务院办公厅关于2027年部分节假日安排的通知" in page
    assert "调整通知" in page


def test_the_page_costs_the_same_with_one_closure_and_with_three(client, clock):
    def statements():
        client.get(THIS_YEAR)
        with CaptureQueriesContext(connection) as captured:
            client.get(THIS_YEAR)
        return len(captured)

    load(typhoon("2026-07-31"), clock)
    with_one = statements()
    load(typhoon("2026-07-31", "2026-08-03", "2026-08-04"), clock)

    assert statements() == with_one <= 6


def test_the_page_is_public_and_leads_from_the_explanation_of_a_date(client, clock, district):
    assert "public" in client.get(THIS_YEAR)["Cache-Control"]

    question = ask(district, by=district.resident)
    client.force_login(User.objects.get(pk=district.resident.id))
    assert reverse("answers:calendar_year", args=[2026]) in words(
        client.get(reverse("answers:why", args=[question.pk]))
    )


# --- The file ---------------------------------------------------------------------------------


def test_the_file_is_in_the_language_of_its_address_and_knows_what_is_only_expected(client, clock):
    load(typhoon("2026-07-31"), clock)
    chinese = words(client.get(FILE))
    english = words(client.get("/en" + FILE))

    assert "SUMMARY:春节放假\r\n" in chinese
    assert "SUMMARY:春节调休上班\r\n" in chinese
    assert "SUMMARY:本地停止办公：台风停工\r\n" in chinese
    assert "SUMMARY:元旦放假（预计）\r\n" in chinese
    assert "SUMMARY:Holiday: Spring Festival\r\n" in english
    assert "DTSTAMP:20260302T020000Z" in chinese
    assert client.get(FILE)["Content-Type"] == "text/calendar; charset=utf-8"


def test_the_file_is_not_sent_again_while_the_calendar_is_the_same(client, clock):
    tag = client.get(FILE)["ETag"]
    assert client.get(FILE, headers={"If-None-Match": tag}).status_code == 304

    load(typhoon("2026-07-31"), clock)
    assert client.get(FILE, headers={"If-None-Match": tag}).status_code == 200


# --- What a change would do ---------------------------------------------------------------------


def test_how_many_dates_would_move_is_what_moves_then(district):
    ask(district)
    accepted(district)
    answered(district)
    waiting = accepted(district, by=district.resident)
    clarifying.ask_asker(waiting.pk, text="？", by=district.spokesperson, clock=at(3, 2, 12))
    later = ask(district, clock=at(3, 20, 10))
    proposal = typhoon("2026-03-04")

    foreseen = would_move(calendar_as_if(proposal), at(3, 3, 9).now())
    before = dict(Question.objects.values_list("pk", "reply_due"))
    load(proposal, at(3, 3, 9))
    begin_recomputation(2, clock=at(3, 3, 9))
    while recompute_some(at(3, 3, 9)):
        pass
    moved = {pk for pk, due in Question.objects.values_list("pk", "reply_due") if due != before[pk]}

    assert foreseen == len(moved) == 2
    assert later.pk not in moved


def test_a_working_saturday_moves_no_promise_forward(district):
    ask(district)

    assert would_move(calendar_as_if(notice(2026, make_up_day("2026-03-07"), layer=Layer.LOCAL)), at(3, 3).now()) == 0


def test_saying_it_beforehand_costs_three_queries_however_many_there_are(district, django_assert_num_queries):
    days = calendar_as_if(typhoon("2026-03-04"))
    for _ in range(2):
        ask(district)
        with django_assert_num_queries(3):
            would_move(days, at(3, 3).now())


def test_the_desk_tells_how_far_it_has_counted(district, monkeypatch):
    monkeypatch.setattr("portal.answers.actions.recounting.BATCH", 2)
    for _ in range(3):
        ask(district)
    (desk,) = followers()
    assert desk.progress(2) is None

    load(typhoon("2026-03-04"), at(3, 3, 8))
    begin_recomputation(2, clock=at(3, 3, 9))
    recompute_some(at(3, 3, 9))
    assert (desk.progress(2).done, desk.progress(2).total, desk.progress(2).is_over) == (2, 3, False)
    while recompute_some(at(3, 3, 9)):
        pass
    assert (desk.progress(2).moved, desk.progress(2).is_over) == (3, True)


def test_a_lead_is_as_urgent_as_its_members_are_now(district):
    member = ask(district, by=district.resident)
    lead = accepted(district, clock=at(3, 4, 10))
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 4, 11))
    assert Question.objects.get(pk=lead.pk).members_due == member.reply_due

    load(typhoon("2026-03-05"), at(3, 4, 12))
    begin_recomputation(2, clock=at(3, 4, 12))
    while recompute_some(at(3, 4, 12)):
        pass
    member.refresh_from_db()
    lead.refresh_from_db()

    assert member.reply_due.date() == date(2026, 3, 12)  # UTC: until the end of the 12th, a day later than promised
    assert lead.members_due == lead.nearest_due == member.reply_due
    assert Recomputation.objects.get().finished_at
