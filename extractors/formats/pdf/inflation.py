"""What the streams of a PDF inflate to, counted before pdfium holds it in memory.

Content, fonts and object streams are counted. Pictures are not: they are not unpacked to read text, and a blank page
that was scanned inflates a thousandfold. A stream that says it is a picture and is none meets pdfium's own limit and
that of the process.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from extractors.errors import TooLarge
from extractors.options import Limits

MOST_OF_A_STREAM = 100_000_000  # bytes; a page of a map has some ten million
_MOST_RATIO = 1_032  # what deflate packs at best
_PIECE = 1 << 18
_DICTIONARY = 2_000  # bytes before the word "stream" in which its dictionary is looked for
_NUMBER = 24  # bytes of an object's number before the word "obj"
_STREAM = re.compile(rb"stream\r?\n")  # begins with plain letters: so a file is searched ten times as fast
_FILTERS = re.compile(rb"/(FlateDecode|Fl|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_MOST_OBJECTS = 20_000_000  # bytes of one stream of objects
_ENCRYPTED = re.compile(rb"/Encrypt\s+\d")
OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d+\s+obj\b")
_FLATE = frozenset({b"FlateDecode", b"Fl"})


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: the number of its object, its dictionary, where its data begins, and its filters."""

    number: int | None
    head: bytes
    start: int
    filters: list[bytes]


def refuse_bombs(data: bytes, found: Iterable[Stream], limits: Limits) -> None:
    """Nothing, when none of the streams ``found`` in ``data`` inflates to more than a reader can need.

    Raises:
        TooLarge: one does, or all of them together inflate to more than the limit.
    """
    total = 0
    for stream, end in _suspects(data, found):
        allowed = min(MOST_OF_A_STREAM, limits.unpacked_bytes - total)
        size = _size(data[stream.start : end], stream.filters, allowed)
        if size > allowed:
            raise TooLarge("decompression_limit", "unpacked bytes", allowed, size)
        total += size


def streams(data: bytes) -> Iterator[Stream]:
    """All streams that stand in the file itself, as far as their dictionaries are not longer than any real one."""
    for match in _STREAM.finditer(data):
        if data.endswith(b"end", max(0, match.start() - 3), match.start()):
            continue
        begin = max(data.rfind(b"obj", max(0, match.start() - _DICTIONARY), match.start()), 0)
        number = OBJECT.search(data, max(0, begin - _NUMBER), begin + 3)
        head = data[begin : match.start()]
        yield Stream(int(number[1]) if number else None, head, match.end(), _FILTERS.findall(head))


def mentions(data: bytes, found: Iterable[Stream], word: bytes) -> bool:
    """Whether a word stands in the file, in plain sight or in a stream of objects, or may stand there encrypted."""
    return word in data or _ENCRYPTED.search(data) is not None or any(word in text for text in _objects(data, found))


def _objects(data: bytes, found: Iterable[Stream]) -> Iterator[bytes]:
    for stream in found:
        if _OBJECTS.search(stream.head):
            yield _inflated(data[stream.start :], _MOST_OBJECTS)


def _suspects(data: bytes, found: Iterable[Stream]) -> Iterator[tuple[Stream, int]]:
    """The streams that could inflate too far, each with where it ends."""
    for stream in found:
        layers = sum(name in _FLATE for name in stream.filters)
        if not layers or (_PICTURE.search(stream.head) and layers == 1):
            continue
        end = data.find(b"endstream", stream.start)
        end = len(data) if end < 0 else end
        if layers > 1 or (end - stream.start) * _MOST_RATIO > MOST_OF_A_STREAM:
            yield stream, end


def _size(packed: bytes, filters: list[bytes], most: int) -> int:
    """How many bytes the last filter gives, counted no further than a little beyond ``most``. Broken data ends."""
    for place, name in enumerate(filters):
        if name not in _FLATE:
            packed = _plain(packed, name)
        elif place == len(filters) - 1:
            return _counted(packed, most)
        else:
            packed = _inflated(packed, most)
    return len(packed)


def _plain(text: bytes, name: bytes) -> bytes:
    try:
        if name in (b"ASCIIHexDecode", b"AHx"):
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", text.partition(b">")[0]).decode()
            return bytes.fromhex(digits + "0" * (len(digits) % 2))
        return a85decode(text.partition(b"~>")[0].strip())
    except ValueError:
        return b""


def _counted(packed: bytes, most: int) -> int:
    """In pieces of what is packed and of what is unpacked, so that no more than a piece is ever held."""
    size, unpacker = 0, zlib.decompressobj()
    with suppress(zlib.error):
        for start in range(0, len(packed), _PIECE):
            piece = packed[start : start + _PIECE]
            while piece and size <= most and not unpacker.eof:
                size += len(unpacker.decompress(piece, _PIECE))
                piece = unpacker.unconsumed_tail
    return size


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:
        return b""
