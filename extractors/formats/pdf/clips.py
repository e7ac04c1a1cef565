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
        self._paths: dict[int, Bounds] = {}  # first segment of a path -> its bounds; many objects share a clip
        self._single: dict[int, Bounds | None] = {}  # the same of clips of one path, in the frame

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
        if count == 1 and handle not in self._drawing.nested:
            first = pdfium.get_clip_segment(clip, 0, 0)
            if first not in self._single:
                box = self._path(clip, 0)
                self._single[first] = box and moved_bounds(box, self._matrix)
            return self._single[first]
        boxes = [box for path in range(count) if (box := self._path(clip, path)) is not None]
        if not boxes:
            return None
        nested = self._drawing.nested.get(handle)
        return moved_bounds(common(boxes), multiply(nested, self._matrix) if nested else self._matrix)

    def _path(self, clip: int, path: int) -> Bounds | None:
        first = pdfium.get_clip_segment(clip, path, 0)
        if first and first not in self._paths:
            self._paths[first] = _path_bounds(clip, path)
        return self._paths.get(first)


def _path_bounds(clip: int, path: int) -> Bounds:
    count = pdfium.count_clip_segments(clip, path)
    xs, ys = [], []
    for number in (0, 2) if count == RECTANGLE else range(count):  # two opposite corners tell a rectangle
        pdfium.segment_point(pdfium.get_clip_segment(clip, path, number), *_POINT)
        xs.append(_floats[0])
        ys.append(_floats[1])
    return min(xs), min(ys), max(xs), max(ys)
