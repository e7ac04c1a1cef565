"""One worker process, seen from outside: it is handed jobs over a socket, watched, and killed when it must be."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from service.errors import (
    Cancelled,
    DocumentFailed,
    DocumentTimeout,
    Failure,
    NotReady,
    WorkerCrashed,
    WorkerMemory,
)
from service.isolation.board import Board
from service.isolation.bounds import Bounds, TimeLimit
from service.isolation.family import cpu_seconds_of, kill_family, memory_of
from service.isolation.watch import Watch, Why
from service.jobs import Done, Failed, Job, Message, Ready, Taken

START_LIMIT = 120.0  # seconds for a child to load its libraries on a slow disk
LARGEST_ANSWER = 1_000_000_000  # bytes; a worker that announces more is out of its mind
LARGEST_MESSAGE = 1_000_000
TAIL = 4_000  # bytes of what a worker said last
_DYING = 2.0  # seconds between the end of a pipe and the end of its process, on a machine that is very busy
_NEARLY = 0.8  # of the memory limit: a process that dies so full has died of it
_MESSAGE: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)
_KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")  # without the first two it may not even start

log = logging.getLogger("gongkai.worker")


class WorkerLost(Exception):
    """A process was dead before it had its job, through no document's fault."""


class WorkerProcess:
    """One child process and the socket to it, in a session and a folder of its own. It is used by one thread at a time;
    ``check`` and ``end`` may be called by others.

    ``documents`` counts the jobs that it was lent to.
    """

    def __init__(self, starter: str, bounds: Bounds, folder: Path) -> None:
        """Start it, from a thread that outlives it: the child ends with the thread that started it."""
        self.documents = 0
        self._bounds = bounds
        self._folder = folder
        self._output = folder / "output"
        self._board = Board(folder)
        self._ready = False
        self._why: Why | None = None
        self._peak = 0
        self._watch: Watch | None = None
        self._lock = threading.Lock()
        self._freed = False
        self._socket, theirs = socket.socketpair()
        self._conn = Connection(os.dup(self._socket.fileno()))
        with theirs, self._output.open("ab") as output:
            arguments = [str(theirs.fileno()), str(os.getpid()), msgspec.json.encode(bounds).decode(), starter]
            self._process = subprocess.Popen(
                # A new process rather than a fork: a fork of a process with threads may lock up.
                [sys.executable, "-P", "-s", "-m", "service.worker", *arguments],
                env=environment(folder),
                cwd=folder,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,  # a C library that prints must not write into our output
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us; we end our children ourselves
            )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether a job would be begun at once."""
        return self._ready or self._conn.poll(0)

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended. It is not waited for, so that its id is still its own."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    @property
    def is_swollen(self) -> bool:
        """Whether it holds so much memory that the next document had better have another process."""
        return memory_of(self.pid) > self._bounds.memory // 2

    def run(self, job: Job, data: bytes, watch: Watch) -> bytes:
        """The answer to ``job``; after any error but DocumentFailed the process is of no more use.

        Raises:
            WorkerLost: the process was dead before it had the job.
            Cancelled: it was called off.
            ServiceError: there is no answer.
        """
        self._await_ready(watch.cancel)
        watch.begin(cpu_seconds_of(self.pid))
        with self._lock:
            self._board.wipe()
            self._watch = watch
        try:
            self._hand_over(job, data)
            match self._next(watch):
                case Failed(failure=failure):
                    raise self._reported(failure, watch.page)
                case Done(size=size):
                    return self._whole_answer(size, watch)
                case Ready() | Taken() as message:
                    raise WorkerCrashed(f"it said {type(message).__name__} out of turn", watch.page)
        finally:
            self._watch = None
            self._forget_output()

    def _await_ready(self, cancel: threading.Event | None) -> None:
        if self._ready:
            return
        self._watch = Watch(TimeLimit(START_LIMIT, 0, START_LIMIT), cancel)
        self._watch.begin()
        try:
            self._receive()
        except (EOFError, OSError) as error:
            if self._why is Why.TIMEOUT:
                raise NotReady(f"a worker did not start within {START_LIMIT:g} s") from error
            if self._why is not None:
                raise self._end_of(self._why) from error
            log.error("a worker did not start\n%s", self._last_words())
            raise NotReady(f"a worker did not start: {self._cause_of_death()}") from error
        self._ready = True

    def _hand_over(self, job: Job, data: bytes) -> None:
        try:
            self._conn.send_bytes(msgspec.msgpack.encode(job))
            self._conn.send_bytes(data)
            self._receive()
        except (EOFError, OSError) as error:
            if self._why is None:
                raise WorkerLost from error
            raise self._end_of(self._why) from error

    def _next(self, watch: Watch) -> Message:
        """What the worker says at the end of its job."""
        try:
            try:
                return self._receive()
            finally:
                self._look_at_board(watch)
        except (EOFError, OSError, msgspec.DecodeError) as error:
            raise self._end_of_job(watch) from error

    def _whole_answer(self, size: int, watch: Watch) -> bytes:
        if size > LARGEST_ANSWER:
            raise WorkerCrashed(f"it announced an answer of {size} bytes", watch.page)
        try:
            return read_all(self._socket, size)
        except OSError as error:
            raise self._end_of_job(watch) from error

    def _receive(self) -> Message:
        return _MESSAGE.decode(self._conn.recv_bytes(LARGEST_MESSAGE))

    def _reported(self, failure: Failure, page: int | None) -> Exception:
        """What a worker says of its document; that memory ran out is said of the process."""
        if failure.code == "worker_memory":
            return WorkerMemory(page, fresh=self.documents == 1)
        return DocumentFailed(failure)

    def _end_of_job(self, watch: Watch) -> Exception:
        """Why a job that had begun has no answer, as the error that says so."""
        if self._why is not None:
            return self._end_of(self._why)
        how = self._cause_of_death()
        log.error("worker %d ended: %s\n%s", self.pid, how, self._last_words())
        if how == signal.SIGXCPU.name:
            return DocumentTimeout(watch.seconds, watch.page)
        if self._peak > _NEARLY * self._bounds.memory:
            return WorkerMemory(watch.page, fresh=self.documents == 1)
        return WorkerCrashed(how, watch.page)

    def _end_of(self, why: Why) -> Exception:
        watch = self._watch
        if why is Why.CANCELLED:
            return Cancelled()
        if why is Why.CLOSING or watch is None:
            return NotReady("it is ending")
        if why is Why.MEMORY:
            return WorkerMemory(watch.page, fresh=self.documents == 1)
        return DocumentTimeout(watch.seconds, watch.page, idle=cpu_seconds_of(self.pid) - watch.cpu < watch.seconds / 2)

    def check(self) -> None:
        """End the process if its job is called off, has taken too long, or holds too much memory."""
        watch = self._watch
        if watch is None:
            return
        with self._lock:
            memory = 0 if self._freed else memory_of(self.pid)
        self._peak = max(self._peak, memory)
        self._look_at_board(watch)
        if watch.is_called_off:
            self.end(Why.CANCELLED)
        elif watch.is_late:
            self.end(Why.TIMEOUT)
        elif memory > self._bounds.memory:
            self.end(Why.MEMORY)

    def _look_at_board(self, watch: Watch) -> None:
        """Have it know how far its job is, unless that has ended and the board is another's."""
        with self._lock:
            progress = self._board.read() if self._watch is watch and not self._freed else None
            if progress is not None:
                watch.told(progress)

    def end(self, why: Why) -> None:
        """Kill it and all that it started; whoever waits for its answer is told, and frees it."""
        with self._lock:
            if self._freed or self._why is not None:
                return
            self._why = why
            kill_family(self.pid, mark(self._folder))
            with suppress(OSError):  # a process that escaped us may hold the other end: nobody waits for it
                self._socket.shutdown(socket.SHUT_RDWR)

    def free(self) -> None:
        """Kill it if need be, and give back what it held: process, sockets, folder."""
        with self._lock:
            if self._freed:
                return
            self._freed = True
            kill_family(self.pid, mark(self._folder))  # also what a process left that died by itself
            self._process.wait()
            self._conn.close()
            self._socket.close()
            self._board.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _cause_of_death(self) -> str:
        """What ended the process, without waiting for it for good: its id stays its own until it is freed."""
        deadline = time.monotonic() + _DYING
        while (ended := os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)) is None:
            if time.monotonic() > deadline:
                return "it closed its pipe"
            time.sleep(0.01)
        if ended.si_code == os.CLD_EXITED:
            return f"exit code {ended.si_status}"
        return f"signal {signal.Signals(ended.si_status).name}"

    def _last_words(self) -> str:
        with suppress(OSError):
            return self._output.read_bytes()[-TAIL:].decode("utf-8", "replace")
        return ""

    def _forget_output(self) -> None:
        """What was printed while one document was read is not kept for the next."""
        with suppress(OSError):
            os.truncate(self._output, 0)


def read_all(source: socket.socket, size: int) -> bytes:
    """So many bytes, read into one place. Raises OSError when there are fewer."""
    data = b""
    while len(data) < size:  # once, unless a signal comes
        more = source.recv(size - len(data), socket.MSG_WAITALL)
        if not more:
            raise ConnectionResetError
        data = data + more if data else more
    return data


def mark(folder: Path) -> str:
    """What the environment of a worker, and of all that it starts, holds."""
    return f"TMPDIR={folder}"


def environment(folder: Path) -> dict[str, str]:
    """Nothing of ours but what Python needs to start: no keys, no addresses of databases, no proxies."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),  # it works in another folder
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "MALLOC_ARENA_MAX": "2",
    }
