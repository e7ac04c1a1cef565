"""The bytes of a TrueType font in which every character is the same small mark.

It has a glyph for every character and ink in each, which is all that pdfium needs to keep a text.
"""

from __future__ import annotations

import struct

EM = 1000  # units
MARK = (20, 0, 180, 600)  # left, bottom, right, top: inside the narrowest letter and below any ascent
ASCENT, DESCENT = 880, -120  # of most Chinese typefaces
MANY_TO_ONE = 13  # the format of a character map in which a whole range has one glyph
FIRST, LAST = 0x21, 0x10FFFF


def one_mark() -> bytes:
    """The font. Glyph 0 stands for a missing character and is blank, glyph 1 is the mark."""
    glyph = _glyph()
    return _assembled(
        {
            b"cmap": _character_map(),
            b"glyf": glyph,
            b"head": _head(),
            b"hhea": struct.pack(">I3hH11hH", 0x10000, ASCENT, DESCENT, 0, EM, 0, 0, EM, 1, *[0] * 7, 1),
            b"hmtx": struct.pack(">Hhh", EM, 0, MARK[0]),
            b"loca": struct.pack(">3I", 0, 0, len(glyph)),
            b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
        }
    )


def _glyph() -> bytes:
    """One contour of four points, each on the curve and relative to the one before it."""
    left, bottom, right, top = MARK
    steps = (left, 0, right - left, 0), (bottom, top - bottom, 0, bottom - top)
    outline = struct.pack(">5hHH4B", 1, *MARK, 3, 0, 1, 1, 1, 1) + struct.pack(">8h", *steps[0], *steps[1])
    return outline + b"\0" * (-len(outline) % 4)


def _head() -> bytes:
    magic, long_offsets = 0x5F0F3CF5, 1
    dates = 0, 0
    return struct.pack(">4IHHqq4hHHhhh", 0x10000, 0x10000, 0, magic, 0, EM, *dates, *MARK, 0, 8, 2, long_offsets, 0)


def _character_map() -> bytes:
    unicode_of_windows = 3, 10
    header = struct.pack(">4HI", 0, 1, *unicode_of_windows, 12)
    return header + struct.pack(">HHIII3I", MANY_TO_ONE, 0, 28, 0, 1, FIRST, LAST, 1)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, each at a multiple of four bytes."""
    place = 12 + 16 * len(tables)
    directory, body = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for tag in sorted(tables):
        padded = tables[tag] + b"\0" * (-len(tables[tag]) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", tag, checksum, place + len(body), len(tables[tag]))
        body += padded
    return directory + body
