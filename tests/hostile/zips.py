"""ZIP archives written byte by byte, so that they can lie."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

DEFLATED = 8


def deflated(data: bytes) -> bytes:
    """Raw deflate, as entries hold it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zeros(count: int) -> bytes:
    """``count`` spaces deflated: one piece that stands alone, over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * (count // 1_000_000) + packer.flush()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``size`` and ``packed_size`` are what the directory says; ``local_name`` what its own header says."""

    name: str
    packed: bytes
    size: int
    crc: int = 0
    method: int = DEFLATED
    flags: int = 0x800
    local_name: str | None = None
    packed_size: int | None = None
    offset: int | None = None


def entry(name: str, data: str | bytes, **lies: object) -> Entry:
    """An honest entry, but for ``lies``."""
    raw = data.encode() if isinstance(data, str) else data
    honest = {"packed": deflated(raw), "size": len(raw), "crc": zlib.crc32(raw)}
    return Entry(name, **{**honest, **lies})  # type: ignore[arg-type]  # the names are those of the fields


def archive(entries: list[Entry], *, before: bytes = b"", comment: bytes = b"", count: int | None = None) -> bytes:
    """The bytes of an archive; ``count`` is how many entries its end says it has."""
    out = bytearray(before)
    directory = bytearray()
    for one in entries:
        offset = len(out) if one.offset is None else one.offset
        if one.offset is None:
            out += _local(one) + one.packed
        directory += _central(one, offset)
    said = min(len(entries) if count is None else count, 0xFFFF)
    start = min(len(out), 0xFFFFFFFF)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, said, said, len(directory), start, len(comment))
    return bytes(out + directory) + end + comment


def _sizes(one: Entry) -> tuple[int, int, int]:
    return one.crc, len(one.packed) if one.packed_size is None else one.packed_size, one.size


def _local(one: Entry) -> bytes:
    name = (one.name if one.local_name is None else one.local_name).encode()
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, one.flags, one.method, 0, 33, *_sizes(one), len(name), 0)
    return head + name


def _central(one: Entry, offset: int) -> bytes:
    name = one.name.encode()
    head = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        *(b"PK\1\2", 20, 20, one.flags, one.method, 0, 33, *_sizes(one), len(name), 0, 0, 0, 0, 0, offset),
    )
    return head + name
