"""The characters of one page, gathered into runs. Every character costs at least one call; nothing is asked twice."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass

from extractors.characters import unified
from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.frame import Boxes, Matrix, in_frame
from extractors.formats.pdf.measure import measured_again
from extractors.layout.ink import Run

RUN_GAP = 0.2  # of the glyph height: characters further apart on one line belong to different runs
STEP_BACK = 0.15  # of the glyph height: numbers of two cells may overlap; a character that begins further left of
# the end of the last one begins a new run
SAME_BASELINE = 0.15  # of the glyph height
SAME_HEIGHT = 0.25  # of the glyph height: glyphs of one run come from fonts of like measures
HYPHEN = "\ufffe"  # what pdfium puts for a hyphen at the end of a line
UNKNOWN = "\ufffd"  # a character whose font does not say what it means
DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page, in the order in which they are drawn.

    ``members`` holds, for each run, pdfium's indices of its characters; ``unmapped`` counts characters whose font does
    not say what they mean, which read U+FFFD.
    """

    runs: list[Run]
    members: list[list[int]]
    unmapped: int


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
    groups = _grouped(text, indices, boxes)
    if measured_again(textpage, text, groups, boxes, matrix):
        groups = _grouped(text, indices, boxes)
    unmapped = _unmapped(textpage, text, groups)
    if unmapped:
        text = "".join(UNKNOWN if index in unmapped else character for index, character in enumerate(text))
    runs = [_run(text, group, boxes) for group in groups]
    kept = [place for place, run in enumerate(runs) if not run.text.isspace()]
    return Glyphs([runs[place] for place in kept], [groups[place] for place in kept], len(unmapped))


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
    box = pdfium.char_box
    for index in indices:
        box(textpage, index, address + 16 * index)
    flat = buffer.tolist()
    return in_frame((flat[0::4], flat[1::4], flat[2::4], flat[3::4]), matrix)


def _grouped(text: str, indices: list[int], boxes: Boxes) -> list[list[int]]:
    """The characters of each run, in the order in which they are drawn."""
    x0s, tops, x1s, bottoms = boxes
    groups: list[list[int]] = []
    group: list[int] = []
    right = last_top = last_bottom = low = high = 0.0
    for index in indices:
        left, top, bottom = x0s[index], tops[index], bottoms[index]
        if text[index] == " " and x1s[index] <= left:
            continue  # a space that pdfium adds between words
        if low <= left - right <= high and (
            (top == last_top and bottom == last_bottom) or _on_one_line(top, bottom, last_top, last_bottom)
        ):
            group.append(index)
        else:
            group = [index]
            groups.append(group)
        if top != last_top or bottom != last_bottom:
            last_top, last_bottom = top, bottom
            low, high = STEP_BACK * (top - bottom), RUN_GAP * (bottom - top)
        right = x1s[index]
    return groups


def _on_one_line(top: float, bottom: float, last_top: float, last_bottom: float) -> bool:
    height = last_bottom - last_top
    shift = abs(top + bottom - last_top - last_bottom) / 2
    return shift <= SAME_BASELINE * height and abs(bottom - top - height) <= SAME_HEIGHT * height


def _run(text: str, group: list[int], boxes: Boxes) -> Run:
    x0s, tops, x1s, bottoms = boxes
    first, last = group[0], group[-1]
    if last - first + 1 == len(group):
        letters, lefts, rights = text[first : last + 1], x0s[first : last + 1], x1s[first : last + 1]
    else:
        letters = "".join([text[index] for index in group])
        lefts, rights = [x0s[index] for index in group], [x1s[index] for index in group]
    return Run(letters, lefts[0], tops[first], rights[-1], bottoms[first], lefts, rights)
