"""RAR archives (version 2.9), written byte by byte: no program that may be shipped writes them.

Packed data is written as RAR packs it, with a Huffman code in which every byte stands for itself: what unpacks it must
know the format all the same.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

MARK = b"Rar!\x1a\x07\x00"
STORED, PACKED = 0x30, 0x33
UNIX, LINK = 3, 0o120777
SPLIT_BEFORE, SPLIT_AFTER, ENCRYPTED, SOLID, UNICODE, ALWAYS = 1, 2, 4, 0x10, 0x200, 0x8000
FOLDER = 0xE0
VOLUME, FIRST_VOLUME, NEW_NAMES = 1, 0x100, 0x10


@dataclass(frozen=True, slots=True)
class RarEntry:
    """One entry; ``size`` and ``crc`` are what its header says, by default the truth."""

    name: str
    data: bytes = b""
    method: int = STORED
    flags: int = 0
    mode: int = 0o100644
    size: int | None = None
    crc: int | None = None


def rar(*entries: RarEntry, flags: int = 0, end_flags: int = 0) -> bytes:
    """The archive."""
    return MARK + _block(0x73, flags, bytes(6)) + b"".join(map(_entry, entries)) + _block(0x7B, 0x4000 | end_flags, b"")


def _block(kind: int, flags: int, rest: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _entry(entry: RarEntry) -> bytes:
    packed = entry.data if entry.method == STORED else pack(entry.data)
    name, flags = _name(entry.name)
    size = len(entry.data) if entry.size is None else entry.size
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    rest = struct.pack("<IIBIIBBHI", len(packed), size, UNIX, crc, 33 << 16, 29, entry.method, len(name), entry.mode)
    return _block(0x74, ALWAYS | flags | entry.flags, rest + name) + packed


def _name(name: str) -> tuple[bytes, int]:
    """A name, and the flag that says it is Unicode: plain, a zero, then every character as two bytes."""
    if name.isascii():
        return name.encode(), 0
    plain = name.encode("ascii", "replace")
    out = bytearray(plain + b"\0" + b"\0")
    characters = name.encode("utf-16-le")
    for start in range(0, len(characters), 8):
        pairs = characters[start : start + 8]
        out.append(0xAA << (8 - len(pairs)) & 0xFF)  # 2 in two bits for each: a character of two bytes follows
        out += pairs
    return bytes(out), UNICODE


def pack(data: bytes) -> bytes:
    """Data as RAR 2.9 packs it: tables that give a byte a code of eight bits, the last and the end nine; then codes."""
    lengths = {8: 2, 9: 2, 17: 2, 18: 3, 19: 3}  # of the codes 00, 01, 10, 110 and 111
    bits = "00" + "".join(f"{lengths.get(symbol, 0):04b}" for symbol in range(20))
    bits += "00" + "10" + f"{127:07b}" + "10" + f"{105:07b}" + "01" + "01"  # 255 times 8, twice 9
    bits += "111" + f"{127:07b}" + "110" + f"{6:03b}"  # 147 times 0
    bits += "".join(f"{byte:08b}" if byte < 255 else "111111110" for byte in data)
    bits += "111111111" + "00"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")
