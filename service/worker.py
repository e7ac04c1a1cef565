"""The child process: takes jobs from a pipe one after the other, and answers on it. One thread, so pdfium is safe.

This is the only place that catches every exception: whatever our own code does wrong with one document must not take
the process down, and must be told to whoever asked.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import os
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from extractors.errors import DocumentError
from service.errors import Failure, WorkerCrashed, WorkerMemory, failure_of
from service.isolation import sandbox
from service.isolation.board import Board
from service.isolation.bounds import Bounds
from service.jobs import Done, Failed, Job, Message, Progress, Ready, Taken

GARBAGE = 10_000  # objects that may be made before the youngest are looked through; peak memory stays the same
CPU_PER_SECOND = 2  # seconds of computing for each of the limit: a library may have threads

Report = Callable[[int, int], None]


class Reporter:
    """Tells which page is being read, and how many were read from their images."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._say = tell
        self._last = Progress(0, 0)

    def __call__(self, page: int, pages: int) -> None:
        """``page`` of ``pages`` is being read."""
        self._tell(Progress(page, pages, self._last.recognised))

    def recognises(self, count: int) -> None:
        """The same page is being read from its image; it is the ``count``-th."""
        self._tell(Progress(self._last.page, self._last.pages, count))

    def _tell(self, progress: Progress) -> None:
        self._last = progress
        self._say(progress)


Handler = Callable[[Job, bytes, Reporter], bytes]

_JOB: msgspec.msgpack.Decoder[Job] = msgspec.msgpack.Decoder(Job)


def main(conn: Connection, parent: int, bounds: Bounds, starter: str) -> None:
    """Serve jobs until the pipe is closed at its other end. ``starter`` is ``module:function``; it makes a Handler.

    ``parent`` is the process that started us, and with which we end.
    """
    faulthandler.enable()
    sandbox.leave_with(parent)
    board = Board(Path.cwd())
    handler = _load(starter)()
    settle_memory()
    sandbox.bind(bounds)
    _send(conn, Ready())
    while True:
        try:
            job = _JOB.decode(conn.recv_bytes())
            data = conn.recv_bytes()
        except EOFError:
            return
        sandbox.allow_cpu(CPU_PER_SECOND * bounds.time.most)
        _send(conn, Taken())
        _answer(conn, attempt(handler, job, data, Reporter(board.tell)))


def settle_memory() -> None:
    """Takes what was loaded so far out of every later garbage collection, and lets more pile up before the next one.

    A document makes a million objects that end with it; going through all of them every 700 was an eighth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 10, 10)


def _load(path: str) -> Callable[[], Handler]:
    module, _, name = path.partition(":")
    starter: Callable[[], Handler] = getattr(importlib.import_module(module), name)
    return starter


def _answer(conn: Connection, outcome: bytes | Failure) -> None:
    if isinstance(outcome, Failure):
        _send(conn, Failed(outcome))
    else:
        _send(conn, Done(len(outcome)))
        write_all(conn.fileno(), outcome)


def attempt(handler: Handler, job: Job, data: bytes, report: Reporter) -> bytes | Failure:
    """The handler's answer, or why there is none."""
    try:
        return handler(job, data, report)
    except DocumentError as error:
        return failure_of(error)
    except MemoryError:
        return WorkerMemory().failure
    except Exception as error:  # noqa: BLE001  the worker's edge: see the module docstring
        traceback.print_tb(error.__traceback__)  # without the message, which may quote the document
        return WorkerCrashed(f"{type(error).__name__}: {error}").failure


def write_all(file: int, data: bytes) -> None:
    """Write all of it, however little is taken at a time."""
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _send(conn: Connection, message: Message) -> None:
    conn.send_bytes(msgspec.msgpack.encode(message))


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])), int(sys.argv[2]), msgspec.json.decode(sys.argv[3], type=Bounds), sys.argv[4])
