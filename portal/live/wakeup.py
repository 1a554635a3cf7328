"""The bell: a process that has changed something wakes the hubs, so that they need not wait for their next look.

Redis is a convenience here and nothing else. Without it, or when it is lost, the hubs look at
the journal twice a second and nothing is missed.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import cache

import redis
import redis.asyncio
from django.conf import settings

logger = logging.getLogger(__name__)

CHANNEL = "yishi.live.wake"
PATIENCE = 0.2  # seconds a submission may lose to a Redis that does not answer …
QUIET = 30.0  # … and for how long it is then left alone
RECONNECT = 5.0
HEALTH_EVERY = 10.0

_quiet_until = 0.0


def ring() -> None:
    """Wake the hubs. Never raises."""
    global _quiet_until
    if not settings.REDIS_URL or time.monotonic() < _quiet_until:
        return
    try:
        _client(settings.REDIS_URL).publish(CHANNEL, b"")
    except (redis.RedisError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET
        logger.warning("live_bell_silent", extra={"error": type(error).__name__})


async def hear(wake: Callable[[], None]) -> None:
    """Call `wake` at each ring, for ever; a lost connection is made anew."""
    while settings.REDIS_URL:
        try:
            await _hear(settings.REDIS_URL, wake)
        except (redis.RedisError, OSError) as error:
            logger.warning("live_bell_lost", extra={"error": type(error).__name__})
            await asyncio.sleep(RECONNECT)


async def _hear(url: str, wake: Callable[[], None]) -> None:
    client = redis.asyncio.from_url(url, socket_connect_timeout=RECONNECT, health_check_interval=HEALTH_EVERY)
    async with client, client.pubsub(ignore_subscribe_messages=True) as bell:
        await bell.subscribe(CHANNEL)
        while True:
            # With a timeout, because an idle connection is asked for its health between two calls.
            if await bell.get_message(timeout=HEALTH_EVERY) is not None:
                wake()


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
