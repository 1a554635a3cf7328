"""A notice: until when one can object, what keeps that day, and what came of it."""

import re
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from icalendar import Calendar

from portal.kernel.workdays import start_of
from portal.pages.models import NoticePage
from portal.workdays.rules.notices import Layer
from tests.factories.pages import notice
from tests.factories.workdays import day_off, load, make_up_day, official_year
from tests.factories.workdays import notice as calendar_notice

pytestmark = pytest.mark.django_db


def fresh(page):
    return NoticePage.objects.get(pk=page.pk)


def text_of(client, page):
    return client.get(page.url).content.decode()


# --- The page -------------------------------------------------------------------------------


def test_a_notice_says_until_when_where_and_how(client, clock):
    page = notice(
        period_basis="某办法第九条",
        how_to_object="写明房号和理由。",
        phone="0599-1",
        address="建设路 18 号",
        number="澄建〔2026〕31号",
    )
    text = text_of(client, page)

    for words in ("还剩 7 个工作日", "7 个工作日（当天不计入）", "2026-03-11", "某办法第九条", "写明房号和理由。", "0599-1",
                  "建设路 18 号", "/ask/", "澄建〔2026〕31号", "加到我的日历"):  # fmt: skip
        assert words in text
    assert "预计" not in text


@pytest.mark.parametrize(
    ("day", "words"),
    [(2, "还剩 7 个工作日"), (7, "还剩 3 个工作日"), (10, "还剩 1 个工作日"), (11, "今天截止"), (12, "已结束")],
)
def test_the_days_left_are_counted_by_the_working_calendar(client, clock, day, words):
    page = notice()
    clock.move(hours=24 * (day - 2))

    assert words in text_of(client, page)


def test_a_notice_in_calendar_days_counts_those(client, clock):
    assert "还剩 30 天" in text_of(client, notice(period_unit="day", period_length=30, starts_on=date(2026, 3, 2)))


def test_one_that_begins_later_says_when(client, clock):
    assert "2026-03-09 开始" in text_of(client, notice(starts_on=date(2026, 3, 9)))


def test_a_notice_without_a_period_is_a_plain_announcement(client, clock):
    page = notice(starts_on=None, period_length=None)

    assert fresh(page).ends_at is None
    assert "最后一天" not in text_of(client, page)
    assert client.get(f"{page.url}calendar/").status_code == 404


def test_the_outcome_stands_on_top_and_below(client, clock):
    page = notice(starts_on=date(2026, 2, 2), outcome="<p>收到两条意见，均已采纳。</p>", outcome_on=date(2026, 3, 1))
    text = text_of(client, page)

    assert "结果已经公布" in text
    assert "均已采纳" in text
    assert "还有疑问" in text


# --- The day that was told ------------------------------------------------------------------


def test_an_end_in_a_year_not_announced_is_marked_and_does_not_end_before_the_notice_comes(client, clock):
    clock.move(hours=24 * 294)  # 2026-12-21
    page = notice(starts_on=date(2026, 12, 21), period_length=12)
    assert fresh(page).ends_expected
    assert "预计" in text_of(client, page)

    clock.move(hours=24 * 30)
    assert "等待放假安排公布" in text_of(client, page)
    assert page.title in client.get("/notices/", {"state": "running"}).content.decode()


def test_when_the_calendar_is_announced_the_end_becomes_certain_and_moves_later_only(client, clock, background):
    clock.move(hours=24 * 294)
    page = notice(starts_on=date(2026, 12, 21), period_length=20)
    told = fresh(page).due

    load(official_year(2027, day_off("2027-01-04", "元旦"), make_up_day("2027-01-09", "元旦")), clock)
    background()
    assert fresh(page).due.instant >= told.instant
    assert not fresh(page).ends_expected


def test_a_local_day_off_moves_open_ends_later_and_leaves_what_is_over(clock, background):
    open_now = notice("开着", slug="open")
    over = notice("过了", slug="over", starts_on=date(2026, 2, 2), period_length=5)
    before = fresh(over).due

    load(calendar_notice(2026, day_off("2026-03-05", "台风"), layer=Layer.LOCAL), clock)
    background()

    assert fresh(open_now).due.last_day == date(2026, 3, 12)
    assert fresh(over).due == before


def test_a_make_up_day_makes_no_end_earlier(clock, background):
    page = notice()

    load(calendar_notice(2026, make_up_day("2026-03-07", "补班"), layer=Layer.LOCAL), clock)
    background()

    assert fresh(page).due.last_day == date(2026, 3, 11)


def test_an_older_draft_does_not_take_back_the_end_that_was_told(clock, background):
    page = notice()
    draft = page.save_revision()
    load(calendar_notice(2026, day_off("2026-03-05", "台风"), layer=Layer.LOCAL), clock)
    background()

    draft.publish()
    assert fresh(page).due.last_day == date(2026, 3, 12)


def test_a_draft_has_no_end_until_it_is_published(clock):
    page = notice(live=False)
    assert fresh(page).ends_at is None

    page.save_revision().publish()
    assert fresh(page).ends_at == start_of(date(2026, 3, 12))


def test_a_copy_is_promised_anew(clock):
    page = notice()
    copy = page.copy(update_attrs={"slug": "copy", "title": "又一个"}, keep_live=False)

    assert copy.ends_at is None


@pytest.mark.parametrize(
    ("changed", "moved_days", "where"),
    [
        ({"period_length": 5}, 0, "period_length"),
        ({"starts_on": date(2026, 2, 20)}, 0, "period_length"),
        ({"starts_on": None, "period_length": None}, 0, "starts_on"),
        ({"period_length": 20}, 30, "period_length"),
        ({"period_length": None}, 0, "period_length"),
        ({"starts_on": date(2041, 1, 1)}, 0, "starts_on"),
        ({"outcome": "<p>好</p>"}, 0, "outcome_on"),
    ],
)
def test_a_change_that_would_break_the_promise_or_says_half_is_refused_at_its_field(clock, changed, moved_days, where):
    page = notice()
    clock.move(hours=24 * moved_days)
    for name, value in changed.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == [where]


def test_a_period_can_be_made_longer_while_it_runs_and_drafts_can_be_anything(clock):
    page = notice()
    page.period_length = 10
    page.clean()
    page.save_revision().publish()
    assert fresh(page).due.last_day == date(2026, 3, 16)

    draft = notice("草稿", slug="draft", live=False, period_length=9)
    draft.period_length = 1
    draft.clean()


def test_after_a_correction_of_the_calendar_other_changes_are_still_allowed(clock, background):
    page = notice()
    load(calendar_notice(2026, make_up_day("2026-03-07", "补班"), layer=Layer.LOCAL), clock)
    background()
    page = fresh(page)
    page.phone = "0599-2"

    page.clean()  # the calendar would count a day less than people were told


@pytest.mark.parametrize("fields", [{"period_length": None}, {"starts_on": None}, {"outcome": "<p>x</p>"}])
def test_the_database_refuses_half_a_period_and_an_outcome_without_a_day(clock, fields):
    page = notice()
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticePage.objects.filter(pk=page.pk).update(**fields)


# --- The file for one's calendar ------------------------------------------------------------


def test_the_period_goes_into_ones_own_calendar(client, clock, settings):
    page = notice("加装电梯；7 幢, 公示", slug="lift", how_to_object="写明理由。\n匿名也可以。", address="建设路 18 号")
    response = client.get(f"{page.url}calendar/")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=60"
    assert b"\r\n" in response.content
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    assert event["SUMMARY"] == "加装电梯；7 幢, 公示"
    assert event.decoded("DTSTART") == date(2026, 3, 2)
    assert event.decoded("DTEND") == date(2026, 3, 12)  # exclusive
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"] == f"{settings.BASE_URL}/notices/lift/"
    assert "匿名也可以。" in event["DESCRIPTION"]
    assert isinstance(event.decoded("DTSTAMP"), datetime)


def test_an_expected_end_is_tentative_in_the_calendar(client, clock):
    page = notice(starts_on=date(2026, 12, 21), period_length=20, slug="later")
    (event,) = Calendar.from_ical(client.get(f"{page.url}calendar/").content).walk("VEVENT")

    assert event["STATUS"] == "TENTATIVE"
    assert re.search("预计", event["SUMMARY"])
