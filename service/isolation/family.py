"""A worker and all that it started, found in ``/proc`` and killed together. Where there is no ``/proc``, its group."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_ROUNDS = 10  # a process that starts others faster than they are found is stopped first, so that one round is usual
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


class _Process(NamedTuple):
    pid: int
    parent: int
    session: int
    ended: bool


def kill_family(pid: int, mark: str) -> None:
    """Kill a worker that leads a session, and its descendants. The worker must not have been waited for yet.

    Found are those whose parent is one of the family, those in its session, and those that carry its ``mark`` (a
    ``NAME=value``) in their environment: one that was started by a worker which is dead has lost its parent.
    """
    _signal(pid, signal.SIGSTOP)
    for _ in range(_ROUNDS):
        found = [one for one in _relatives(pid, mark) if one != pid]
        for one in found:
            _signal(one, signal.SIGKILL)
        if not found:
            break
    _signal(pid, signal.SIGKILL)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process holds; 0 when it is gone."""
    text = _read(pid, "statm").split()
    return int(text[1]) * _PAGE if len(text) > 1 else 0


def cpu_seconds_of(pid: int) -> float:
    """Seconds a process has computed; 0 when it is gone."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _relatives(pid: int, mark: str) -> set[int]:
    everyone = [one for one in _everyone() if not one.ended]
    family = {pid} | {one.pid for one in everyone if one.session == pid or _carries(one.pid, mark)}
    while grown := {one.pid for one in everyone if one.parent in family} - family:
        family |= grown
    return family & {one.pid for one in everyone}


def _everyone() -> Iterator[_Process]:
    for name in os.listdir(_PROC) if _PROC.is_dir() else ():
        if name.isdigit() and (fields := _stat(int(name))):
            yield _Process(int(name), int(fields[1]), int(fields[3]), fields[0] in {b"Z", b"X"})


def _stat(pid: int) -> list[bytes]:
    """The fields after the name of the program, which may hold spaces and brackets: state, parent, group, session …"""
    return _read(pid, "stat").rpartition(b")")[2].split()


def _carries(pid: int, mark: str) -> bool:
    return mark.encode() in _read(pid, "environ").split(b"\0")


def _read(pid: int, name: str) -> bytes:
    """Without the ways of a Path, which cost more than the reading does: each worker is looked at all the time."""
    try:
        with open(f"{_PROC}/{pid}/{name}", "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return b""


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
