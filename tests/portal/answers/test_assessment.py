"""The satisfaction half of the yearly assessment: a formula anybody can recompute, in the file with its inputs."""

import csv
import io
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.answers.actions import aftercare
from portal.answers.actions.calling import record_try, take_call
from portal.answers.queries.assessment import assessed, assessed_offices
from portal.answers.rules.assessment import Inputs, assess, rounded
from portal.journal.models import EventRecord
from tests.factories.accounts import UserFactory, actor
from tests.factories.answers import answered, ask, at
from tests.factories.call_backs import PHONE, drawn_calls, told

PAGE = reverse("answers_desk:assessment")
RULE = {"points_of": 50, "verdicts_from": 30}

# --- The formula ----------------------------------------------------------------------------------


@pytest.mark.unit
@pytest.mark.parametrize(
    ("inputs", "points", "why_not"),
    [
        # 40 of 100 rated, 30 of them content; of 20 reached 15 were: (30 + 60 × 15/20) / 100 of 50 points.
        (Inputs(100, 40, 30, 20, 15), Fraction(75, 2), ""),
        # Nobody is left who did not rate: the calls say nothing more.
        (Inputs(30, 30, 15, 0, 0), Fraction(25), ""),
        (Inputs(100, 0, 0, 30, 30), Fraction(50), ""),
        (Inputs(0, 0, 0, 0, 0), None, "no_answers"),
        (Inputs(29, 29, 29, 0, 0), None, "too_few"),
        (Inputs(100, 40, 40, 0, 0), None, "nobody_reached"),
    ],
)
def test_worked_examples(inputs, points, why_not):
    result = assess(inputs, **RULE)

    assert (result.points, result.why_not) == (points, why_not)


@st.composite
def inputs(draw):
    answers = draw(st.integers(1, 500))
    rated = draw(st.integers(0, answers))
    reached = draw(st.integers(0, answers - rated))
    return Inputs(answers, rated, draw(st.integers(0, rated)), reached, draw(st.integers(0, reached)))


@pytest.mark.unit
@given(inputs(), st.integers(1, 100))
def test_the_half_lies_between_nothing_and_its_full_points_and_grows_with_either_verdict(found, points_of):
    result = assess(found, points_of=points_of, verdicts_from=1)
    if result.points is None:
        return

    assert 0 <= result.points <= points_of
    assert result.points == result.share * points_of
    if found.satisfied < found.rated:
        better = Inputs(found.answers, found.rated, found.satisfied + 1, found.reached, found.satisfied_by_call)
        assert assess(better, points_of=points_of, verdicts_from=1).points > result.points


@pytest.mark.unit
@pytest.mark.parametrize(
    ("value", "written"),
    [(Fraction(75, 2), "37.5"), (Fraction(1, 3), "0.3"), (Fraction(1, 20), "0.1"), (Fraction(50), "50.0")],
)
def test_points_are_rounded_half_up(value, written):
    assert rounded(value, 1) == written


# --- The file -------------------------------------------------------------------------------------

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def spring(monkeypatch, settings):
    """The pages' clock stands in April; two verdicts are enough."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(4, 30, 10))
    settings.ANSWERS_ASSESSMENT = {"points": 50, "from": 2}


@pytest.fixture
def as_(client, district):
    """Sign in as one of the district's people."""

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


@pytest.fixture
def year(district):
    """One asker rated well; of three called one was content, one was not, one was not reached. One left no number."""
    rated = answered(district, by=district.resident)
    aftercare.rate(rated.pk, resolved="yes", satisfaction=5, comment="", by=district.resident, clock=at(3, 3, 9))
    answered(district)
    ask(district)
    content, discontent, unreached = drawn_calls(district, 3)
    told(content, district.dispatcher, resolved="yes", satisfaction=4)
    told(discontent, district.dispatcher, resolved="no", satisfaction=2)
    take_call(unreached.pk, by=district.dispatcher, clock=at(4, 1, 10))
    record_try(unreached.pk, outcome="wrong_number", note="", by=district.dispatcher, clock=at(4, 1, 10))


def table(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["单位代码"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_file_holds_formula_and_inputs_and_the_points_follow_from_them(as_, district, year):
    row = table(as_("superior").post(PAGE, {"year": "2026"}))["schools"]

    assert {name: row[name] for name in ("答复", "本人评价", "本人评价满意", "回访抽中", "回访接通", "回访满意", "回访未接通")} == {
        "答复": "5", "本人评价": "1", "本人评价满意": "1", "回访抽中": "3", "回访接通": "2", "回访满意": "1", "回访未接通": "1",
    }  # fmt: skip
    assert row["不参加抽签：没有留电话"] == "1"
    answers, rated, content, reached, by_call = (
        int(row[name]) for name in ("答复", "本人评价", "本人评价满意", "回访接通", "回访满意")
    )
    points = int(row["满分"]) * (content + (answers - rated) * by_call / reached) / answers
    assert row["得分"] == f"{points:.1f}" == "30.0"
    assert "得分 = 满分" in row["公式"]


def test_an_office_with_too_few_verdicts_gets_no_points_and_is_told_why(as_, district, year, settings):
    settings.ANSWERS_ASSESSMENT = {"points": 50, "from": 30}
    rows = table(as_("auditor").post(PAGE, {"year": "2026"}))

    assert (rows["schools"]["得分"], rows["schools"]["说明"]) == ("", "评价件数不足")
    assert (rows["street"]["得分"], rows["street"]["说明"]) == ("", "没有答复")


def test_it_is_on_record_before_the_first_line(as_, district, year):
    as_("superior").post(PAGE, {"year": "2026"})

    record = EventRecord.objects.get(name="answers.assessment_exported")
    assert record.actor == f"person:{district.superior.id}"
    assert record.payload == {"year": 2026, "offices": 2, "points_of": 50, "verdicts_from": 2}


def test_everybody_gets_the_offices_below_and_no_other(district, year):
    administrator = actor(UserFactory(administrator=True))

    def codes(who):
        return {office.code for office in assessed_offices(who)}

    assert codes(district.superior) == codes(district.auditor) == codes(administrator) == {"schools", "street"}
    assert codes(district.leader) == {"schools"}
    assert codes(district.spokesperson) == codes(district.dispatcher) == set()


@pytest.mark.parametrize("name", ["spokesperson", "officer", "dispatcher", "editor", "resident"])
def test_nobody_else_gets_there(as_, district, year, name):
    client = as_(name)

    for response in (client.get(PAGE), client.post(PAGE, {"year": "2026"})):
        assert response.status_code in (302, 403)
    assert not EventRecord.objects.filter(name="answers.assessment_exported").exists()


def test_the_page_shows_the_same_points_and_that_they_may_change(as_, district, year):
    answered(district, contact=PHONE)
    page = as_("superior").get(PAGE).content.decode()

    assert "这一年还没有结束" in page
    assert "得分 = 满分" in page
    assert "1 / 1" in page
    assert "1 / 2" in page


def test_a_year_without_figures_is_refused_with_a_word(as_, district, year):
    response = as_("superior").post(PAGE, {"year": "1999"})

    assert response.status_code == 422
    assert "没有这一年的数字" in response.content.decode()


def test_more_answers_take_no_more_statements(district, year):
    def count():
        with CaptureQueriesContext(connection) as queries:
            list(assessed(district.superior, 2026))
        return len(queries)

    one = count()
    answered(district)
    answered(district)
    assert count() == one
