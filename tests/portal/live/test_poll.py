import pytest
from django.urls import reverse

from portal.live import queries
from tests.factories.accounts import UserFactory
from tests.portal.live.things import ThingHidden, change

pytestmark = pytest.mark.django_db


def ask(client, *topics, **query):
    return client.get(reverse("live:poll"), {"topic": topics, **query})


def test_who_asks_first_learns_where_the_journal_stands(client):
    position = change("1")

    answer = ask(client, "thing:1")

    assert answer.json() == {"position": position, "reset": False, "changes": []}
    assert "no-store" in answer["Cache-Control"]


def test_who_asks_again_is_told_what_the_stream_would_tell(client):
    start = change("1")
    mine, _others, last = change("1"), change("2"), change("1", ThingHidden)

    assert ask(client, "thing:1", after=start).json() == {
        "position": last,
        "reset": False,
        "changes": [
            {"position": mine, "name": "tests.thing_changed", "ref": "tests.thing:1", "topics": ["thing:1"]},
        ],
    }
    assert ask(client, "thing:1", after=last).json()["changes"] == []


def test_who_has_missed_too_much_loads_anew(client, monkeypatch):
    monkeypatch.setattr(queries, "CATCH_UP", 2)
    start = queries.position()
    last = [change("1") for _ in range(3)][-1]

    assert ask(client, "thing:1", after=start).json() == {"position": last, "reset": True, "changes": []}
    assert ask(client, "thing:1", after=last + 7).json() == {"position": last, "reset": True, "changes": []}


@pytest.mark.parametrize(
    ("topics", "query", "status"),
    [
        (["secret:1"], {}, 404),
        (["thing:1", "secret:1"], {}, 404),
        (["unknown:1"], {}, 404),
        ([], {}, 400),
        (["thing:1"], {"after": "soon"}, 400),
    ],
)
def test_the_same_door_as_the_stream_s(client, topics, query, status):
    assert ask(client, *topics, **query).status_code == status


def test_insiders_are_let_in(client, doors):
    user = UserFactory()
    doors.add(str(user.pk))
    client.force_login(user)

    assert ask(client, "secret:1").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_changes_takes_the_same_two_queries(count, django_assert_num_queries):
    start = queries.position()
    for _ in range(count):
        change("1")

    with django_assert_num_queries(2):
        assert len(queries.news(start).changes) == count
    with django_assert_num_queries(1):
        queries.news(start + count)
