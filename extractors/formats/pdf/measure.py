"""Boxes of characters whose font lies about its measures.

Some embedded fonts claim an ascent and a descent of more than twice their height, and widths at random. Their boxes
would merge printed lines and glue numbers; the origin of each character and its drawn shape tell the truth.
"""

from __future__ import annotations

import ctypes
import math
from itertools import pairwise

from extractors.formats.pdf import binding as pdfium
from extractors.layout.frame import Boxes, Matrix, moved_bounds
from extractors.layout.words import is_cjk

LOWEST, HIGHEST = 0.6, 1.5  # of the font size: a box beyond comes from such a font
ASCENT = 0.88  # of the font size: how far above the baseline a Chinese glyph reaches
BEARING = 0.1  # of the font size: white to the right of a drawn digit

_floats = (ctypes.c_float * 6)()
_doubles = (ctypes.c_double * 4)()
_MATRIX = ctypes.addressof(_floats)
_LEFT, _RIGHT, _LOW, _HIGH = (ctypes.addressof(_doubles) + 8 * place for place in range(4))


def measured_again(textpage: int, text: str, groups: list[list[int]], boxes: Boxes, matrix: Matrix) -> bool:
    """Whether boxes had to be put right, which is done in place."""
    x0s, tops, x1s, bottoms = boxes
    wrong: list[tuple[float, list[int]]] = []
    for group in groups:
        size = _font_size(textpage, group[0])
        if size > 0 and not LOWEST * size < bottoms[group[0]] - tops[group[0]] < HIGHEST * size:
            wrong.append((size, group))
    for size, group in wrong:
        for index in group:
            _measure(textpage, index, size, boxes, matrix)
            if is_cjk(text[index]):  # set in a full square, however little of it a comma fills
                x1s[index] = max(x1s[index], x0s[index] + size)
    for before, after in pairwise(index for _, group in wrong for index in group):
        if tops[before] == tops[after] and x0s[before] < x0s[after]:
            x1s[before] = min(x1s[before], x0s[after])
    return bool(wrong)


def _font_size(textpage: int, index: int) -> float:
    pdfium.char_matrix(textpage, index, _MATRIX)
    return pdfium.font_size(textpage, index) * math.hypot(_floats[0], _floats[1])


def _measure(textpage: int, index: int, size: float, boxes: Boxes, matrix: Matrix) -> None:
    x0s, tops, x1s, bottoms = boxes
    if not pdfium.char_origin(textpage, index, _LEFT, _RIGHT):
        return
    x, y = _doubles[0], _doubles[1]
    origin, baseline = matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
    tops[index], bottoms[index] = baseline - ASCENT * size, baseline + (1 - ASCENT) * size
    if pdfium.tight_box(textpage, index, _LEFT, _RIGHT, _LOW, _HIGH):
        drawn = moved_bounds((_doubles[0], _doubles[2], _doubles[1], _doubles[3]), matrix)
        x0s[index], x1s[index] = min(origin, drawn[0]), drawn[2] + BEARING * size
