"""What a worker process does to itself before it is given a document: it takes away what reading a document never
needs. The system enforces the limits; the rest is a second wall, for a library that would reach out.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from service.isolation.bounds import Bounds

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_HEADROOM = 256_000_000  # bytes of addresses beyond the memory: libraries, stacks, what is mapped and not used
_WRITING = os.O_WRONLY | os.O_RDWR
_Look = Callable[[str, tuple[object, ...]], None]
_STARTS_PROCESSES = frozenset(
    ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn")
)


def leave_with(parent: int) -> None:
    """End this process with the one that started it, whatever it is doing, and be the parent of all orphans of its
    own, so that they are found."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != parent:
        os._exit(1)  # it was gone before we asked


def bind(bounds: Bounds) -> None:
    """Set the limits that hold for good. Called when everything is loaded."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, bounds.open_files)
    _lower(resource.RLIMIT_FSIZE, bounds.file_bytes)
    _lower(resource.RLIMIT_AS, _mapped() + bounds.memory + _HEADROOM)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if bounds.sealed:
        sys.addaudithook(_Seal(Path.cwd(), bounds.converter).hook())


def allow_cpu(seconds: float) -> None:
    """Let the process compute that much more; then the system ends it, though nobody watch it."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(spent.ru_utime + spent.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard))


class _Seal:
    """Refuses sockets, processes but those of the ``converter``, and files written outside ``folder``."""

    def __init__(self, folder: Path, converter: str | None) -> None:
        self._allowed = (f"{folder}{os.sep}", f"{os.devnull}{os.sep}")
        self._converter = converter

    def hook(self) -> Callable[[str, tuple[object, ...]], None]:
        """What is told of all that Python does, ten thousand times for a report: so what need not be looked at is left
        at once."""
        known: dict[str, _Look | None] = {}

        def hear(event: str, arguments: tuple[object, ...]) -> None:
            if event not in known:
                known[event] = self._look_at(event)
            look = known[event]
            if look is not None:
                look(event, arguments)

        return hear

    def _look_at(self, event: str) -> _Look | None:
        if event == "open":
            return self._opening
        if event == "subprocess.Popen":
            return self._starting
        return _refuse if event.startswith("socket.") or event in _STARTS_PROCESSES else None

    def _starting(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._converter is None or arguments[0] != self._converter:
            _refuse(event, arguments)

    def _opening(self, _event: str, arguments: tuple[object, ...]) -> None:
        path, mode, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and isinstance(path, str | bytes):
            where = os.path.abspath(os.fsdecode(path))
            if not f"{where}{os.sep}".startswith(self._allowed):
                raise PermissionError(f"a worker does not write to {where} ({mode})")


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    raise PermissionError(f"a worker does not do this: {event}")


def _lower(limit: int, value: int) -> None:
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value))


def _mapped() -> int:
    """Bytes of addresses in use."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _prctl(option: int, value: int) -> None:
    """Linux only; elsewhere there is no such call, and the limits must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
