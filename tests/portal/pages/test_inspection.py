"""The self-check before the inspection: figures, states, places, cost; and which guides have to be verified."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role
from portal.notifications.models import Notice
from portal.pages.actions.reminding import remind_of_reviews
from portal.pages.inspection.columns import IDLE
from portal.pages.inspection.indicators import indicators
from portal.pages.models import GuideBasis, GuideMaterial, GuideStep, ListPage, ReviewReminder
from portal.pages.rules.inspection import (
    HOME_IDLE,
    Indicator,
    Part,
    State,
    state_of_age,
    state_of_count,
    worst,
)
from tests.factories.accounts import OfficeFactory, UserFactory, holder
from tests.factories.pages import guide
from tests.portal.pages.test_editing import at_the_desk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
REPORT, REVIEWS = "pages_inspection", "pages_reviews"


def complete(title: str = "居住证", **fields):
    """A guide that lacks nothing."""
    rows = [GuideBasis(law="某条例"), GuideMaterial(name="户口簿"), GuideStep(name="申请", text="窗口申请")]
    told = {"summary": "怎么办", "result": "居住证", "online_address": "https://example.org/", "online_depth": "accept"}
    return guide(title, rows=rows, **told | fields)


def states() -> dict[str, State]:
    return {one.key: one.state for one in indicators(TODAY)}


def place_of(key: str) -> list[str]:
    (found,) = (one for one in indicators(TODAY) if one.key == key)
    return [place.label for place in found.places]


# --- The rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "fails_at", "state"),
    [(0, 5, State.OK), (1, 5, State.WARNING), (4, 5, State.WARNING), (5, 5, State.FAILS), (9, None, State.WARNING)],
)
def test_one_fault_is_a_warning_and_so_many_fail_the_site(count, fails_at, state):
    assert state_of_count(count, fails_at=fails_at) is state


@pytest.mark.parametrize(
    ("latest", "state"),
    [(TODAY - HOME_IDLE, State.OK), (TODAY - HOME_IDLE - timedelta(days=1), State.FAILS), (None, State.FAILS)],
)
def test_an_age_is_enough_up_to_its_limit(latest, state):
    assert state_of_age(latest, TODAY, HOME_IDLE) is state


def test_one_knock_out_fails_the_whole():
    def line(state):
        return Indicator("x", "x", Part.DEDUCTION, state, "", "")

    assert worst([line(State.OK), line(State.FAILS), line(State.WARNING)]) is State.FAILS
    assert worst([line(State.OK), line(State.WARNING)]) is State.WARNING
    assert worst([line(State.OK)]) is State.OK


# --- The figures --------------------------------------------------------------------------------------


def test_what_is_wrong_with_a_guide_is_counted_and_leads_to_it(clock):
    complete()
    guide(
        "有问题",
        slug="bad",
        office=OfficeFactory(code="other"),
        verified_on=TODAY - timedelta(days=800),
        rows=[GuideMaterial(name="其他材料"), GuideStep(name="申请", text="外来人口申请")],
    )
    found = states()

    assert found["guides"] is State.WARNING
    assert [place_of(key) for key in ("guides", "vague", "reviews", "terms")] == [["有问题"]] * 4
    assert found["links"] is found["documents"] is State.OK


def test_without_guides_the_site_is_of_no_use(clock):
    assert states()["guides"] is State.FAILS


def test_the_home_page_is_fresh_for_two_weeks_after_the_last_page_came_out(clock):
    page = complete()
    type(page).objects.filter(pk=page.pk).update(last_published_at=clock.now() - timedelta(days=14))
    assert states()["home_fresh"] is State.OK

    type(page).objects.filter(pk=page.pk).update(last_published_at=clock.now() - timedelta(days=15))
    assert states()["home_fresh"] is State.FAILS


def test_every_column_that_may_not_rest_is_one_that_there_is():
    assert all(issubclass(apps.get_model("portal_pages", name), ListPage) for name in IDLE)


def test_the_desk_adds_its_own(clock):
    found = states()

    assert found["unanswered"] is State.OK
    assert found["replies_fresh"] is State.WARNING  # nothing has been published yet


def test_what_the_footer_lacks_is_named(clock, settings):
    settings.SITE_IDENTITY = {"name": "议事", "icp": "浙ICP备12345678号"}
    (identity,) = (one for one in indicators(TODAY) if one.key == "identity")

    assert "网站标识码" in identity.figure
    assert "ICP" not in identity.figure


def test_the_survey_costs_the_same_with_one_guide_and_with_three(clock):
    office = OfficeFactory(code="office")
    complete(slug="a", office=office)
    indicators(TODAY)  # content types are kept by the process
    with_one = count_of(lambda: indicators(TODAY))
    for slug in ("b", "c"):
        complete(slug=slug, office=office)

    assert count_of(lambda: indicators(TODAY)) == with_one


def count_of(act) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


# --- The report ---------------------------------------------------------------------------------------


def test_the_report_says_what_to_mend_and_where(client, clock):
    bad = guide("有问题", rows=[GuideMaterial(name="其他材料")])
    client.force_login(at_the_desk(Role.EDITOR))
    text = client.get(reverse(REPORT)).content.decode()

    for words in (
        "单项否决",
        "办事指南要素齐全",
        "国办秘函〔2019〕19 号",
        "“其他材料”没有说清要什么",
        "支持 IPv6 访问。",
    ):
        assert words in text
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[bad.pk])}"' in text


def test_the_same_is_a_file_that_a_spreadsheet_opens(client, clock):
    client.force_login(at_the_desk(Role.REVIEWER))
    response = client.get(reverse(REPORT), {"export": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Disposition"] == 'attachment; filename="inspection.csv"'
    assert rows[0] == ["指标", "后果", "结果", "数值", "依据"]
    assert len(rows) == 1 + len(indicators(TODAY))
    assert {row[2] for row in rows[1:]} <= {"合格", "要改", "不合格"}


def test_the_dashboard_shows_the_last_outcome_and_computes_nothing(client, clock):
    client.force_login(at_the_desk(Role.EDITOR))
    assert "最近一周没有自查过。" in client.get(reverse("wagtailadmin_home")).content.decode()

    client.get(reverse(REPORT))

    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "自查时间" in text
    assert "2026-03-02 10:00" in text


@pytest.mark.parametrize("name", [REPORT, REVIEWS])
def test_who_edits_no_pages_sees_neither_report_nor_panel(client, clock, name):
    client.force_login(holder(Role.SPOKESPERSON, OfficeFactory(code="speaks")))

    assert client.get(reverse(name), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert 'id="inspection' not in client.get(reverse("wagtailadmin_home")).content.decode()


# --- Reviews ------------------------------------------------------------------------------------------


def due_in(days: int):
    """The date of verification of a guide that has to be verified again in so many days."""
    return (TODAY + timedelta(days=days)).replace(year=2025)


def test_the_report_of_reviews_has_the_most_overdue_first(client, clock):
    office = OfficeFactory(code="office", name="民政局")
    person = UserFactory(name="苏文")
    complete("不急", slug="a", office=office, verified_on=TODAY)
    complete("将到期", slug="b", office=office, verified_on=due_in(10), responsible=person)
    complete("超期", slug="c", office=office, verified_on=due_in(-3))
    client.force_login(at_the_desk(Role.EDITOR))
    text = client.get(reverse(REVIEWS)).content.decode()

    assert text.index("超期</a>") < text.index("将到期</a>")
    assert "不急" not in text
    assert "超期 3 天" in text
    assert "苏文" in text
    assert "本单位的编辑" in text
    rows = list(csv.reader(io.StringIO(client.get(reverse(REVIEWS), {"export": "csv"}).content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["办事指南", "超期", "将到期"]
    assert rows[1][-1] == "3"


def test_a_title_that_looks_like_a_formula_stays_text(client, clock):
    complete("=1+1", slug="a", verified_on=due_in(-3))
    client.force_login(at_the_desk(Role.EDITOR))

    assert "'=1+1" in client.get(reverse(REVIEWS), {"export": "csv"}).content.decode()


def test_the_report_of_reviews_costs_the_same_with_one_and_with_three(client, clock):
    office = OfficeFactory(code="office")
    complete(slug="a", office=office, verified_on=due_in(-3))
    client.force_login(at_the_desk(Role.EDITOR))
    client.get(reverse(REVIEWS))
    with_one = count_of(lambda: client.get(reverse(REVIEWS)))
    for slug in ("b", "c"):
        complete(slug=slug, office=office, verified_on=due_in(-3))

    assert count_of(lambda: client.get(reverse(REVIEWS))) == with_one


def told() -> set[str]:
    return set(Notice.objects.filter(kind="pages.review_due", channel="inbox").values_list("recipient", flat=True))


def test_the_responsible_editor_is_told_once_per_date(clock, background):
    person = UserFactory()
    page = complete(verified_on=due_in(14), responsible=person)
    background()
    background()

    assert {recipient.rpartition(":")[2] for recipient in told()} == {str(person.pk)}
    assert Notice.objects.filter(kind="pages.review_due", channel="inbox").count() == 1

    type(page).objects.filter(pk=page.pk).update(verified_on=TODAY)
    clock.move(days=365)
    background()

    assert Notice.objects.filter(kind="pages.review_due", channel="inbox").count() == 2


def test_nobody_is_told_before_it_is_time(clock):
    complete(verified_on=due_in(15))

    assert remind_of_reviews(clock) == 0
    clock.move(days=1)
    assert remind_of_reviews(clock) == 1


def test_without_a_responsible_editor_those_of_the_office_and_above_are_told(clock, background):
    city = OfficeFactory(code="city")
    office = OfficeFactory(code="office", parent=city)
    above, there = holder(Role.EDITOR, city), holder(Role.EDITOR, office)
    holder(Role.EDITOR, OfficeFactory(code="elsewhere"))
    complete(office=office, verified_on=due_in(3), responsible=UserFactory(is_active=False))
    background()

    assert {recipient.rpartition(":")[2] for recipient in told()} == {str(above.pk), str(there.pk)}


def test_a_notice_leads_to_the_editor_of_the_page(client, clock, background):
    editor = at_the_desk(Role.EDITOR)
    page = complete(verified_on=due_in(3), responsible=editor)
    background()
    client.force_login(editor)
    notice = Notice.objects.get(kind="pages.review_due", channel="inbox")
    opened = client.get(reverse("inbox_open", args=[notice.pk]))

    assert opened.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "应在 2026-03-05 前核对" in client.get(reverse("inbox")).content.decode()


def test_a_second_reminder_of_one_date_is_refused_by_the_database(clock):
    page = complete()
    ReviewReminder.objects.create(page=page, due=TODAY, sent_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewReminder.objects.create(page=page, due=TODAY, sent_at=clock.now())
