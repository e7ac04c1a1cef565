"""A file whose every fault is told as a broken document, whatever library unpacks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from extractors.errors import DocumentError, Unreadable
from service.archive.entry import Readable

T = TypeVar("T")


class Guarded:
    """What ``open_file`` gives, read only. The errors in ``faults`` become Unreadable.

    Raises:
        Unreadable: it cannot be opened, or, while it is read, not be unpacked.
    """

    def __init__(self, open_file: Callable[[], Readable], faults: tuple[type[Exception], ...]) -> None:
        self._faults = faults
        self._file = self._told(open_file)

    def read(self, size: int, /) -> bytes:
        """The next bytes; empty at the end."""
        return self._told(lambda: self._file.read(size))

    def close(self) -> None:
        """Closes what was opened; a fault while closing says nothing new."""
        self._file.close()

    def _told(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except DocumentError:
            raise
        except self._faults as error:
            raise Unreadable(f"it cannot be unpacked: {error}") from error
