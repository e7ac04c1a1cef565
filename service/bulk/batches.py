"""Documents on their way to those who read them, some in one task: a task of Dask costs 20 ms wherever it is, a small
report 45 ms. So many are on their way as keep all workers busy, and no more: memory does not grow with the sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from service.bulk import reading
from service.bulk.reading import Answer, CannotRead, Changed, Task

AHEAD = 2  # tasks on their way for each that is done at a time
AHEAD_BYTES = 256_000_000  # that they may have together
ENOUGH_BYTES = 2_000_000  # of documents, for one task: many bytes are many pages, or pictures of pages
TRIES = 3  # times that a document is handed on when where it was read is lost

Outcome = Answer | Changed


@dataclass(frozen=True, slots=True)
class Team:
    """Who reads: an executor that does ``slots()`` tasks at a time, ``each`` in one process of its own. ``together``:
    documents of one task at most. ``shared``: it sees the files that we see."""

    executor: Executor
    slots: Callable[[], int]
    each: int
    together: int = 1
    shared: bool = False


class Batches:
    """Documents that are read. What became of each is had from the future of its task."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._going: dict[Future[list[Outcome]], list[Task]] = {}
        self._filling: list[Task] = []
        self._lost: Counter[str] = Counter()

    @property
    def futures(self) -> list[Future[list[Outcome]]]:
        """Of all tasks that are on their way."""
        return list(self._going)

    def is_full(self, more: int) -> bool:
        """Whether a document of so many bytes must wait until a task has ended."""
        if not self._going:
            return False
        return len(self._going) >= AHEAD * max(1, self._team.slots()) or self._held + more > AHEAD_BYTES

    def add(self, task: Task) -> None:
        """Hand a document on, at once when somebody has nothing to do, else with those that come after it."""
        self._filling.append(task)
        enough = sum(one.bytes for one in self._filling) >= ENOUGH_BYTES
        if enough or len(self._filling) >= self._team.together or len(self._going) < self._team.slots():
            self.send()

    def send(self) -> None:
        """Hand on what waits for others: none will come soon."""
        if self._filling:
            self._start(self._filling)
            self._filling = []

    def ended(self, future: Future[list[Outcome]], *, again: bool) -> list[tuple[Task, Outcome]]:
        """What became of the documents of a task. Those that it did not come to, and all when it is lost, are handed on
        once more if ``again`` is said, each alone: together they would take one of those who read too long.

        Raises:
            CannotRead: nothing can be read any more.
        """
        tasks = self._going.pop(future)
        error = None if future.cancelled() else future.exception()
        if isinstance(error, CannotRead):
            raise error
        if error is not None or future.cancelled():
            self._lose(tasks, error, again)
            return []
        outcomes = future.result()
        for task in tasks[len(outcomes) :] if again else ():
            self._start([task])
        return list(zip(tasks, outcomes, strict=False))

    @property
    def _held(self) -> int:
        return sum(len(task.data or b"") for tasks in (*self._going.values(), self._filling) for task in tasks)

    def _start(self, tasks: list[Task]) -> None:
        self._going[self._team.executor.submit(reading.read, tasks)] = tasks

    def _lose(self, tasks: list[Task], error: BaseException | None, again: bool) -> None:
        """Where documents were read is lost, with or without them: that is not held against them. From now on each goes
        alone, so that it is lost for none of the others."""
        for task in tasks:
            self._lost[task.sha256] += 1
            if self._lost[task.sha256] >= TRIES:
                raise CannotRead(f"a document was lost {TRIES} times where it was read: {error!r}") from error
            if again:
                self._start([task])
