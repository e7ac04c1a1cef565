"""Files that ended the process that read them, twice: they are refused until the version that reads them changes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import Protocol

import msgspec

from service.errors import Failure
from service.jobs import ExtractJob, Job

_MOST = 10_000


class Quarantine(Protocol):
    """Where such files are remembered. Safe to call from several threads; ``key`` is text of at most 200 characters."""

    def find(self, key: str) -> Failure | None:
        """Why the file is refused; None when it is not."""

    def add(self, key: str, failure: Failure) -> None:
        """Refuse the file from now on, for this reason."""


class MemoryQuarantine:
    """Remembered as long as this process lives; the oldest are forgotten beyond ``most``."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, Failure] = OrderedDict()

    def find(self, key: str) -> Failure | None:
        """Why the file is refused; None when it is not."""
        with self._lock:
            return self._failures.get(key)

    def add(self, key: str, failure: Failure) -> None:
        """Refuse the file from now on, for this reason."""
        with self._lock:
            self._failures[key] = failure
            while len(self._failures) > self._most:
                self._failures.popitem(last=False)


def quarantine_key(job: Job, sha256: str, version: str, bounds: object) -> str:
    """What is refused: the bytes of this hash, read in this way by this version within these bounds, which are told
    apart by their repr. The name of the file, and what its sender states of it, change nothing."""
    if isinstance(job, ExtractJob):
        job = msgspec.structs.replace(job, name=None, inside=None, stated=None)
    way = hashlib.sha256(msgspec.json.encode(job) + repr(bounds).encode()).hexdigest()[:16]
    return f"{sha256} {way} {version}"
