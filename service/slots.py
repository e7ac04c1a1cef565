"""The slots of an engine: which of them are free, and what wakes them."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Slots(Generic[T]):
    """``number`` threads that wait for something to do: to look for a job, or one that is theirs already.

    Safe to use from several threads.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._changed = threading.Condition()
        self._asleep = 0
        self._calls = 0  # times that a slot shall look for a job
        self._given: deque[T] = deque()
        self._over = False

    def call(self) -> None:
        """There may be a job to do: one slot looks for it, now or when it is free."""
        with self._changed:
            if not self._over:
                self._calls = min(self._calls + 1, self._number)
                self._changed.notify()

    @property
    def is_free(self) -> bool:
        """Whether a slot waits for something to do."""
        with self._changed:
            return self._is_free()

    def offer(self, job: T) -> bool:
        """Give a job to a slot that waits, if there is one."""
        with self._changed:
            if not self._is_free():
                return False
            self._given.append(job)
            self._changed.notify()
            return True

    def _is_free(self) -> bool:
        return not self._over and self._asleep > self._calls + len(self._given)

    def wait(self) -> T | None:
        """The next job that was given; None when one should be looked for, or all is over."""
        with self._changed:
            self._asleep += 1
            self._changed.wait_for(lambda: self._given or self._calls or self._over)
            self._asleep -= 1
            if self._given:
                return self._given.popleft()
            self._calls = max(0, self._calls - 1)
            return None

    def end(self) -> None:
        """Nothing is waited for any more; what was given is still taken."""
        with self._changed:
            self._over, self._calls = True, 0
            self._changed.notify_all()
