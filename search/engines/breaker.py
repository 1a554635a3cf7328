"""A breaker: where a server has failed several times in a row, nobody waits for it for a while."""

import threading
from collections.abc import Callable
from time import monotonic

# Ours: with a time-out of two seconds, three people wait six seconds between them, then nobody for a quarter of a minute.
FAILURES = 3
PAUSE = 15.0  # seconds


class Breaker:
    """Counts failures in a row; after so many it is open for a pause, then one failure more opens it again.

    seconds: a clock that never goes back. Safe between threads.
    """

    def __init__(
        self, failures: int = FAILURES, pause: float = PAUSE, seconds: Callable[[], float] = monotonic
    ) -> None:
        self._most, self._pause, self._seconds = failures, pause, seconds
        self._failures, self._opened = 0, 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Tell whether nothing should be asked now."""
        with self._lock:
            return self._failures >= self._most and self._seconds() - self._opened < self._pause

    def failed(self) -> None:
        """Count a failure."""
        with self._lock:
            self._failures += 1
            self._opened = self._seconds()

    def worked(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._failures = 0
