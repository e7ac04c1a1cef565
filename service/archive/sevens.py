"""7z archives, by py7zr: everything in one pass, as its solid blocks want, into files of the process's own folder."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from extractors.errors import Encrypted, Unreadable
from service.archive.budget import Budget
from service.archive.entry import Entry, Readable, no_file

BROKEN = (ArchiveError, lzma.LZMAError, OSError, EOFError, ValueError, IndexError, KeyError, TypeError)


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """The entries of a 7z, in its order, folders left out.

    Raises:
        Unreadable: it is broken. Encrypted: it has a password, and not the one that is known.
        TooLarge: it says it holds more than it may; before anything of it is unpacked.
    """
    locked = False
    try:
        with py7zr.SevenZipFile(path, password=budget.password) as archive:
            locked = archive.needs_password()
            if locked and budget.password is None:
                raise Encrypted
            found = [entry for entry in archive.list() if not entry.is_directory]
            budget.foresee(len(found), sum(entry.uncompressed or 0 for entry in found))
            store = _Store(budget)
            archive.extractall(factory=store)
    except PasswordRequired as error:
        raise Encrypted(given=budget.password is not None) from error
    except BROKEN as error:
        if locked:  # what the wrong password makes of it is any rubbish
            raise Encrypted(given=True) from error
        raise Unreadable(f"it is no 7z archive, or broken: {error}") from error
    for entry in found:
        if entry.is_symlink or not entry.is_file:
            yield Entry(entry.filename, no_file("a symbolic link"))
        else:
            yield Entry(entry.filename, partial(store.open, entry.filename), entry.uncompressed)


class _Store(WriterFactory):
    """Files of a folder of its own, one for each entry, counted while they are written."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._folder = tempfile.mkdtemp()
        self._files: dict[str, Path] = {}

    def create(self, filename: str) -> Py7zIO:
        """Where an entry is unpacked to."""
        path = Path(self._folder) / str(len(self._files))
        self._files[filename] = path
        return _Written(path.open("w+b"), self._budget)

    def open(self, filename: str) -> Readable:
        """What was unpacked."""
        if filename not in self._files:
            raise Unreadable("it was not unpacked")
        return self._files[filename].open("rb")


class _Written(Py7zIO):
    """One file that is written."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self._file = file
        self._budget = budget
        self._size = 0

    def write(self, data: bytes | bytearray) -> int:
        """The next bytes. Raises TooLarge when they are more than all together may be."""
        self._size += len(data)
        self._budget.spend(len(data))
        return self._file.write(data)

    def read(self, size: int | None = None) -> bytes:
        """What was written."""
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As files do."""
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        """As files do."""
        self._file.flush()

    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    def close(self) -> None:
        """The entry is whole."""
        self._file.close()
