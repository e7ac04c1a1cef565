"""The boxes outside which the texts of a page are clipped away."""

from __future__ import annotations

from array import array

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.drawing import Drawing
from extractors.layout.clipping import common
from extractors.layout.frame import Bounds, Matrix, moved_bounds, multiply

RECTANGLE = 5  # segments of a closed path with four corners

_floats = array("f", bytes(8))
_POINT = (_floats.buffer_info()[0], _floats.buffer_info()[0] + 4)


class Clips:
    """The clip boxes of the text objects of a page, which ``drawing`` lists, in the frame that ``matrix`` leads to."""

    def __init__(self, textpage: int, matrix: Matrix, drawing: Drawing) -> None:
        self._textpage = textpage
        self._matrix = matrix
        self._drawing = drawing
        self._known: dict[int, Bounds | None] = {}
        self._shared: dict[tuple[int, ...], Bounds | None] = {}  # first segments of the paths of a clip -> its box

    def of(self, index: int) -> Bounds | None:
        """The box outside which character ``index`` of pdfium is clipped away; None when nothing is."""
        handle = pdfium.char_object(self._textpage, index)
        if handle not in self._known:
            forms = self._drawing.within.get(handle)
            self._known[handle] = self._inside(handle, forms) if forms else self._own(handle)
        return self._known[handle]

    def _inside(self, handle: int, forms: tuple[int, ...]) -> Bounds | None:
        """What its own clip leaves and those of the forms around it, each of which cuts all that is in it."""
        boxes = [box for one in (handle, *forms) if (box := self._own(one)) is not None]
        return common(boxes) if boxes else None

    def _own(self, handle: int) -> Bounds | None:
        clip = pdfium.clip_path(handle)
        count = pdfium.count_clips(clip) if clip else 0
        if not count:
            return None
        nested = self._drawing.nested.get(handle)
        firsts = tuple([pdfium.get_clip_segment(clip, path, 0) for path in range(count)])
        if nested:
            return _box(clip, firsts, multiply(nested, self._matrix))
        if firsts not in self._shared:  # many objects share a clip
            self._shared[firsts] = _box(clip, firsts, self._matrix)
        return self._shared[firsts]


def _box(clip: int, firsts: tuple[int, ...], matrix: Matrix) -> Bounds | None:
    """What is inside all paths of a clip; ``firsts`` are the first segments of each, 0 for an empty one."""
    boxes = [_path_bounds(clip, path) for path, first in enumerate(firsts) if first]
    return moved_bounds(common(boxes), matrix) if boxes else None


def _path_bounds(clip: int, path: int) -> Bounds:
    count = pdfium.count_clip_segments(clip, path)
    xs, ys = [], []
    for number in (0, 2) if count == RECTANGLE else range(count):  # two opposite corners tell a rectangle
        pdfium.segment_point(pdfium.get_clip_segment(clip, path, number), *_POINT)
        xs.append(_floats[0])
        ys.append(_floats[1])
    return min(xs), min(ys), max(xs), max(ys)
