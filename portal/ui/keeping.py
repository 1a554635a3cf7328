"""What is the same for everybody is made once in a few seconds, however many people read it."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

Value = TypeVar("Value")

MEMORY = "memory"


def kept(name: str, make: Callable[[], Value]) -> Value:
    """Return what `make` returns, in the present language; made by this process in the last seconds perhaps.

    name: tells all apart that differs by anything else than the language. Each reader gets a copy.
    """
    found = caches[MEMORY].get_or_set(f"{name}:{get_language()}", make, settings.KEPT_SECONDS)
    return cast(Value, found)
