"""Watches the workers from outside: one thread ends those that take too long, hold too much, or are called off."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from service.isolation.bounds import TimeLimit
from service.jobs import Progress

TICK = 0.1  # seconds between two looks at every worker


class Why(Enum):
    """Why we killed a worker."""

    CANCELLED = auto()
    TIMEOUT = auto()
    MEMORY = auto()
    CLOSING = auto()


@dataclass(slots=True)
class Watch:
    """What is asked of a job that runs: that it ends within its limit, and once ``cancel`` is set.

    ``spent`` are the seconds that an earlier attempt took of the same limit. ``cpu`` are the seconds that the process
    had computed when the job began. ``page`` is the one that is being read; ``on_progress`` is told when it changes.
    """

    limit: TimeLimit
    cancel: threading.Event | None = None
    spent: float = 0.0
    on_progress: Callable[[int, int], None] | None = None
    cpu: float = 0.0
    page: int | None = None
    seconds: float = 0.0
    begun: float | None = None

    def begin(self, cpu: float = 0.0) -> None:
        """The job is handed over now."""
        self.cpu = cpu
        self.begun = time.monotonic()
        self.seconds = self.limit.seconds(0)

    def told(self, progress: Progress) -> None:
        """The pages are known, or how many of them are read from their images: the limit grows with them."""
        self.seconds = self.limit.seconds(progress.pages, progress.recognised)
        if progress.page != self.page:
            self.page = progress.page
            if self.on_progress is not None:
                self.on_progress(progress.page, progress.pages)

    @property
    def is_late(self) -> bool:
        """Whether the limit is over."""
        return self.used > self.seconds

    @property
    def used(self) -> float:
        """Seconds of the limit that are used up; those in which a process was still loading are not."""
        return self.spent + (time.monotonic() - self.begun if self.begun is not None else 0.0)

    @property
    def is_called_off(self) -> bool:
        """Whether nobody wants the answer any more."""
        return self.cancel is not None and self.cancel.is_set()


class Watched(Protocol):
    """What a watchdog looks at."""

    def check(self) -> None:
        """End it, if it must end."""


class Watchdog:
    """A thread that checks every worker of ``alive()`` again and again until it is closed."""

    def __init__(self, alive: Callable[[], Iterable[Watched]]) -> None:
        self._alive = alive
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(TICK):
            for one in self._alive():
                one.check()
