"""The queue as CSV: harmless cells, what the actor sees and no column more, on record."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.answers.views import queue_export
from portal.journal.models import EventRecord
from portal.kernel.csv_lines import BYTE_ORDER_MARK, harmless, lines
from tests.factories.answers import ask, at, dispatched

EXPORT = reverse("answers_desk:export")
PHONE = "+8613800138000"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+8613800138000", "'+8613800138000"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("金桂里漏水", "金桂里漏水"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell, written):
    assert harmless(cell) == written


@pytest.mark.unit
def test_quotes_commas_and_line_breaks_survive():
    rows = [["a,b", 'say "hi"', "两\n行"], ["c", "", "d"]]

    text = "".join(lines(rows))

    assert text.startswith(BYTE_ORDER_MARK)
    assert list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)))) == rows


@pytest.mark.unit
def test_a_row_is_read_when_it_is_sent_and_no_sooner():
    read = []

    def rows():
        for number in range(1_000_000):
            read.append(number)
            yield [str(number)]

    sent = lines(rows())
    for _line in range(4):  # the mark, then three rows
        next(sent)

    assert read == [0, 1, 2]


pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The pages' clock stands two hours after the questions were asked."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))


def table(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_it_holds_what_the_queue_shows_under_the_same_filter(as_, district):
    mine, other = dispatched(district), ask(district)
    client = as_("dispatcher")

    assert {row["编号"] for row in table(client.post(EXPORT))} == {mine.number, other.number}
    assert {row["编号"] for row in table(client.post(EXPORT + "?group=offered"))} == {mine.number}
    assert {row["编号"] for row in table(as_("spokesperson").post(EXPORT))} == {mine.number}


def test_of_a_whole_city_it_says_more_than_and_does_not_count_on(as_, district, monkeypatch):
    ask(district)
    ask(district)
    monkeypatch.setattr(queue_export, "COUNTED", 1)

    assert "将导出 1 个以上的问题" in as_("dispatcher").get(EXPORT).content.decode()


def test_it_holds_nothing_personal_unless_asked_for(as_, district):
    dispatched(district, title="=我家漏水", nickname="小桂", place="金桂里", contact=PHONE)

    response = as_("spokesperson").post(EXPORT)
    content = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    for private in ("小桂", "金桂里", PHONE):
        assert private not in content


def test_personal_columns_want_a_reason(as_, district):
    dispatched(district, contact=PHONE)

    response = as_("spokesperson").post(EXPORT, {"personal": "on"})

    assert response.status_code == 422
    assert "请选择为什么需要个人信息。" in response.content.decode()
    assert not EventRecord.objects.filter(name="answers.queue_exported").exists()


def test_with_a_reason_they_go_along_and_that_is_on_record(as_, district):
    dispatched(district, title="=我家漏水", nickname="小桂", contact=PHONE)

    (row,) = table(as_("spokesperson").post(EXPORT, {"personal": "on", "reason": "contact"}))

    assert (row["称呼"], row["联系方式"], row["标题"]) == ("小桂", f"'{PHONE}", "'=我家漏水")
    record = EventRecord.objects.get(name="answers.queue_exported")
    assert record.actor == f"person:{district.spokesperson.id}"
    assert (record.payload["rows"], record.payload["reason"], record.payload["personal"]) == (1, "contact", True)
    assert "contact" in record.payload["columns"]


@pytest.mark.parametrize("name", ["leader", "auditor"])
def test_overseers_get_no_personal_column_however_they_ask(as_, district, name):
    dispatched(district, nickname="小桂", contact=PHONE)

    (row,) = table(as_(name).post(EXPORT, {"personal": "on", "reason": "contact"}))

    assert "联系方式" not in row
    assert PHONE not in row.values()


def test_residents_do_not_get_there(as_, district):
    assert as_("resident").get(EXPORT).status_code in (302, 403, 404)


def test_the_queue_leads_there_with_its_filter(as_, district):
    dispatched(district)
    client = as_("dispatcher")

    assert f"{EXPORT}?group=offered" in client.get(reverse("answers_desk:queue") + "?group=offered").content.decode()
    assert "将导出 1 个问题" in client.get(EXPORT + "?group=offered").content.decode()
    assert "改一下筛选" in client.get(EXPORT + "?group=ended").content.decode()


def test_more_rows_need_no_more_queries(as_, district):
    client = as_("dispatcher")

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            table(client.post(EXPORT, {"personal": "on", "reason": "contact"}))
        return len(queries)

    dispatched(district, contact=PHONE)
    count()  # the first fills the limit's row
    one = count()
    for _more in range(2):
        dispatched(district, contact=PHONE)
    assert count() == one
