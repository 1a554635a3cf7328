"""What a notice may carry, and how it is read."""

import uuid
from datetime import UTC, date, datetime

import pytest

from portal.notifications.params import CODE, COUNT, DAY, DEADLINE, INSTANT, OFFICE, Choice, plain
from tests.factories.accounts import OfficeFactory

REASONS = Choice({"not_ours": "不属于本地事权", "duplicate": "重复提问"})


@pytest.mark.parametrize(
    ("param", "value"),
    [
        (CODE, "Q261123-7K2M9Q"),
        (CODE, "2026-17.b"),
        (COUNT, 3),
        (DAY, "2026-03-05"),
        (INSTANT, "2026-03-05T10:00:00+08:00"),
        (DEADLINE, "2026-03-05T16:00:00+00:00"),
        (OFFICE, "0195a5c8-7d5e-7c1a-9f3e-2b6f1c0d4e8a"),
        (REASONS, "duplicate"),
    ],
)
def test_numbers_codes_dates_and_ids_are_allowed(param, value):
    assert param.allows(value)


@pytest.mark.parametrize("param", [CODE, COUNT, DAY, INSTANT, DEADLINE, OFFICE, REASONS])
@pytest.mark.parametrize(
    "value",
    [
        "王秀英",
        "resident@example.com",
        "13800138000",
        "+8613800138000",
        "110101199003078515",
        "No school place?",
        "",
        None,
        ["duplicate"],
    ],
)
def test_nothing_that_could_name_a_person_is_allowed(param, value):
    assert not param.allows(value)


@pytest.mark.parametrize(
    ("param", "value"),
    [
        (COUNT, 13800138000),
        (COUNT, True),
        (INSTANT, "2026-03-05T10:00:00"),
        (OFFICE, "0195a5c87d5e7c1a9f3e2b6f1c0d4e8a"),
    ],
)
def test_near_misses_are_refused(param, value):
    assert not param.allows(value)


def test_values_become_json():
    identity = uuid.uuid4()

    assert plain(datetime(2026, 3, 5, 2, tzinfo=UTC)) == "2026-03-05T02:00:00+00:00"
    assert plain(date(2026, 3, 5)) == "2026-03-05"
    assert plain(identity) == str(identity)
    assert plain(7) == 7


def test_instants_are_read_in_shanghai():
    assert INSTANT.show("2026-03-05T02:30:00+00:00") == "2026-03-05 10:30"


def test_a_deadline_at_midnight_is_read_as_its_last_day():
    assert DEADLINE.show("2026-03-05T16:00:00+00:00") == "2026-03-05"
    assert DEADLINE.show("2026-03-05T02:30:00+00:00") == "2026-03-05 10:30"


def test_a_code_of_a_closed_list_is_read_as_its_label():
    assert REASONS.show_all(["duplicate"]) == {"duplicate": "重复提问"}


@pytest.mark.django_db
def test_offices_are_named_in_one_query(django_assert_num_queries):
    office, gone = OfficeFactory(name="区教育局"), str(uuid.uuid4())

    with django_assert_num_queries(1):
        assert OFFICE.show_all([str(office.pk), gone]) == {str(office.pk): "区教育局", gone: "有关单位"}
