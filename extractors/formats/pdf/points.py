"""The points of a path, all of them in one call.

pdfium names a segment of a path by the address of its point, and the points of a path stand in a row; asking for each
of them costs three calls through ctypes, which is most of the time of a page whose cells are rectangles. Whether the
library that is loaded keeps its points so is tried once, on a path made for it; where it does not, each is asked for.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable, Iterator, Sequence

from pypdfium2 import raw

from extractors.formats.pdf import binding as pdfium
from extractors.layout.frame import Bounds, Matrix

Point = tuple[float, float, int]  # x, y, and which kind of segment ends there: as pdfium.MOVE_TO and its like

_POINT = struct.Struct("<ffBxxx")
_floats = (ctypes.c_float * 2)()
_XY = (ctypes.addressof(_floats), ctypes.addressof(_floats) + 4)


def asked(path: int, count: int) -> list[Point]:
    """The points of a path with ``count`` segments, each asked for."""
    points = []
    for index in range(count):
        segment = pdfium.get_segment(path, index)
        pdfium.segment_point(segment, *_XY)
        points.append((_floats[0], _floats[1], pdfium.segment_type(segment)))
    return points


def copied(path: int, count: int) -> list[Point]:
    """The same, copied from where the library keeps them."""
    first = pdfium.get_segment(path, 0)
    return list(_POINT.iter_unpack(ctypes.string_at(first, count * _POINT.size))) if first else []


def _kept_in_a_row() -> bool:
    """Whether the library keeps the points of a path where ``copied`` looks for them."""
    made = raw.FPDFPageObj_CreateNewPath(1.5, 2.5)
    path = ctypes.cast(made, ctypes.c_void_p).value or 0
    try:
        raw.FPDFPath_LineTo(made, 3.25, -4)
        raw.FPDFPath_BezierTo(made, 5, 6, 7, 8, 9, 10)
        raw.FPDFPath_MoveTo(made, 11, 12)
        raw.FPDFPath_LineTo(made, 13, 14)
        raw.FPDFPath_Close(made)
        segments = [pdfium.get_segment(path, index) for index in range(pdfium.count_segments(path))]
        return segments == [segments[0] + _POINT.size * index for index in range(len(segments))] and (
            copied(path, len(segments)) == asked(path, len(segments))
        )
    finally:
        raw.FPDFPageObj_Destroy(made)


points_of: Callable[[int, int], Sequence[Point]] = copied if _kept_in_a_row() else asked

_DRAWN_BACK = (pdfium.MOVE_TO, *[pdfium.LINE_TO] * 4)  # the kinds of segment of a rectangle
_STRAIGHT = (pdfium.LINE_TO, pdfium.MOVE_TO)


def rectangle(points: Sequence[Point], matrix: Matrix) -> Bounds | None:
    """The rectangle that a path is, drawn back to its start and upright under ``matrix``; None when it is no such."""
    if len(points) != len(_DRAWN_BACK):
        return None
    (x0, y0, k0), (x1, y1, k1), (x2, y2, k2), (x3, y3, k3), (x4, y4, k4) = points
    a, b, c, d, e, f = matrix
    if b or c or (x0, y0) != (x4, y4) or (k0, k1, k2, k3, k4) != _DRAWN_BACK:
        return None
    if (x0 == x1 and x2 == x3 and y1 == y2 and y3 == y0) or (x1 == x2 and x3 == x0 and y0 == y1 and y2 == y3):
        left, right, low, high = a * x0 + e, a * x2 + e, d * y0 + f, d * y2 + f
        return min(left, right), min(low, high), max(left, right), max(low, high)
    return None


def is_round(path: int) -> bool:
    """Whether a path is made of curves."""
    kinds = [kind for *_, kind in points_of(path, pdfium.count_segments(path))]
    return sum(kind not in _STRAIGHT for kind in kinds) > len(kinds) / 2


def subpaths(points: Sequence[Point], matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The points of each stretch that is drawn in one go, under ``matrix``; NaN where a curve ends."""
    a, b, c, d, e, f = matrix
    subpath: list[tuple[float, float]] = []
    for x, y, kind in points:
        if kind == pdfium.MOVE_TO and subpath:
            yield subpath
            subpath = []
        straight = kind in _STRAIGHT
        subpath.append((a * x + c * y + e, b * x + d * y + f) if straight else (math.nan, math.nan))
    if subpath:
        yield subpath
