"""Runs jobs in child processes. A child that hangs is killed, one that dies is replaced; the next job works.

Our own supervisor rather than a pool of the standard library: there, one child that dies breaks every later call.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol

import msgspec

from service import worker
from service.errors import DocumentFailed, DocumentTimeout, NotReady, QueueFull, WorkerCrashed
from service.jobs import Done, Failed, Job, Message, Progress, Ready

STARTER = "service.tasks:start"
START_LIMIT = 120.0  # seconds for a child to load its libraries on a slow disk
_MESSAGE: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Seconds a job may take: ``base`` plus ``per_page`` for each page once their number is known, never above
    ``most``."""

    base: float = 60.0
    per_page: float = 1.0
    most: float = 600.0

    def seconds(self, pages: int) -> float:
        """The limit for that many pages."""
        return min(self.most, self.base + self.per_page * pages)


class Runner(Protocol):
    """Something that does jobs. Safe to call from several threads."""

    def run(self, job: Job, data: bytes, on_progress: worker.Report | None = None) -> bytes:
        """The answer to ``job``. Raises a ServiceError when there is none."""

    def close(self) -> None:
        """End everything that runs."""


class WorkerProcess:
    """One child process and the pipe to it."""

    def __init__(self, starter: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._conn, theirs = context.Pipe()
        self._process = context.Process(target=worker.main, args=(theirs, starter), name="gongkai-worker", daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False
        self.documents = 0

    @property
    def pid(self) -> int | None:
        """The process id."""
        return self._process.pid

    def run(self, job: Job, data: bytes, limit: TimeLimit, on_progress: worker.Report | None) -> bytes:
        """The answer to ``job``; after any ServiceError but DocumentFailed the process is of no more use."""
        self._await_ready()
        self.documents += 1
        page: int | None = None
        begun = time.monotonic()
        seconds = limit.seconds(0)
        try:
            self._conn.send_bytes(msgspec.msgpack.encode(job))
            self._conn.send_bytes(data)
            while True:
                match self._receive(begun + seconds):
                    case Progress() as progress:
                        page, seconds = progress.page, limit.seconds(progress.pages)
                        if on_progress is not None:
                            on_progress(progress.page, progress.pages)
                    case Failed(failure=failure):
                        raise DocumentFailed(failure)
                    case Done():
                        return self._conn.recv_bytes()
                    case Ready():
                        raise WorkerCrashed("it started twice", page)
        except TimeoutError as error:
            raise DocumentTimeout(seconds, page) from error
        except (EOFError, OSError) as error:
            raise WorkerCrashed(self._cause_of_death(), page) from error

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def terminate(self) -> None:
        """Send the process to its end; whoever waits for its answer is told, and frees it."""
        self._process.kill()

    def kill(self) -> None:
        """End the process at once and free what it held."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._conn.close()

    def _await_ready(self) -> None:
        if self._ready:
            return
        try:
            self._receive(time.monotonic() + START_LIMIT)
        except TimeoutError as error:
            raise NotReady(f"a worker did not start within {START_LIMIT:g} s") from error
        except (EOFError, OSError) as error:
            raise NotReady(f"a worker did not start: {self._cause_of_death()}") from error
        self._ready = True

    def _receive(self, deadline: float) -> Message:
        if not self._conn.poll(max(0.0, deadline - time.monotonic())):
            raise TimeoutError
        return _MESSAGE.decode(self._conn.recv_bytes())

    def _cause_of_death(self) -> str:
        self._process.join(5)
        code = self._process.exitcode
        if code is None:
            return "it closed its pipe"
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class ProcessRunner:
    """Up to ``workers`` child processes, started when first needed; more jobs wait, at most ``queue_limit`` of them.

    ``retry_after`` of a QueueFull comes from the time that the last jobs took.
    """

    def __init__(
        self,
        workers: int = 1,
        *,
        limit: TimeLimit | None = None,
        queue_limit: int = 64,
        documents: int = 50,
        starter: str = STARTER,
    ) -> None:
        self._limit = limit or TimeLimit()
        self._workers = workers
        self._queue_limit = queue_limit
        self._documents = documents
        self._starter = starter
        self._slots: queue.LifoQueue[WorkerProcess | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._inside = 0
        self._closed = False
        self._alive: set[WorkerProcess] = set()
        self._took: deque[float] = deque([1.0], maxlen=20)
        for _ in range(workers):
            self._slots.put(None)

    def run(self, job: Job, data: bytes, on_progress: worker.Report | None = None) -> bytes:
        """The answer to ``job``; waits for a free process. Raises a ServiceError when there is none."""
        self._enter()
        try:
            process = self._take()
            begun = time.monotonic()
            keep = False
            try:
                answer = process.run(job, data, self._limit, on_progress)
                keep = True
                return answer
            except DocumentFailed:
                keep = True
                raise
            finally:
                self._took.append(time.monotonic() - begun)
                self._give_back(process, keep)
        finally:
            self._leave()

    @property
    def load(self) -> int:
        """Jobs that run or wait."""
        return self._inside

    def close(self) -> None:
        """Kill all child processes; a job that is running ends as WorkerCrashed, one that waits as NotReady."""
        with self._lock:
            self._closed = True
            for process in self._alive:
                process.terminate()
        while not self._slots.empty():
            idle = self._slots.get()
            self._slots.put(None)
            if idle is None:
                return
            self._drop(idle)

    def _enter(self) -> None:
        with self._lock:
            if self._closed:
                raise NotReady("it is ending")
            if self._inside >= self._workers + self._queue_limit:
                seconds = sum(self._took) / len(self._took) * self._inside / self._workers
                raise QueueFull(self._queue_limit, max(1, round(seconds)))
            self._inside += 1

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1

    def _take(self) -> WorkerProcess:
        process = self._slots.get()
        if process is not None and not process.is_alive():  # it died while idle, through no document's fault
            self._drop(process)
            process = None
        return process or self._start()

    def _start(self) -> WorkerProcess:
        with self._lock:
            if self._closed:
                self._slots.put(None)
                raise NotReady("it is ending")
            try:
                process = WorkerProcess(self._starter)
            except OSError as error:
                self._slots.put(None)
                raise NotReady(f"a worker did not start: {error}") from error
            self._alive.add(process)
        return process

    def _give_back(self, process: WorkerProcess, keep: bool) -> None:
        if keep and process.documents < self._documents and not self._closed:
            self._slots.put(process)
        else:
            self._drop(process)
            self._slots.put(None)

    def _drop(self, process: WorkerProcess) -> None:
        with self._lock:
            self._alive.discard(process)
            process.kill()
