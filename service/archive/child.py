"""The process that unpacks one archive: sends its members one by one, as fast as they are taken, and ends.

``python -m service.archive.child SOCKET PARENT FILE NAME BOUNDS``: descriptors of a socket and of the archive, the
process that started it, the name of the archive, and its Bounds as JSON.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from extractors.errors import DocumentError, Unreadable
from service.archive.member import Bounds, End, Head, Lost, Message, Refused
from service.archive.walk import walk
from service.errors import Failure, WorkerMemory, failure_of
from service.isolation import bounds as isolation
from service.isolation import sandbox

CPU = 4.0  # times the seconds of one entry: what the whole of it may compute


def main(conn: Connection, parent: int, file: int, name: str, bounds: Bounds) -> None:
    """Send every member, then the end."""
    sandbox.leave_with(parent)
    sandbox.bind(isolation.Bounds(memory=bounds.memory, file_bytes=bounds.unpacked, sealed=False))
    password = conn.recv_bytes().decode() or None  # not an argument, which every user of the machine could see
    try:
        for member in walk(Path(f"/proc/{os.getpid()}/fd/{file}"), name, bounds, password):
            sandbox.allow_cpu(bounds.seconds)
            if isinstance(member.content, Failure):
                _send(conn, Lost(member.path, member.content))
            else:
                _send(conn, Head(member.path, member.other))
                conn.send_bytes(member.content)
        _send(conn, End())
    except DocumentError as error:
        _send(conn, Refused(failure_of(error)))
    except MemoryError:
        _send(conn, Refused(WorkerMemory().failure))
    except Exception as error:  # noqa: BLE001  what unpacks fails on bad bytes in ways of its own
        _send(conn, Refused(failure_of(Unreadable(f"it cannot be unpacked: {type(error).__name__}"))))


def _send(conn: Connection, message: Message) -> None:
    conn.send_bytes(msgspec.msgpack.encode(message))


if __name__ == "__main__":
    main(
        Connection(int(sys.argv[1])),
        int(sys.argv[2]),
        int(sys.argv[3]),
        sys.argv[4],
        msgspec.json.decode(sys.argv[5], type=Bounds),
    )
