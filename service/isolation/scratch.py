"""Folders for workers, removed when they end; those of a service that was killed are removed by the next one."""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "gongkai-"
_LOCK = "lock"
_SETTLED = 60.0  # seconds: a folder younger than this may be without its lock for a moment


class Scratch:
    """A folder of this service, locked while it lives, with one folder for each worker."""

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.root = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = os.open(self.root / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._names = itertools.count(1)

    def folder(self) -> Path:
        """A new empty folder."""
        folder = self.root / str(next(self._names))
        folder.mkdir(mode=0o700, parents=True)  # whoever clears away old temporary files may have taken the root
        return folder

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.root, ignore_errors=True)
        os.close(self._lock)


def _sweep(place: Path) -> None:
    for lock in place.glob(f"{PREFIX}*/{_LOCK}"):
        if _is_abandoned(lock):
            shutil.rmtree(lock.parent, ignore_errors=True)


def _is_abandoned(lock: Path) -> bool:
    try:
        if time.time() - lock.stat().st_mtime < _SETTLED:
            return False
        handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:  # gone, or another user's
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)
