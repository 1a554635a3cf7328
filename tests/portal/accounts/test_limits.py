import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections

from portal.accounts import caching, limits
from portal.accounts.models import LimitWindow

HOUR = timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    """Set the machine's time, which is what limits go by."""

    def set_time(moment):
        monkeypatch.setattr(limits, "real_now", lambda: moment)
        monkeypatch.setattr(caching, "real_now", lambda: moment)

    return set_time


def passes(key="192.0.2.1", name="test.try", limit=3):
    try:
        limits.hit(name, key, limit=limit, per=HOUR)
    except limits.TooManyTries:
        return False
    return True


@pytest.mark.django_db
def test_the_limit_lets_exactly_so_many_pass():
    assert [passes() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_keys_and_names_count_for_themselves():
    assert [passes(limit=1), passes(limit=1)] == [True, False]
    assert passes(key="192.0.2.2", limit=1)
    assert passes(name="test.other", limit=1)


@pytest.mark.django_db
def test_a_window_opens_with_its_first_try_and_starts_afresh_when_it_ends(at):
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    at(noon)
    assert [passes(limit=2), passes(limit=2)] == [True, True]

    at(noon + HOUR - timedelta(seconds=90))
    with pytest.raises(limits.TooManyTries) as refused:
        limits.hit("test.try", "192.0.2.1", limit=2, per=HOUR)
    assert refused.value.retry_after == timedelta(seconds=90)

    at(noon + HOUR)
    assert [passes(limit=2), passes(limit=2), passes(limit=2)] == [True, True, False]


@pytest.mark.django_db
def test_a_limit_of_none_lets_nobody_pass():
    assert not passes(limit=0)


@pytest.mark.django_db
def test_who_has_shown_to_be_entitled_starts_afresh():
    passes(limit=1)

    limits.forget("test.try", "192.0.2.1")

    assert passes(limit=1)


@pytest.mark.django_db
def test_no_key_can_be_read_in_the_tables():
    limits.hit("test.try", "+8613800138000", limit=3, per=HOUR)
    cache.set("allauth:rl:192.0.2.1", [1.0], 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM portal_cache")
        keys = [row[0] for row in cursor.fetchall()]
    keys += LimitWindow.objects.values_list("bucket", flat=True)

    assert len(keys) == 2
    assert all(len(key) == 64 and "192.0.2.1" not in key and "138" not in key[:3] for key in keys)


@pytest.mark.django_db
def test_what_has_ended_is_cleared_away(at):
    limits.hit("test.try", "short", limit=3, per=timedelta(minutes=1))
    limits.hit("test.try", "long", limit=3, per=timedelta(days=3))
    cache.set("short", "x", 60)
    cache.set("long", "x", 3 * 86_400)

    at(datetime.now(UTC) + timedelta(days=1))  # noqa: TID251 — the machine's own time

    assert (limits.purge(), caching.purge()) == (1, 1)
    assert cache.get("long") == "x"


@pytest.mark.django_db(transaction=True)
def test_of_parallel_tries_exactly_so_many_pass():
    passed, start = [], threading.Barrier(20)

    def one_client():
        start.wait()
        try:
            passed.append(passes(limit=7))
        finally:
            connections.close_all()

    clients = [threading.Thread(target=one_client) for _ in range(20)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()

    assert sorted(passed) == [False] * 13 + [True] * 7
