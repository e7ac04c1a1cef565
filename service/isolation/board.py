"""Where a worker says which page it reads: a few bytes of its folder that both processes see.

No message: one for each page would wake the service as often, which was a tenth of what it computed for a document.
Whatever the worker did wrong, what stands here is three numbers and nothing else.
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from service.jobs import Progress

_NUMBERS = struct.Struct("<3I")
_NAME = "progress"


class Board:
    """The board of the worker of a folder; it is made by who comes first."""

    def __init__(self, folder: Path) -> None:
        with (folder / _NAME).open("a+b") as file:
            file.truncate(_NUMBERS.size)
            self._map = mmap.mmap(file.fileno(), _NUMBERS.size)

    def tell(self, progress: Progress) -> None:
        """Say how far it is."""
        self._map[:] = _NUMBERS.pack(progress.page, progress.pages, progress.recognised)

    def read(self) -> Progress | None:
        """How far it is; None when it has not said since the board was wiped."""
        said = Progress(*_NUMBERS.unpack(self._map[:]))
        return said if said != _NOTHING else None

    def wipe(self) -> None:
        """Another document is read from now on."""
        self.tell(_NOTHING)

    def close(self) -> None:
        """Look at it no more."""
        self._map.close()


_NOTHING = Progress(0, 0)
