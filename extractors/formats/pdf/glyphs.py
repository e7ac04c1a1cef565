"""The characters of one page, gathered into runs. Every character costs at least one call; nothing is asked twice."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Collection
from itertools import repeat

from extractors.characters import unified
from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.measure import measured_again
from extractors.layout.frame import Boxes, Matrix, in_frame
from extractors.layout.glyphs import Glyphs, glyphs_of, grouped

HYPHEN = "\ufffe"  # what pdfium puts for a hyphen at the end of a line
UNKNOWN = "\ufffd"  # a character whose font does not say what it means
DIGITS = frozenset("0123456789")


def read_glyphs(textpage: int, matrix: Matrix, skipped: Collection[int]) -> Glyphs:
    """The runs of a page in the frame that ``matrix`` leads to, without the text objects in ``skipped``."""
    count = pdfium.count_chars(textpage)
    if count <= 0:
        return Glyphs([], [], 0)
    text = _text(textpage, count)
    indices = [index for index, character in enumerate(text) if character not in "\r\n"]
    if skipped:
        indices = [index for index in indices if pdfium.char_object(textpage, index) not in skipped]
    boxes = _boxes(textpage, count, indices, matrix)
    groups = grouped(text, indices, boxes)
    if measured_again(textpage, text, groups, boxes, matrix):
        groups = grouped(text, indices, boxes)
    unmapped = _unmapped(textpage, text, groups)
    if unmapped:
        text = "".join(UNKNOWN if index in unmapped else character for index, character in enumerate(text))
    return glyphs_of(text, groups, boxes, len(unmapped))


def _text(textpage: int, count: int) -> str:
    """One character per index of pdfium."""
    buffer = array("H", bytes(2 * (count + 1)))
    written = pdfium.get_text(textpage, 0, count, buffer.buffer_info()[0]) - 1
    text = buffer.tobytes()[: 2 * written].decode("utf-16-le", "replace")
    if len(text) != count:  # characters beyond the first plane, or without any code, shift the bulk text
        codes = (pdfium.get_unicode(textpage, index) for index in range(count))
        text = "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else UNKNOWN for code in codes)
    return unified(text.replace(HYPHEN, "-"))


def _unmapped(textpage: int, text: str, groups: list[list[int]]) -> set[int]:
    """Characters for which pdfium had to guess a meaning. Asked for the first of each run, and for every digit.

    A run comes from one font nearly always; a guessed digit would be a wrong number that looks right.
    """
    asked = pdfium.char_unmapped
    suspects: set[int] = set()
    for group in groups:
        if asked(textpage, group[0]) == 1:
            suspects.update(index for index in group if asked(textpage, index) == 1)
        else:
            suspects.update(index for index in group if text[index] in DIGITS and asked(textpage, index) == 1)
    return suspects


def _boxes(textpage: int, count: int, indices: list[int], matrix: Matrix) -> Boxes:
    buffer = array("f", bytes(16 * count))
    address = buffer.buffer_info()[0]
    places = [address + 16 * index for index in indices]
    deque(map(pdfium.char_box, repeat(textpage), indices, places), 0)  # cheaper than a loop
    flat = buffer.tolist()
    return in_frame((flat[0::4], flat[1::4], flat[2::4], flat[3::4]), matrix)
