"""The process that unpacks an archive, seen from outside: fed the archive, asked for member after member, killed at the
end, when it is late, or when whoever asked has enough.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

import msgspec

from extractors.errors import EmptyFile
from service.archive.member import Bounds, End, Head, Lost, Member, Message, Refused
from service.archive.together import pages_last
from service.errors import DocumentFailed, DocumentTimeout, WorkerCrashed
from service.isolation.family import kill_family
from service.isolation.process import environment, mark

LARGEST_MESSAGE = 10_000_000  # bytes; of a path with its failure

_MESSAGE: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


def members(file: IO[bytes], bounds: Bounds, name: str = "", password: str | None = None) -> Iterator[Member]:
    """The files of an archive, and of archives inside it, in their order, web pages last; folders left out.

    ``file`` is an archive of any kind, or a mail, from its beginning; ``name`` is what it is called: it names
    the one file in a ``.gz``. Every entry is told: of one that is no document, or cannot be had, why.
    ``password`` opens what is encrypted in a ZIP or a 7z.

    Raises:
        DocumentFailed: it is no archive, or holds more than ``bounds`` allow (``too_many_entries``,
            ``decompression_limit``), which is seen before or while it is unpacked. What came before stays true.
        DocumentTimeout, WorkerCrashed: one entry took too long, or the process died of it.
    """
    with _copied(file) as archive, _folder() as folder:
        if os.fstat(archive).st_size == 0:
            raise EmptyFile
        ours, theirs = socket.socketpair()
        process = _started(theirs, archive, folder, name, bounds)
        conn = Connection(ours.detach())
        try:
            conn.send_bytes((password or "").encode())
            yield from pages_last(_told(conn, bounds))
        finally:
            conn.close()
            kill_family(process.pid, mark(folder))
            process.wait()


def _started(theirs: socket.socket, archive: int, folder: Path, name: str, bounds: Bounds) -> subprocess.Popen[bytes]:
    arguments = [str(theirs.fileno()), str(os.getpid()), str(archive), name, msgspec.json.encode(bounds).decode()]
    with theirs, (folder / "output").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "service.archive.child", *arguments],
            env=environment(folder),
            cwd=folder,
            pass_fds=[theirs.fileno(), archive],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _told(conn: Connection, bounds: Bounds) -> Iterator[Member]:
    while True:
        match _MESSAGE.decode(_received(conn, bounds, LARGEST_MESSAGE)):
            case Head(path=path, other=other):
                yield Member(path, _received(conn, bounds, bounds.member), other)
            case Lost(path=path, failure=failure):
                yield Member(path, failure)
            case Refused(failure=failure):
                raise DocumentFailed(failure)
            case End():
                return


def _received(conn: Connection, bounds: Bounds, most: int) -> bytes:
    if not conn.poll(bounds.seconds):
        raise DocumentTimeout(bounds.seconds, None)
    try:
        return conn.recv_bytes(most)
    except (EOFError, OSError) as error:
        raise WorkerCrashed("unpacking the archive") from error


@contextmanager
def _copied(file: IO[bytes]) -> Iterator[int]:
    """The descriptor of a file on this machine with the same bytes."""
    try:
        yield file.fileno()
    except (io.UnsupportedOperation, AttributeError, OSError):
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield copy.fileno()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gongkai-archive-") as name:
        yield Path(name)
