"""The worker processes: as many as may work at once, and spare ones that have loaded everything and wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from service.errors import Cancelled, NotReady
from service.isolation.bounds import Bounds
from service.isolation.process import WorkerProcess
from service.isolation.scratch import Scratch
from service.isolation.watch import TICK, Watchdog, Why


@dataclass(frozen=True, slots=True)
class PoolSize:
    """``workers`` processes work at once, ``spares`` more wait; each reads ``documents`` before it is replaced.

    ``queue`` jobs may wait for one.
    """

    workers: int = 1
    spares: int = 0
    documents: int = 1_000
    queue: int = 64


class Pool:
    """Processes are lent to one job each. One that is given back broken or worn is replaced in the background."""

    def __init__(self, size: PoolSize, starter: str, bounds: Bounds) -> None:
        self._size = size
        self._starter = starter
        self._bounds = bounds
        self.scratch = Scratch()
        self._changed = threading.Condition()
        self._idle: list[WorkerProcess] = []
        self._lent: set[WorkerProcess] = set()
        self._starting = 0
        self._broken: OSError | None = None
        self._closed = False
        # One thread starts them all and lives as long as the pool, for a child ends with the thread that started it.
        self._thread = ThreadPoolExecutor(1, "starter")
        self._watchdog = Watchdog(self._lent_now)
        with self._changed:
            self._refill()

    def lend(self, *, fresh: bool = False, cancel: threading.Event | None = None) -> WorkerProcess:
        """A process for one job, once there is one; ``fresh``: one that has read nothing yet.

        Raises:
            NotReady: none can be started, or the pool is closed.
            Cancelled: ``cancel`` was set before there was one.
        """
        with self._changed:
            while True:
                if self._closed:
                    raise NotReady("it is ending")
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                if (process := self._choose(fresh)) is not None:
                    self._idle.remove(process)
                    self._lent.add(process)
                    process.documents += 1
                    self._refill()
                    return process
                self._raise_if_broken()
                self._changed.wait(TICK)

    def give_back(self, process: WorkerProcess, *, keep: bool) -> None:
        """The job of a process has ended; ``keep`` when it can do another."""
        worn = process.documents >= self._size.documents or process.is_swollen
        with self._changed:
            self._lent.discard(process)
            keep = keep and not worn and not self._closed
            if keep:
                self._idle.append(process)
            self._refill()
            self._changed.notify_all()
        if not keep:
            process.free()

    def close(self) -> None:
        """Kill all processes, those that work too; who waits for one is told so."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            idle, self._idle = self._idle, []
            lent = list(self._lent)
            self._changed.notify_all()
        for process in lent:
            process.end(Why.CLOSING)
        for process in idle:
            process.free()
        self._thread.shutdown()
        self._watchdog.close()
        self.scratch.close()

    def _lent_now(self) -> list[WorkerProcess]:
        with self._changed:
            return list(self._lent)

    def _choose(self, fresh: bool) -> WorkerProcess | None:
        """The most used process, so that the spare ones stay fresh; one that is still loading only if there is no
        other."""
        if len(self._lent) >= self._size.workers:
            return None
        self._drop_dead()
        if fresh and self._idle and all(one.documents for one in self._idle):
            self._drop(min(self._idle, key=lambda one: one.documents))
        able = [one for one in self._idle if not (fresh and one.documents)]
        return max(able, key=lambda one: (one.is_ready, one.documents), default=None)

    def _drop_dead(self) -> None:
        for process in [one for one in self._idle if one.is_ready and not one.is_alive and one.documents]:
            self._drop(process)

    def _drop(self, process: WorkerProcess) -> None:
        self._idle.remove(process)
        process.free()
        self._refill()

    def _refill(self) -> None:
        """Have as many started as are missing. A worn process makes room while its last document is still read."""
        lasting = sum(one.documents < self._size.documents for one in self._lent)
        missing = self._size.workers + self._size.spares - len(self._idle) - lasting - self._starting
        for _ in range(0 if self._closed else missing):
            self._starting += 1
            self._thread.submit(self._start)

    def _start(self) -> None:
        process: WorkerProcess | None = None
        broken: OSError | None = None
        if not self._closed:
            try:
                process = WorkerProcess(self._starter, self._bounds, self.scratch.folder())
            except OSError as error:
                broken = error
        with self._changed:
            self._starting -= 1
            self._broken = broken
            if process is not None and not self._closed:
                self._idle.append(process)
                process = None
            self._changed.notify_all()
        if process is not None:
            process.free()

    def _raise_if_broken(self) -> None:
        if self._broken is not None and not self._lent and not self._starting:
            error, self._broken = self._broken, None
            self._refill()
            raise NotReady(f"a worker did not start: {error}") from error
