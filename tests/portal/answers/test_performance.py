"""The public figures: added up from verdicts, the same on page, CSV and JSON, and no rank for too few."""

import csv
import io
import re
import statistics
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.actions import aftercare, clarifying, extending, handling, replying, screening
from portal.answers.actions.calling import record_try, take_call
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.actions.settling import settle_due
from portal.answers.figures import COLUMNS
from portal.answers.models import CallBack
from portal.answers.queries.performance import months_to, performance
from portal.answers.rules.performance import Share, Tally, ranks, spread, total
from tests.factories.answers import accepted, answered, ask, at, dispatched
from tests.factories.call_backs import drawn_calls, told

# --- Rules --------------------------------------------------------------------------------------


@pytest.mark.unit
@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_the_median_of_a_histogram_is_the_median(days):
    counts = {day: days.count(day) for day in set(days)}

    assert Tally(days=counts).median_days == statistics.median(days)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, None), (1, 3, 33.3), (2, 3, 66.7), (1, 1, 100), (1, 16, 6.3)]
)
def test_a_share_has_one_decimal_and_none_without_a_whole(part, whole, percent):
    assert Share(part, whole).percent == percent


@pytest.mark.unit
def test_nobody_is_ranked_under_thirty_and_equals_share_a_place():
    def tally(kept, count):
        return Tally(plains=count, plains_in_time=kept)

    places = ranks({"a": tally(30, 30), "b": tally(60, 60), "c": tally(15, 30), "few": tally(29, 29)})

    assert places == {"a": 1, "b": 1, "c": 3}


@pytest.mark.unit
def test_together_is_the_sum():
    one, other = Tally(accepts=2, days={1: 2}), Tally(accepts=3, days={1: 1, 4: 2})

    assert total([one, other]) == Tally(accepts=5, days={1: 3, 4: 2})


@pytest.mark.unit
def test_months_go_back_over_the_year():
    assert months_to(date(2026, 2, 15), 3) == (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1))


@pytest.mark.unit
@given(st.dictionaries(st.integers(0, 60), st.integers(1, 9)))
def test_every_answer_is_somewhere_in_the_spread_and_nowhere_twice(days):
    lines = spread(days)

    assert sum(count for _low, _high, count in lines) == sum(days.values())
    assert [low for low, _high, _count in lines] == [*range(8), 8, 15]


# --- Counting -----------------------------------------------------------------------------------

pytestmark = [pytest.mark.db, pytest.mark.django_db]
MARCH = date(2026, 3, 31)


def of(office, **kwargs):
    lines = {line.office.code: line.tally for line in performance(MARCH, span=1, **kwargs).lines}
    return lines[office]


def test_a_kept_promise_counts_for_the_office_that_kept_it(district):
    answered(district)
    tally = of("schools")

    assert (tally.acceptance, tally.plain, tally.reply) == (Share(1, 1), Share(1, 1), Share(1, 1))
    assert tally.median_days == 0


def test_a_breach_in_screening_counts_for_the_centre(district):
    ask(district)
    settle_due(at(3, 4, 9))

    assert of("centre").acceptance == Share(0, 1)


def test_the_headline_counts_without_the_extension_and_beside_it_with(district):
    question = accepted(district)
    extending.request_extension(
        question.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 5, 9)
    )
    extending.approve_extension(question.pk, by=district.superior, clock=at(3, 5, 10))
    settle_due(at(3, 13, 9))
    replying.save_draft(question.pk, text="答", by=district.officer, clock=at(3, 13, 9))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(3, 13, 9))
    replying.release(question.pk, by=district.leader, clock=at(3, 13, 10))

    assert (of("schools").plain, of("schools").reply) == (Share(0, 1), Share(1, 1))


def test_a_question_whose_asker_fell_silent_counts_for_nobody_and_is_listed(district):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 2, 12))
    settle_due(at(3, 13, 9))
    clarifying.lapse_due(at(3, 20, 9))

    assert of("schools").plain == Share(0, 0)
    assert [(one.kind, one.count) for one in performance(MARCH, span=1).excluded] == [("lapsed", 1)]


def test_what_was_not_admitted_or_handed_over_is_listed_by_reason(district):
    refused, danger, taken_back = ask(district), ask(district), ask(district, by=district.resident)
    screening.propose_refusal(
        refused.pk, reason="no_question", explanation="x", other_route="y", by=district.dispatcher, clock=at(3, 2, 11)
    )
    screening.approve_refusal(refused.pk, by=district.second_dispatcher, clock=at(3, 2, 12))
    screening.hand_over(danger.pk, service="119", told="x", by=district.dispatcher, clock=at(3, 2, 11))
    aftercare.withdraw(taken_back.pk, by=district.resident, clock=at(3, 2, 11))

    figures = performance(MARCH, span=1)
    assert [(one.kind, one.reason) for one in figures.excluded] == [
        ("not_admitted", "no_question"),
        ("handed_over", "119"),
        ("withdrawn", ""),
    ]
    assert figures.together.accepts == 0


def test_ratings_and_upheld_returns_are_counted(district):
    question = answered(district, by=district.resident)
    aftercare.rate(question.pk, resolved="yes", satisfaction=4, comment="", by=district.resident, clock=at(3, 3, 9))
    answered(district)
    other = dispatched(district)
    handling.request_return(other.pk, reason="x", proposed_office_id=None, by=district.spokesperson, clock=at(3, 2, 11))
    handling.transfer(other.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 12))
    tally = of("schools")

    assert (tally.rating, tally.resolution, tally.satisfaction) == (Share(1, 2), Share(1, 1), Share(1, 1))
    assert tally.returns_upheld == 1


def test_the_two_sources_of_verdicts_stand_apart_and_what_brought_none_is_counted(district):
    rated = answered(district, by=district.resident)
    aftercare.rate(rated.pk, resolved="yes", satisfaction=4, comment="", by=district.resident, clock=at(3, 3, 9))
    reached, poor, refused, unreached, waiting = drawn_calls(district, 5)
    told(reached, district.dispatcher, resolved="yes", satisfaction=5)
    told(poor, district.dispatcher, resolved="partly", satisfaction=3)
    for call, outcome in ((refused, "refused"), (unreached, "wrong_number")):
        take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10))
        record_try(call.pk, outcome=outcome, note="", by=district.dispatcher, clock=at(4, 1, 10))
    tally = of("schools")

    assert (tally.rating, tally.resolution, tally.satisfaction) == (Share(1, 6), Share(1, 1), Share(1, 1))
    assert (tally.reach, tally.resolution_by_call, tally.satisfaction_by_call) == (
        Share(2, 4),
        Share(1, 2),
        Share(1, 2),
    )
    assert (tally.not_reached, tally.declined, tally.not_called) == (1, 1, 0)

    keep_draws(at(4, 20))
    assert (of("schools").reach, of("schools").not_called) == (Share(2, 5), 1)
    assert CallBack.objects.get(pk=waiting.pk).state == "not_called"


def test_levels_are_added_up_from_their_offices(district):
    answered(district)
    ask(district)
    settle_due(at(3, 4, 9))
    figures = performance(MARCH, span=1)

    assert {level: (tally.answers, tally.acceptance) for level, tally in figures.by_level.items()} == {
        "city": (0, Share(0, 1)),
        "county": (1, Share(1, 1)),
    }


def test_filters_by_office_level_and_month(district):
    answered(district)

    assert [line.office.code for line in performance(MARCH, span=1, level="township").lines] == []
    assert [line.office.code for line in performance(MARCH, span=12, office="schools").lines] == ["schools"]
    assert performance(date(2026, 2, 1), span=1).lines == []


# --- The page -----------------------------------------------------------------------------------


def test_page_csv_and_json_hold_the_same_numbers(client, district, clock):
    answered(district)
    ask(district)
    settle_due(at(3, 4, 9))
    records = client.get(reverse("answers:performance_json")).json()["offices"]
    raw = client.get(reverse("answers:performance_csv")).content.decode()
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"))))
    page = client.get(reverse("answers:performance")).content.decode()

    assert raw.startswith("\ufeff")
    assert [{key: "" if value is None else str(value) for key, value in record.items()} for record in records] == rows
    for record in records[:-1]:
        assert record["name"] in page
    assert "100% (1/1)" in page
    assert [record["kind"] for record in records] == ["office", "office", "level", "level", "all"]


@pytest.mark.parametrize(("table", "key"), [("months", "by_month"), ("days", "days"), ("excluded", "excluded")])
def test_every_other_table_is_the_same_as_csv_and_json(client, district, clock, table, key):
    answered(district)
    question = accepted(district, by=district.resident)
    aftercare.withdraw(question.pk, by=district.resident, clock=at(3, 2, 12))
    everything = client.get(reverse("answers:performance_json")).json()[key]
    raw = client.get(reverse("answers:performance_csv"), {"table": table}).content.decode()
    rows = list(csv.DictReader(io.StringIO(raw.removeprefix("\ufeff"))))

    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in everything] == rows
    assert rows


def test_an_empty_table_still_says_what_its_columns_are(client, clock, db):
    raw = client.get(reverse("answers:performance_csv"), {"table": "excluded"}).content.decode()

    assert raw.removeprefix("\ufeff").split() == ["kind,reason,count,upheld,objected,waiting"]


def test_behind_each_chart_stands_a_table_with_the_same_numbers(client, district, clock):
    answered(district)
    ask(district)
    settle_due(at(3, 4, 9))
    page = client.get(reverse("answers:performance")).content.decode()

    for figure in re.findall(r'<figure class="answers-chart">.*?</figure>', page, re.DOTALL):
        drawing, table = figure.split("</svg>")
        values = re.findall(r'class="answers-chart__value"[^>]*>([^<]*)<', drawing)
        widths = re.findall(r'answers-chart__bar"[^>]*width="([\d.]*)%"', drawing)
        assert values
        assert [value for value in values if value not in table] == []
        assert len(widths) == sum(value != "—" for value in values) - drawing.count("answers-chart__bar--call")
    assert page.count('<svg role="img"') == page.count('<figure class="answers-chart">') == 4


def test_one_office_has_a_page_of_its_own_with_every_number(client, district, clock):
    answered(district)
    address = reverse("answers:performance")
    assert "?office=schools" in client.get(address).content.decode()
    assert "?level=county&amp;office=schools" in client.get(address, {"level": "county"}).content.decode()

    page = client.get(address, {"office": "schools"}).content.decode()
    assert "教育局的办理情况" in page
    for column in COLUMNS:
        assert str(column.label) in page


def test_the_centre_has_its_page_too(client, district, clock):
    ask(district)
    settle_due(at(3, 4, 9))

    page = client.get(reverse("answers:performance"), {"office": "centre"}).content.decode()
    assert "受理中心的办理情况" in page
    assert "0% (0/1)" in page


def test_an_empty_page_says_so(client, clock, db):
    response = client.get(reverse("answers:performance"), {"month": "nonsense", "office": "nobody"})

    assert response.status_code == 200
    assert "这段时间还没有数字" in response.content.decode()


def test_the_page_takes_the_same_number_of_statements_however_many_offices(
    client, district, clock, django_assert_max_num_queries
):
    counts = []
    for _ in range(2):
        answered(district)
        with django_assert_max_num_queries(24) as queries:
            client.get(reverse("answers:performance"))
        counts.append(len(queries))
        question = dispatched(district)
        handling.transfer(
            question.pk, office_id=district.street.pk, reason="x", by=district.dispatcher, clock=at(3, 2, 12)
        )
        handling.accept(question.pk, by=district.street_spokesperson, clock=at(3, 2, 13))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_how_we_count_is_explained_in_both_languages(client, db, prefix):
    response = client.get(f"{prefix}/performance/how-we-count/")

    assert response.status_code == 200
