"""Runs jobs in worker processes. One that hangs is killed, one that dies is replaced; no other job is disturbed.

Our own supervisor rather than a library's pool: see docs/decisions/0016-our-own-supervisor.md.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from service import worker
from service.errors import (
    DocumentFailed,
    DocumentTimeout,
    NotReady,
    QueueFull,
    WorkerCrashed,
    WorkerMemory,
)
from service.isolation.bounds import Bounds
from service.isolation.pool import Pool, PoolSize
from service.isolation.process import WorkerLost, WorkerProcess
from service.isolation.quarantine import MemoryQuarantine, Quarantine, quarantine_key
from service.isolation.watch import Watch
from service.jobs import Job

STARTER = "service.tasks:start"

log = logging.getLogger("gongkai.runner")


class Runner(Protocol):
    """Something that does jobs. Safe to call from several threads."""

    def run(
        self,
        job: Job,
        data: bytes,
        on_progress: worker.Report | None = None,
        cancel: threading.Event | None = None,
        sha256: str | None = None,
    ) -> bytes:
        """The answer to ``job``. ``on_progress`` is told now and then which page of how many is being read;
        once ``cancel`` is set, the job is ended. ``sha256`` is the hash of the data, where it is known.

        Raises:
            Cancelled: it was called off.
            ServiceError: there is no answer.
        """

    def close(self) -> None:
        """End everything that runs."""


@dataclass(slots=True)
class _Task:
    """One job, and the seconds that attempts at it have taken."""

    job: Job
    data: bytes
    on_progress: worker.Report | None
    cancel: threading.Event | None
    spent: float = 0.0


class ProcessRunner:
    """As many worker processes as ``size`` says, started now; more jobs wait, as many as it says.

    ``retry_after`` of a QueueFull comes from the time that the last jobs took. ``version`` is that of what reads.
    """

    def __init__(
        self,
        size: PoolSize | None = None,
        bounds: Bounds | None = None,
        *,
        quarantine: Quarantine | None = None,
        version: str = "",
        starter: str = STARTER,
    ) -> None:
        self._size = size or PoolSize()
        self._bounds = bounds or Bounds()
        self._quarantine = quarantine or MemoryQuarantine()
        self._version = version
        self._lock = threading.Lock()
        self._inside = 0
        self._took: deque[float] = deque([1.0], maxlen=20)
        self._pool = Pool(self._size, starter, self._bounds)

    def run(
        self,
        job: Job,
        data: bytes,
        on_progress: worker.Report | None = None,
        cancel: threading.Event | None = None,
        sha256: str | None = None,
    ) -> bytes:
        """The answer to ``job``; waits for a free process. A process that dies of it is replaced, and it is tried once
        more in a fresh one, within what is left of its time.

        Raises:
            Cancelled: it was called off.
            ServiceError: there is no answer; after a second death, nor will there be for these bytes.
        """
        self._enter()
        try:
            key = quarantine_key(job, sha256 or hashlib.sha256(data).hexdigest(), self._version, self._bounds)
            if (known := self._quarantine.find(key)) is not None:
                raise DocumentFailed(known)
            return self._tried(_Task(job, data, on_progress, cancel), key)
        finally:
            self._leave()

    @property
    def load(self) -> int:
        """Jobs that run or wait."""
        return self._inside

    @property
    def scratch(self) -> Path:
        """The folder in which each worker has its own."""
        return self._pool.scratch.root

    def close(self) -> None:
        """Kill all worker processes; jobs that run or wait end as NotReady."""
        self._pool.close()

    def _tried(self, task: _Task, key: str) -> bytes:
        try:
            try:
                return self._attempt(task)
            except (WorkerCrashed, WorkerMemory) as error:
                if isinstance(error, WorkerMemory) and error.fresh:
                    raise  # no process will have more
                log.warning("%s; it is tried once more in a fresh process", error)
                return self._attempt(task, fresh=True)
        except (WorkerCrashed, WorkerMemory) as error:
            self._quarantine.add(key, error.failure)
            raise
        except DocumentTimeout as error:
            if not error.idle:
                self._quarantine.add(key, error.failure)
            raise

    def _attempt(self, task: _Task, *, fresh: bool = False) -> bytes:
        """One attempt, whichever process is found alive for it."""
        for _ in range(self._size.workers + self._size.spares + 1):
            try:
                return self._attempt_in(self._pool.lend(fresh=fresh, cancel=task.cancel), task)
            except WorkerLost:
                continue
        raise NotReady("workers die before they are given a document")

    def _attempt_in(self, process: WorkerProcess, task: _Task) -> bytes:
        watch = Watch(self._bounds.time, task.cancel, task.spent, task.on_progress)
        begun = time.monotonic()
        keep = False
        try:
            answer = process.run(task.job, task.data, watch)
            keep = True
            return answer
        except DocumentFailed:
            keep = True
            raise
        finally:
            task.spent = watch.used
            self._took.append(time.monotonic() - begun)
            self._pool.give_back(process, keep=keep)

    def _enter(self) -> None:
        with self._lock:
            if self._inside >= self._size.workers + self._size.queue:
                seconds = sum(self._took) / len(self._took) * self._inside / self._size.workers
                raise QueueFull(self._size.queue, max(1, round(seconds)))
            self._inside += 1

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1
