"""How often the forms of a PDF draw each other, reckoned before pdfium follows them.

Ten forms that each draw the next one ten times are a page of ten billion pieces in two kilobytes. What is said of a
form in object streams is not seen here; then the limits of the process must do.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from extractors.errors import TooLarge
from extractors.formats.pdf.inflation import OBJECT, Stream

MOST_DRAWN = 200_000  # forms that one form may draw, all levels taken together
_MOST_OF_A_FORM = 1_000_000  # bytes of its content that are looked at
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DEEPEST = 100  # levels; pdfium follows no more than forty
_LONGEST = 20_000  # bytes of an object that names forms
_INDIRECT = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,10})\s+\d+\s+R")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d+\s+R")
_DRAWS = re.compile(rb"\bDo\b")


@dataclass(frozen=True, slots=True)
class _Form:
    draws: int  # operators that draw another one
    named: frozenset[int]  # the objects that it may draw


def refuse_nests(data: bytes, found: Iterable[Stream]) -> None:
    """Nothing, when no form draws others without end.

    Raises:
        TooLarge: one draws more than MOST_DRAWN.
    """
    forms = dict(_forms(data, found))
    counted: dict[int, int] = {}
    for number in forms:
        drawn = _drawn(number, forms, counted, 0)
        if drawn > MOST_DRAWN:
            raise TooLarge("decompression_limit", "forms that draw each other", MOST_DRAWN, drawn)


def _forms(data: bytes, found: Iterable[Stream]) -> Iterator[tuple[int, _Form]]:
    """The forms that draw something, by their numbers."""
    objects: dict[int, int] = {}
    for stream in found:
        if stream.number is None or not _FORM.search(stream.head):
            continue
        draws = len(_DRAWS.findall(_content(data, stream)))
        if draws:
            objects = objects or {int(match[1]): match.end() for match in OBJECT.finditer(data)}
            yield stream.number, _Form(draws, frozenset(_named(data, stream.head, objects)))


def _content(data: bytes, stream: Stream) -> bytes:
    raw = data[stream.start : stream.start + _MOST_OF_A_FORM]
    if not stream.filters:
        return raw.partition(b"endstream")[0]
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(raw, _MOST_OF_A_FORM)
    return b""


def _named(data: bytes, head: bytes, objects: Mapping[int, int]) -> Iterator[int]:
    """The objects that a dictionary refers to, also where it only says in which object they are named."""
    yield from map(int, _REFERENCE.findall(head))
    for number in map(int, _INDIRECT.findall(head)):
        if number in objects:
            text = data[objects[number] : objects[number] + _LONGEST].partition(b"endobj")[0]
            yield from map(int, _REFERENCE.findall(text))


def _drawn(number: int, forms: Mapping[int, _Form], counted: dict[int, int], depth: int) -> int:
    """How many forms one draws at most; what draws itself is followed once, as pdfium does."""
    if number not in forms or depth > _DEEPEST:
        return 0
    if number not in counted:
        counted[number] = 0
        form = forms[number]
        deepest = max((_drawn(one, forms, counted, depth + 1) for one in form.named), default=0)
        counted[number] = min(form.draws * (1 + deepest), 10 * MOST_DRAWN)
    return counted[number]
