"""When a message goes out, and over which channels: tables and properties, no database."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.clock import SHANGHAI
from portal.notifications.rules.choosing import chosen
from portal.notifications.rules.timing import Plan, Quiet, QuietChoice, Rhythm, Wishes, next_digest, planned

NIGHT = Quiet(time(22, 0), time(7, 30))
SIESTA = Quiet(time(12, 0), time(14, 0))

moments = st.datetimes(datetime(2020, 1, 1), datetime(2039, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001


def at(text):
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2026-03-02 21:59:59", None),
        (NIGHT, "2026-03-02 22:00:00", "2026-03-03 07:30"),
        (NIGHT, "2026-03-02 23:59:59", "2026-03-03 07:30"),
        (NIGHT, "2026-03-03 00:00:00", "2026-03-03 07:30"),
        (NIGHT, "2026-03-03 07:29:59", "2026-03-03 07:30"),
        (NIGHT, "2026-03-03 07:30:00", None),
        (NIGHT, "2026-12-31 23:00:00", "2027-01-01 07:30"),
        (SIESTA, "2026-03-02 11:59:59", None),
        (SIESTA, "2026-03-02 12:00:00", "2026-03-02 14:00"),
        (SIESTA, "2026-03-02 14:00:00", None),
    ],
)
def test_quiet_hours_end_when_they_say(quiet, now, until):
    assert quiet.ends_at(at(now)) == (at(until) if until else None)


def test_an_instant_is_judged_by_the_clock_on_the_wall_here():
    assert NIGHT.ends_at(datetime.fromisoformat("2026-03-02T15:00:00+00:00")) == at("2026-03-03 07:30")


@pytest.mark.parametrize(
    ("wishes", "now", "digest"),
    [
        (Wishes(rhythm=Rhythm.DAILY), "2026-03-02 07:59", "2026-03-02 08:00"),
        (Wishes(rhythm=Rhythm.DAILY), "2026-03-02 08:00", "2026-03-03 08:00"),
        (Wishes(rhythm=Rhythm.DAILY, hour=0), "2026-03-02 23:00", "2026-03-03 00:00"),
        # 2026-03-02 is a Monday.
        (Wishes(rhythm=Rhythm.WEEKLY, weekday=0), "2026-03-02 07:59", "2026-03-02 08:00"),
        (Wishes(rhythm=Rhythm.WEEKLY, weekday=0), "2026-03-02 08:00", "2026-03-09 08:00"),
        (Wishes(rhythm=Rhythm.WEEKLY, weekday=4, hour=18), "2026-03-02 10:00", "2026-03-06 18:00"),
        (Wishes(rhythm=Rhythm.WEEKLY, weekday=6, hour=9), "2026-03-02 10:00", "2026-03-08 09:00"),
    ],
)
def test_a_digest_comes_at_its_hour(wishes, now, digest):
    assert next_digest(at(now), wishes) == at(digest)


@given(moments, st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]), st.integers(0, 23), st.integers(0, 6))
def test_a_digest_is_never_now_and_never_further_away_than_its_rhythm(now, rhythm, hour, weekday):
    digest = next_digest(now, Wishes(rhythm=rhythm, hour=hour, weekday=weekday))

    assert timedelta(0) < digest - now <= timedelta(days=7 if rhythm == Rhythm.WEEKLY else 1)
    assert (digest.hour, digest.minute) == (hour, 0)
    assert rhythm == Rhythm.DAILY or digest.weekday() == weekday


@given(moments, st.times(), st.times())
def test_quiet_hours_always_end_within_a_day_and_are_over_then(now, start, end):
    quiet = Quiet(start, end)
    until = quiet.ends_at(now)

    if until is not None:
        assert timedelta(0) < until - now <= timedelta(days=1)
        assert quiet.ends_at(until) is None


AT_NIGHT, BY_DAY = at("2026-03-02 23:00"), at("2026-03-02 10:00")
MORNING, DIGEST = at("2026-03-03 07:30"), at("2026-03-03 08:00")
DAILY = Wishes(rhythm=Rhythm.DAILY)
NO_QUIET = Wishes(quiet=QuietChoice.NONE)
OWN_QUIET = Wishes(quiet=QuietChoice.OWN, own_quiet=Quiet(time(9), time(11)))


@pytest.mark.parametrize(
    ("now", "wishes", "how", "plan"),
    [
        (BY_DAY, Wishes(), {}, Plan()),
        (AT_NIGHT, Wishes(), {}, Plan(MORNING)),
        (AT_NIGHT, Wishes(), {"urgent": True}, Plan()),
        (AT_NIGHT, Wishes(), {"site_quiet": None}, Plan()),
        (AT_NIGHT, NO_QUIET, {}, Plan()),
        (AT_NIGHT, OWN_QUIET, {}, Plan()),
        (BY_DAY, OWN_QUIET, {}, Plan(at("2026-03-02 11:00"))),
        (BY_DAY, OWN_QUIET, {"site_quiet": None}, Plan(at("2026-03-02 11:00"))),
        (AT_NIGHT, DAILY, {}, Plan(DIGEST, in_digest=True)),
        (AT_NIGHT, DAILY, {"urgent": True}, Plan()),
        # A text message is never put into a digest.
        (BY_DAY, DAILY, {"by_email": False}, Plan()),
        (AT_NIGHT, DAILY, {"by_email": False}, Plan(MORNING)),
    ],
)
def test_what_waits_and_until_when(now, wishes, how, plan):
    assert planned(now, wishes, **({"urgent": False, "by_email": True, "site_quiet": NIGHT} | how)) == plan


BOTH = ("email", "sms")


@pytest.mark.parametrize(
    ("off", "reachable", "must", "goes_by"),
    [
        ((), BOTH, False, {"email", "sms"}),
        (("sms",), BOTH, False, {"email"}),
        (("email", "sms"), BOTH, False, set()),
        # What one has a right to comes over one channel, the cheapest, and only if none is left on.
        (("sms",), BOTH, True, {"email"}),
        (("email",), BOTH, True, {"sms"}),
        (("email", "sms"), BOTH, True, {"email"}),
        (("sms",), ("sms",), True, {"sms"}),
        ((), (), True, set()),
    ],
)
def test_which_channels_carry_a_message(off, reachable, must, goes_by):
    wishes = Wishes(off={"mine": frozenset(off), "other": frozenset(BOTH)})

    assert chosen("mine", must=must, wishes=wishes, reachable=reachable) == goes_by
