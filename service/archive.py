"""The files in a ZIP archive, one after the other; what it unpacks to is counted before and while it is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from extractors.errors import DocumentError, Encrypted, TooLarge, Unreadable
from service.errors import Failure, failure_of

UTF8 = 0x800  # bit of an entry that says how its name is encoded
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold, in bytes and entries; ``member`` is the most bytes of one file."""

    entries: int
    unpacked: int
    ratio: int
    member: int


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path in it, and its bytes or why they cannot be had."""

    path: str
    content: bytes | Failure


def members(file: IO[bytes], bounds: Bounds) -> Iterator[Member]:
    """The files of an archive, in its order, folders left out.

    Raises:
        DocumentError: it is no ZIP archive, or holds more than it may; before anything of it is unpacked.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(f"it is no ZIP archive: {error}") from error
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse_too_much(entries, bounds)
    for entry in entries:
        yield Member(_path(entry), _content(archive, entry, bounds))


def _refuse_too_much(entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.entries:
        raise TooLarge("too_many_entries", "entries", bounds.entries, len(entries))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > bounds.unpacked:
        raise TooLarge("decompression_limit", "bytes", bounds.unpacked, unpacked)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > max(1, packed) * bounds.ratio:
        raise TooLarge("decompression_limit", "bytes", packed * bounds.ratio, unpacked)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> bytes | Failure:
    try:
        return _unpacked(archive, entry, min(entry.file_size, bounds.member))
    except DocumentError as error:
        return failure_of(error)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    if entry.flag_bits & ENCRYPTED:
        raise Encrypted
    try:
        with archive.open(entry) as packed:
            content = packed.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise Unreadable(f"it cannot be unpacked: {error}") from error
    if len(content) > most:
        raise TooLarge("file_too_large", "bytes", most, len(content))
    return content


def _path(entry: zipfile.ZipInfo) -> str:
    """The path as it was written: archives made on a Chinese Windows name their files in GBK, and do not say so."""
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
