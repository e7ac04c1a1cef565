"""Tapes (tar), packed or not, and single files packed by gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from extractors.errors import Unreadable
from service.archive.budget import Budget
from service.archive.entry import Entry, Readable, no_file
from service.archive.guard import Guarded

BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_PACKERS: tuple[tuple[bytes, Callable[[Path], Readable]], ...] = (
    (b"\x1f\x8b", gzip.GzipFile),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)
_MARK, _AT = b"ustar", 257


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """The entries of a tape in its order, folders left out; or the one file that is packed.

    Raises:
        Unreadable: it is broken.
    """
    del budget  # neither says beforehand what it holds: it is counted as it is unpacked
    head = path.read_bytes()[:6]
    packer = next((opener for mark, opener in _PACKERS if head.startswith(mark)), None)
    if packer is not None and not _is_tape(packer, path):
        yield Entry("", _guarded(partial(packer, path)))
        return
    try:
        with tarfile.open(path, "r:*", encoding="utf-8", errors="surrogateescape") as tape:
            for one in tape:
                if not one.isdir():
                    yield Entry(_name(one.name), _way(tape, one), one.size if one.isreg() else None)
    except BROKEN as error:
        raise Unreadable(f"it is no tar archive, or broken: {error}") from error


def _is_tape(packer: Callable[[Path], Readable], path: Path) -> bool:
    try:
        with closing(packer(path)) as packed:
            return packed.read(_AT + len(_MARK)).endswith(_MARK)
    except BROKEN:
        return False


def _way(tape: tarfile.TarFile, one: tarfile.TarInfo) -> Callable[[], Readable]:
    if not one.isreg():
        return no_file("a link or a device")
    return _guarded(partial(_opened, tape, one))


def _guarded(opener: Callable[[], Readable]) -> Callable[[], Readable]:
    return lambda: Guarded(opener, BROKEN)


def _opened(tape: tarfile.TarFile, one: tarfile.TarInfo) -> Readable:
    opened = tape.extractfile(one)
    if opened is None:
        raise Unreadable("it holds no bytes")
    return opened


def _name(name: str) -> str:
    """Names in UTF-8; what is none was written in GBK."""
    return name.encode("utf-8", "surrogateescape").decode("gb18030", "replace") if not name.isprintable() else name
