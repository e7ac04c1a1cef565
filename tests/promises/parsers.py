"""Parsers that misbehave, for the worker processes of these tests: the runner is told to load them by its argument.

A document that begins with ORDER is an order to misbehave; every other is read as in production.
"""

from __future__ import annotations

import ctypes
import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from extractors.errors import Unreadable
from extractors.model import Document
from extractors.options import Options
from service import compose, tasks
from service.jobs import Job
from service.worker import Handler, Reporter

ORDER = b"%ORDER "
LIBC = ctypes.CDLL(None)


def start() -> Handler:
    """The handler of production, but for orders."""
    read = tasks.start()

    def perform(job: Job, data: bytes, report: Reporter) -> bytes:
        if not data.startswith(ORDER):
            return read(job, data, report)
        report(1, 1)
        name, *arguments = data.removeprefix(ORDER).decode().split()
        return ORDERS[name](*arguments)

    return perform


def start_broken() -> Handler:
    """As if the library that reads documents were not installed rightly."""

    def fails(data: bytes, options: Options) -> Document:
        raise Unreadable("no library")

    whole = compose.deps
    compose.deps = lambda: dataclasses.replace(whole(), extract=fails)
    return tasks.start()


def killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def segfaults() -> bytes:
    return ctypes.string_at(0)


def spins() -> bytes:
    """In C, with the lock of the interpreter held: no thread and no signal handler of Python runs any more."""
    re.match(r"(a+)+$", "a" * 64 + "b")
    return b""


def eats_memory() -> bytes:
    held = []
    while True:
        held.append(bytearray(b"x") * 10_000_000)
        time.sleep(0.005)


def eats_memory_in_c() -> bytes:
    LIBC.malloc.restype = ctypes.c_void_p
    while block := LIBC.malloc(ctypes.c_size_t(10_000_000)):
        LIBC.memset(ctypes.c_void_p(block), 1, ctypes.c_size_t(10_000_000))
        time.sleep(0.005)
    os.abort()


def closes_its_pipe() -> bytes:
    os.close(int(sys.argv[1]))
    return spins()


def babbles() -> bytes:
    os.write(int(sys.argv[1]), b"\0\0\0\x04junk")
    return spins()


def promises_much() -> bytes:
    """The head of a message of 900 kB, and nothing after it."""
    os.write(int(sys.argv[1]), (900_000).to_bytes(4, "big") + b"x")
    return spins()


def promises_too_much() -> bytes:
    os.write(int(sys.argv[1]), (2_000_000_000).to_bytes(4, "big") + b"x")
    return spins()


def has_children(mark: str, then: str) -> bytes:
    """Three, started by C so that Python cannot refuse it: one plain, one in a session of its own, one that lost its
    parent."""
    for command in (f"sleep {mark} &", f"setsid sleep {mark} &", f"(setsid sh -c 'sleep {mark} & exit' &)"):
        LIBC.system(command.encode())
    while _sleeping(mark) < 3:
        time.sleep(0.02)
    return ORDERS[then]()


def _sleeping(mark: str) -> int:
    found = 0
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found += path.read_bytes() == f"sleep\0{mark}\0".encode()
    return found


def leaves_files() -> bytes:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"x" * 1_000)
    return file.name.encode()


def says_environment() -> bytes:
    return json.dumps(dict(os.environ)).encode()


def says_pid() -> bytes:
    return str(os.getpid()).encode()


def writes_a_gigabyte() -> bytes:
    with tempfile.TemporaryFile() as file:
        for _ in range(1_000):
            file.write(bytes(1_000_000))
    return b""


def opens_a_socket() -> bytes:
    socket.create_connection(("127.0.0.1", 9))
    return b""


def asks_for_a_name() -> bytes:
    socket.getaddrinfo("example.org", 80)
    return b""


def starts_a_process() -> bytes:
    subprocess.run(["/bin/true"], check=True)
    return b""


def starts(program: str) -> bytes:
    subprocess.run([program], check=True)
    return b"started"


def writes_elsewhere(path: str) -> bytes:
    Path(path).write_bytes(b"x")
    return b""


ORDERS: dict[str, Callable[..., bytes]] = {
    order.__name__: order
    for order in (
        *(killed, segfaults, spins, eats_memory, eats_memory_in_c, closes_its_pipe, babbles, promises_much),
        *(promises_too_much, has_children, leaves_files, says_environment, says_pid, writes_a_gigabyte),
        *(opens_a_socket, asks_for_a_name, starts_a_process, starts, writes_elsewhere),
    )
}
