"""ZIP archives. Names that do not say their encoding are GBK, as a Chinese Windows writes them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from extractors.errors import Encrypted, Unreadable
from service.archive.budget import Budget
from service.archive.entry import Entry, Readable, no_file, refusing
from service.archive.guard import Guarded

UTF8 = 0x800  # bit of an entry that says how its name is encoded
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError)
_CENTRAL_ENTRY = b"PK\x01\x02"


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """The entries of a ZIP, in its order, folders left out.

    Raises:
        Unreadable: it is none. TooLarge: it says it holds more than it may; before anything of it is unpacked.
    """
    _refuse_a_crowd(path, budget)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise Unreadable(f"it is no ZIP archive: {error}") from error
    found = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    budget.foresee(len(found), sum(entry.file_size for entry in found))
    for entry in found:
        yield Entry(_path(entry), _way(archive, entry, budget.password), entry.file_size)


def _refuse_a_crowd(path: Path, budget: Budget) -> None:
    """Counted in the raw bytes: opening a directory of a million entries already costs seconds."""
    count = path.read_bytes().count(_CENTRAL_ENTRY)
    if count > 2 * budget.bounds.entries:
        budget.foresee(count, 0)


def _way(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, password: str | None) -> Callable[[], Readable]:
    if entry.flag_bits & ENCRYPTED:
        return refusing(Encrypted()) if password is None else partial(_unlock, archive, entry, password.encode())
    if stat.S_ISLNK(entry.external_attr >> 16):
        return no_file("a symbolic link")
    return partial(_open, archive, entry)


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Readable:
    return Guarded(lambda: archive.open(entry), BROKEN)


def _unlock(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, password: bytes) -> Readable:
    try:
        opened = archive.open(entry, pwd=password)
    except NotImplementedError as error:  # AES, which this library does not know
        raise Unreadable(f"it is encrypted in a way that is not known: {error}; unpack it before it is sent") from error
    except RuntimeError as error:
        raise Encrypted(given=True) from error
    return Guarded(lambda: opened, BROKEN)


def _path(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
