"""The name of this process among all that share a database, and whether the process of such a name is still there."""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path

PROC = Path("/proc")
STARTED = 19  # of the fields of /proc/PID/stat that follow the command's name: clock ticks from boot to its start


@cache
def _host() -> str:
    """This machine, or container, since it was started."""
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{socket.gethostname()}:{boot}"


def own_name() -> str:
    """The name of this process; no other ever has it."""
    return f"{_host()}:{os.getpid()}:{_started(os.getpid())}"


def is_gone(owner: str) -> bool:
    """Whether a process of this machine has ended. Of other machines nothing is known: their leases must run out."""
    host, pid, started = owner.rsplit(":", 2)
    return host == _host() and _started(int(pid)) != started


def _started(pid: int) -> str | None:
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return stat.rpartition(")")[2].split()[STARTED]
