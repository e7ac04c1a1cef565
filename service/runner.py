"""Runs jobs in child processes. A child that hangs is killed, one that dies is replaced; the next job works.

Our own supervisor rather than a pool of the standard library: there, one child that dies breaks every later call.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Protocol

import msgspec

from service import worker
from service.errors import DocumentFailed, DocumentTimeout, NotReady, QueueFull, WorkerCrashed
from service.jobs import Done, Failed, Job, Message, Progress, Ready, Taken

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


class WorkerLost(Exception):
    """A process was dead before it had its job, through no document's fault."""


class WorkerProcess:
    """One child process and the pipe to it. It ends by itself when we do: its standard input closes then."""

    def __init__(self, starter: str) -> None:
        self._conn, theirs = multiprocessing.Pipe()
        with theirs:
            self._process = subprocess.Popen(
                # A new process rather than a fork: a fork of a process with threads may lock up.
                [sys.executable, "-P", "-m", "service.worker", str(theirs.fileno()), starter],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
                stdout=2,  # a C library that prints must not write into our output
                start_new_session=True,  # Ctrl-C is for us; we end our children ourselves
            )
        self._ready = False
        self.documents = 0

    def run(self, job: Job, data: bytes, limit: TimeLimit, on_progress: worker.Report | None) -> bytes:
        """The answer to ``job``; after any error but DocumentFailed the process is of no more use.

        Raises:
            WorkerLost: the process was dead before it had the job.
            ServiceError: there is no answer.
        """
        self._await_ready()
        self.documents += 1
        self._hand_over(job, data)
        return self._answer(limit, on_progress)

    def _hand_over(self, job: Job, data: bytes) -> None:
        try:
            self._conn.send_bytes(msgspec.msgpack.encode(job))
            self._conn.send_bytes(data)
            self._receive(time.monotonic() + START_LIMIT)
        except (EOFError, OSError) as error:
            raise WorkerLost from error

    def _answer(self, limit: TimeLimit, on_progress: worker.Report | None) -> bytes:
        page: int | None = None
        begun = time.monotonic()
        seconds = limit.seconds(0)
        try:
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
                    case Ready() | Taken() as message:
                        raise WorkerCrashed(f"it said {type(message).__name__} out of turn", page)
        except TimeoutError as error:
            raise DocumentTimeout(seconds, page) from error
        except (EOFError, OSError) as error:
            raise WorkerCrashed(self._cause_of_death(), page) from error

    def terminate(self) -> None:
        """Send the process to its end; whoever waits for its answer is told, and frees it."""
        self._process.kill()

    def kill(self) -> None:
        """End the process at once and free what it held."""
        self._process.kill()
        self._process.wait()
        self._conn.close()
        if self._process.stdin is not None:
            self._process.stdin.close()

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
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:
            return "it closed its pipe"
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class ProcessRunner:
    """``workers`` child processes, started now; more jobs wait, at most ``queue_limit`` of them.

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
            self._slots.put(self._started())

    def run(self, job: Job, data: bytes, on_progress: worker.Report | None = None) -> bytes:
        """The answer to ``job``; waits for a free process. Raises a ServiceError when there is none."""
        self._enter()
        try:
            try:
                return self._run_once(job, data, on_progress)
            except WorkerLost:
                return self._run_once(job, data, on_progress)
        except WorkerLost as error:
            raise NotReady("workers die before they are given a document") from error
        finally:
            self._leave()

    def _run_once(self, job: Job, data: bytes, on_progress: worker.Report | None) -> bytes:
        process = self._slots.get() or self._start()
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
        for slot in [self._slots.get_nowait() for _ in range(self._slots.qsize())]:
            if slot is not None:
                self._drop(slot)
            self._slots.put(None)

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

    def _start(self) -> WorkerProcess:
        with self._lock:
            if self._closed:
                self._slots.put(None)
                raise NotReady("it is ending")
            try:
                return self._started()
            except OSError as error:
                self._slots.put(None)
                raise NotReady(f"a worker did not start: {error}") from error

    def _started(self) -> WorkerProcess:
        process = WorkerProcess(self._starter)
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
