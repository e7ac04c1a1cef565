"""The characters of one page, gathered into runs. Every character costs at least one call; nothing is asked twice."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.frame import Matrix, moved_bounds
from extractors.layout.ink import Run

RUN_GAP = 0.2  # of the glyph height: characters further apart on one line belong to different runs
STEP_BACK = 0.15  # of the glyph height: numbers of two cells may overlap; a character that begins further left of
# the end of the last one begins a new run
SAME_BASELINE = 0.15  # of the glyph height
SAME_HEIGHT = 0.25  # of the glyph height: glyphs of one run come from fonts of like measures
Boxes = tuple[list[float], list[float], list[float], list[float]]  # left, top, right and bottom of each character
LOWEST, HIGHEST = 0.6, 1.5  # of the font size: boxes beyond come from fonts whose ascent and descent are nonsense
ASCENT = 0.88  # of the font size: how far above the baseline a Chinese glyph reaches
BEARING = 0.1  # of the font size: white to the right of a drawn digit
HYPHEN = "\ufffe"  # what pdfium puts for a hyphen at the end of a line

_matrix = (ctypes.c_float * 6)()
_tight = (ctypes.c_double * 4)()


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page. ``unmapped`` counts those whose font does not say what they mean.

    ``members`` holds, for each run, pdfium's indices of its characters.
    """

    runs: list[Run]
    members: list[list[int]]
    characters: int
    unmapped: int
    dropped: int


def read_glyphs(textpage: int, matrix: Matrix, skipped: Collection[int]) -> Glyphs:
    """The runs of a page in the frame that ``matrix`` leads to, without the text objects in ``skipped``."""
    count = pdfium.count_chars(textpage)
    if count <= 0:
        return Glyphs([], [], 0, 0, 0)
    text = _text(textpage, count)
    indices = [index for index, character in enumerate(text) if character not in "\r\n"]
    dropped = 0
    if skipped:
        kept = [index for index in indices if pdfium.char_object(textpage, index) not in skipped]
        dropped, indices = len(indices) - len(kept), kept
    unmapped = sum(pdfium.char_unmapped(textpage, index) == 1 for index in indices)
    boxes = _boxes(textpage, len(text), indices, matrix)
    groups = _grouped(text, indices, boxes)
    if _measured_again(textpage, groups, boxes, matrix):
        groups = _grouped(text, indices, boxes)
    members = [group for group in groups if any(not text[index].isspace() for index in group)]
    return Glyphs([_run(text, group, boxes) for group in members], members, len(indices), unmapped, dropped)


def _text(textpage: int, count: int) -> str:
    """One character per index of pdfium."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = pdfium.get_text(textpage, 0, count, ctypes.addressof(buffer)) - 1
    text = bytes(buffer)[: 2 * written].decode("utf-16-le", "replace")
    if len(text) != count:  # characters beyond the first plane, or without any code, shift the bulk text
        codes = (pdfium.get_unicode(textpage, index) for index in range(count))
        text = "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd" for code in codes)
    return text.replace(HYPHEN, "-")


def _boxes(textpage: int, count: int, indices: list[int], matrix: Matrix) -> Boxes:
    buffer = (ctypes.c_float * (4 * count))()
    address = ctypes.addressof(buffer)
    box = pdfium.char_box
    for index in indices:
        box(textpage, index, address + 16 * index)
    return _in_frame(list(buffer), matrix)


def _grouped(text: str, indices: list[int], boxes: Boxes) -> list[list[int]]:
    """The characters of each run, in the order in which they are drawn."""
    x0s, tops, x1s, bottoms = boxes
    groups: list[list[int]] = []
    right = height = middle = 0.0
    for index in indices:
        if x1s[index] <= x0s[index] and text[index] == " ":
            continue  # a space that pdfium adds between words
        own_middle, own_height = (tops[index] + bottoms[index]) / 2, bottoms[index] - tops[index]
        gap = x0s[index] - right
        if (
            not groups
            or gap > RUN_GAP * height
            or gap < -STEP_BACK * height
            or abs(own_middle - middle) > SAME_BASELINE * height
            or abs(own_height - height) > SAME_HEIGHT * height
        ):
            groups.append([])
        groups[-1].append(index)
        right, height, middle = x1s[index], own_height, own_middle
    return groups


def _measured_again(textpage: int, groups: list[list[int]], boxes: Boxes, matrix: Matrix) -> bool:
    """Whether boxes were put right: some fonts claim lines more than twice their height and widths at random."""
    x0s, tops, _, bottoms = boxes
    wrong: list[tuple[float, list[int]]] = []
    for group in groups:
        size = _font_size(textpage, group[0])
        if size > 0 and not LOWEST * size < bottoms[group[0]] - tops[group[0]] < HIGHEST * size:
            wrong.append((size, group))
    for size, group in wrong:
        for index in group:
            _measure(textpage, index, size, boxes, matrix)
    for before, after in pairwise(index for _, group in wrong for index in group):
        if tops[before] == tops[after] and x0s[before] < x0s[after]:
            boxes[2][before] = min(boxes[2][before], x0s[after])
    return bool(wrong)


def _font_size(textpage: int, index: int) -> float:
    pdfium.char_matrix(textpage, index, ctypes.addressof(_matrix))
    return pdfium.font_size(textpage, index) * math.hypot(_matrix[0], _matrix[1])


def _measure(textpage: int, index: int, size: float, boxes: Boxes, matrix: Matrix) -> None:
    """The box of a character from its origin and its drawn shape."""
    x0s, tops, x1s, bottoms = boxes
    left, right, low, high = (ctypes.addressof(_tight) + 8 * place for place in range(4))
    if not pdfium.char_origin(textpage, index, left, right):
        return
    x, y = _tight[0], _tight[1]
    origin, baseline = matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
    tops[index], bottoms[index] = baseline - ASCENT * size, baseline + (1 - ASCENT) * size
    if pdfium.tight_box(textpage, index, left, right, low, high):
        drawn = moved_bounds((_tight[0], _tight[2], _tight[1], _tight[3]), matrix)
        x0s[index], x1s[index] = min(origin, drawn[0]), drawn[2] + BEARING * size


def _in_frame(flat: list[float], matrix: Matrix) -> Boxes:
    """Left, top, right and bottom of every box, in the frame; the buffer holds left, top, right, bottom, y upwards."""
    a, b, _c, _d, e, f = matrix
    lefts, ups, rights, downs = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
    if a > 0:
        return [x + e for x in lefts], [f - y for y in ups], [x + e for x in rights], [f - y for y in downs]
    if a < 0:
        return [e - x for x in rights], [y + f for y in downs], [e - x for x in lefts], [y + f for y in ups]
    if b > 0:
        return [y + e for y in downs], [x + f for x in lefts], [y + e for y in ups], [x + f for x in rights]
    return [e - y for y in ups], [f - x for x in rights], [e - y for y in downs], [f - x for x in lefts]


def _run(text: str, members: list[int], boxes: Boxes) -> Run:
    x0s, tops, x1s, bottoms = boxes
    first, last = members[0], members[-1] + 1
    if last - first == len(members):
        letters, lefts, rights = text[first:last], x0s[first:last], x1s[first:last]
        top, bottom = min(tops[first:last]), max(bottoms[first:last])
    else:
        letters = "".join(text[index] for index in members)
        lefts, rights = [x0s[index] for index in members], [x1s[index] for index in members]
        top, bottom = min(tops[index] for index in members), max(bottoms[index] for index in members)
    return Run(letters, lefts[0], top, max(rights), bottom, lefts, rights)
