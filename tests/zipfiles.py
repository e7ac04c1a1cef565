"""ZIP archives with a password, written byte by byte: the standard library only reads them (APPNOTE.TXT 6.1)."""

from __future__ import annotations

import struct
import zlib

STORED, AES = 0, 99  # ways of packing
_TABLE = [zlib.crc32(bytes([one]), 0xFFFFFFFF) ^ 0xFFFFFFFF for one in range(256)]


def locked_zip(name: str, data: bytes, password: bytes, method: int = STORED) -> bytes:
    """An archive of one entry that opens with the password; one that says it is AES is none."""
    crc = zlib.crc32(data)
    body = _encrypted(bytes(11) + bytes([crc >> 24]) + data, password)
    common = struct.pack("<HHHHHIII", 20, 1, method, 0, 0x21, crc, len(body), len(data))
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name.encode() + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name.encode()
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _encrypted(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]
    for byte in password:
        _turn(keys, byte)
    out = bytearray()
    for byte in data:
        key = keys[2] | 2
        out.append(byte ^ ((key * (key ^ 1)) >> 8 & 0xFF))
        _turn(keys, byte)
    return bytes(out)


def _turn(keys: list[int], byte: int) -> None:
    keys[0] = _crc(keys[0], byte)
    keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
    keys[2] = _crc(keys[2], keys[1] >> 24)


def _crc(value: int, byte: int) -> int:
    return (value >> 8) ^ _TABLE[(value ^ byte) & 0xFF]
