"""RAR archives, by rarfile; what is packed in them is unpacked by Debian's unar, a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import rarfile

from extractors.errors import Encrypted, ProgramMissing, Unreadable
from service.archive.budget import Budget
from service.archive.entry import Entry, Readable, no_file, refusing
from service.archive.guard import Guarded

BROKEN = (rarfile.Error, OSError, ValueError, EOFError, IndexError)
VOLUMES = "it is one of several volumes of an archive: put them together again before they are sent"


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """The entries of a RAR, in its order, folders left out.

    Raises:
        Unreadable: it is broken, or one of several volumes. Encrypted: even its names are.
        TooLarge: it says it holds more than it may; before anything of it is unpacked.
    """
    try:
        archive = rarfile.RarFile(path)
    except rarfile.NeedFirstVolume as error:
        raise Unreadable(VOLUMES) from error
    except rarfile.PasswordRequired as error:
        raise Encrypted from error
    except BROKEN as error:
        raise Unreadable(f"it is no RAR archive: {error}") from error
    found = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not found:
        raise Encrypted if archive.needs_password() else Unreadable("the RAR archive is broken or empty")
    budget.foresee(len(found), sum(entry.file_size or 0 for entry in found))
    broken = (archive.strerror() or "").startswith("Cannot open next volume")
    for number, entry in enumerate(found, 1):
        cut = broken and number == len(found)
        yield Entry(entry.filename, refusing(Unreadable(VOLUMES)) if cut else _way(archive, entry), entry.file_size)


def _way(archive: rarfile.RarFile, entry: rarfile.RarInfo) -> Callable[[], Readable]:
    if entry.needs_password():
        return refusing(Encrypted())
    if not entry.is_file():
        return no_file("a symbolic link")
    return partial(_open, archive, entry)


def _open(archive: rarfile.RarFile, entry: rarfile.RarInfo) -> Readable:
    return Guarded(lambda: _opened(archive, entry), BROKEN)


def _opened(archive: rarfile.RarFile, entry: rarfile.RarInfo) -> Readable:
    try:
        opened: Readable = archive.open(entry)
    except rarfile.RarCannotExec as error:
        raise ProgramMissing("RAR archives", "unar", "unar") from error
    return opened
