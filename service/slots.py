"""The slots of an engine: which of them are free, and what wakes them."""

from __future__ import annotations

import threading
from collections import deque

from service.store.records import JobRecord


class Slots:
    """``number`` threads that wait for something to do: to look for a job, or one that is theirs already.

    Safe to use from several threads.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._changed = threading.Condition()
        self._asleep = 0
        self._calls = 0  # times that a slot shall look for a job
        self._reserved = 0
        self._given: deque[JobRecord] = deque()
        self._over = False

    def call(self) -> None:
        """There may be a job to do: one slot looks for it, now or when it is free."""
        with self._changed:
            if not self._over:
                self._calls = min(self._calls + 1, self._number)
                self._changed.notify()

    def reserve(self) -> bool:
        """Whether a slot is free, which then waits until it is given a job, or none."""
        with self._changed:
            free = self._asleep - self._calls - self._reserved - len(self._given)
            if free <= 0 or self._over:
                return False
            self._reserved += 1
            return True

    def give(self, job: JobRecord | None) -> None:
        """The job that a slot was reserved for; None when there is none after all."""
        with self._changed:
            self._reserved -= 1
            if job is not None:
                self._given.append(job)
                self._changed.notify()
            elif self._over:
                self._changed.notify_all()

    def wait(self) -> JobRecord | None:
        """The next job that was given; None when one should be looked for, or all is over."""
        with self._changed:
            self._asleep += 1
            self._changed.wait_for(lambda: self._given or self._calls or (self._over and not self._reserved))
            self._asleep -= 1
            if self._given:
                return self._given.popleft()
            self._calls = max(0, self._calls - 1)
            return None

    def end(self) -> None:
        """Nothing new is waited for, but by slots that are reserved."""
        with self._changed:
            self._over, self._calls = True, 0
            self._changed.notify_all()
