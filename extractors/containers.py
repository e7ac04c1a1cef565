"""The names inside ZIP and OLE containers, read cheaply from bytes that may be truncated or hostile.

Never unpacks more than a few kilobytes, never raises: what cannot be read is left out.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LOCAL, _CENTRAL, _END, _END64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"
_MOST_NAMES = 10_000
_BEGINNING = 65_536  # bytes unpacked of an entry to learn the kind of a package

_FREE_SECTOR = 0xFFFFFFFA  # this and above are marks, not sector numbers
_MOST_SECTORS = 4_096  # of the OLE directory, which has four names in a sector


@dataclass(frozen=True, slots=True)
class ZipEntries:
    """Names of the entries of an archive with the offsets of their data; ``whole`` when the archive has its end."""

    offsets: dict[str, int]
    whole: bool


def zip_entries(data: bytes) -> ZipEntries:
    """The entries of the outer archive: an archive stored inside is not mistaken for it.

    They are read from the directory at the end; when a cut took that away, from the headers of what is left.
    """
    start = _directory_start(data)
    if start is None:
        return ZipEntries(_local_names(data), whole=False)
    return ZipEntries(_central_names(data, start), whole=True)


def _directory_start(data: bytes) -> int | None:
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 20 > len(data):
        return None
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    end64 = data.rfind(_END64, max(0, end - 1_024), end)
    if end64 >= 0:
        end, size = end64, int.from_bytes(data[end64 + 40 : end64 + 48], "little")
    return end - size if 0 <= size <= end else None


def _central_names(data: bytes, position: int) -> dict[str, int]:
    offsets: dict[str, int] = {}
    while data.startswith(_CENTRAL, position) and len(offsets) < _MOST_NAMES and position + 46 <= len(data):
        name, extra, comment, offset = struct.unpack("<28xHHH8xI", data[position : position + 46])
        offsets[_name(data, position + 46, name)] = offset
        position += 46 + name + extra + comment
    return offsets


def _local_names(data: bytes) -> dict[str, int]:
    offsets: dict[str, int] = {}
    position = data.find(_LOCAL)
    while position >= 0 and len(offsets) < _MOST_NAMES and position + 30 <= len(data):
        packed, name, extra = struct.unpack("<18xI4xHH", data[position : position + 30])
        offsets[_name(data, position + 30, name)] = position
        position = data.find(_LOCAL, position + 30 + name + extra + packed)
    return offsets


def _name(data: bytes, start: int, length: int) -> str:
    return data[start : start + length].decode("utf-8", "replace").replace("\\", "/").lstrip("/")


def zip_beginning(data: bytes, offset: int) -> bytes:
    """The first bytes, unpacked, of the entry whose header stands at ``offset``; none when it cannot be unpacked."""
    header = data[offset : offset + 30]
    if len(header) < 30:
        return b""
    method, packed, name_length, extra_length = struct.unpack("<8xH8xI4xHH", header)
    start = offset + 30 + name_length + extra_length
    if method == 0:
        return data[start : start + min(packed, _BEGINNING)]
    if method != zlib.DEFLATED:
        return b""
    try:
        return zlib.decompressobj(-15).decompress(data[start : start + _BEGINNING], _BEGINNING)
    except zlib.error:
        return b""


def ole_streams(data: bytes) -> frozenset[str]:
    """Names directly under the root of an OLE file: those of embedded objects lie deeper and are left out."""
    if len(data) < 512:
        return frozenset()
    directory = _directory(data)
    children = _children_of_root(directory)
    return frozenset(_entry_name(directory, index) for index in children)


def _directory(data: bytes) -> bytes:
    """The sectors of the directory, joined along the allocation table."""
    size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    table = _allocation_table(data, size)
    sectors: list[bytes] = []
    sector = int.from_bytes(data[48:52], "little")
    while sector < _FREE_SECTOR and len(sectors) < _MOST_SECTORS:
        start = (sector + 1) * size
        sectors.append(data[start : start + size])
        sector = table[sector] if sector < len(table) else _FREE_SECTOR
    return b"".join(sectors)


def _allocation_table(data: bytes, size: int) -> tuple[int, ...]:
    """Next sector of each sector, from the table sectors that the header lists."""
    raw = bytearray()
    for sector in struct.unpack("<109I", data[76:512]):
        if sector < _FREE_SECTOR:
            raw += data[(sector + 1) * size : (sector + 2) * size].ljust(size, b"\xff")
    return struct.unpack(f"<{len(raw) // 4}I", bytes(raw[: len(raw) // 4 * 4]))


def _children_of_root(directory: bytes) -> set[int]:
    """Indexes of the entries in the tree that hangs from the root entry."""
    seen: set[int] = set()
    waiting = [_link(directory, 0, 76)]
    while waiting:
        index = waiting.pop()
        if index in seen or index >= len(directory) // 128:
            continue
        seen.add(index)
        waiting += [_link(directory, index, 68), _link(directory, index, 72)]
    return seen


def _link(directory: bytes, index: int, offset: int) -> int:
    start = index * 128 + offset
    return int.from_bytes(directory[start : start + 4].ljust(4, b"\xff"), "little")


def _entry_name(directory: bytes, index: int) -> str:
    entry = directory[index * 128 : index * 128 + 128]
    length = min(int.from_bytes(entry[64:66], "little"), 64)
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")
