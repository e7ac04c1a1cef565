"""Where a worker says which page it reads: a few bytes of a file in its folder, which the other side looks at.

No message: one for each page would wake the service as often, which for a report of 41 pages was 9 ms of computing.
Whatever the worker does to the file, what is read here is three numbers or nothing.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from service.jobs import Progress

_NUMBERS = struct.Struct("<3I")
_NAME = "progress"
_NOTHING = Progress(0, 0)


class Board:
    """The board of the worker of a folder; it is made by who comes first, and wiped, so that a disk that is full is
    noticed then, and not when a document is read.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / _NAME, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        self.wipe()

    def tell(self, progress: Progress) -> None:
        """Say how far it is."""
        os.pwrite(self._file, _NUMBERS.pack(progress.page, progress.pages, progress.recognised), 0)

    def read(self) -> Progress | None:
        """How far it is; None when it has not said since the board was wiped."""
        said = os.pread(self._file, _NUMBERS.size, 0)
        if len(said) < _NUMBERS.size:
            return None
        progress = Progress(*_NUMBERS.unpack(said))
        return progress if progress != _NOTHING else None

    def wipe(self) -> None:
        """Another document is read from now on."""
        self.tell(_NOTHING)

    def close(self) -> None:
        """Look at it no more."""
        os.close(self._file)
