"""Leaves out characters that a clip path hides.

Spreadsheets draw the whole text of a cell that is too small for it, on every page that the cell touches, and clip it.
"""

from __future__ import annotations

from array import array

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Bounds, Matrix, moved_bounds, multiply
from extractors.formats.pdf.glyphs import Glyphs
from extractors.layout.ink import Run

RECTANGLE = 5  # segments of a closed path with four corners
SEEN = 0.8  # of its height: a line of which less is left stands where its rest is seen
HIDDEN = 0.2  # of its box: a character of which less is left by its clip cannot be read on paper

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
        return _common(boxes) if boxes else None

    def _own(self, handle: int) -> Bounds | None:
        clip = pdfium.clip_path(handle)
        count = pdfium.count_clips(clip) if clip else 0
        if not count:
            return None
        boxes = [box for path in range(count) if (box := self._path(clip, path)) is not None]
        if not boxes:
            return None
        nested = self._drawing.nested.get(handle)
        return moved_bounds(_common(boxes), multiply(nested, self._matrix) if nested else self._matrix)

    def _path(self, clip: int, path: int) -> Bounds | None:
        first = pdfium.get_clip_segment(clip, path, 0)
        if first and first not in self._paths:
            self._paths[first] = _path_bounds(clip, path)
        return self._paths.get(first)


def _common(boxes: list[Bounds]) -> Bounds:
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return max(lefts), max(lows), min(rights), min(highs)


def _path_bounds(clip: int, path: int) -> Bounds:
    count = pdfium.count_clip_segments(clip, path)
    xs, ys = [], []
    for number in (0, 2) if count == RECTANGLE else range(count):  # two opposite corners tell a rectangle
        pdfium.segment_point(pdfium.get_clip_segment(clip, path, number), *_POINT)
        xs.append(_floats[0])
        ys.append(_floats[1])
    return min(xs), min(ys), max(xs), max(ys)


def _hidden(run: Run, place: int, clip: Bounds | None) -> bool:
    if clip is None:
        return False
    width, height = run.rights[place] - run.lefts[place], run.bottom - run.top
    shown_width = min(run.rights[place], clip[2]) - max(run.lefts[place], clip[0])
    shown_height = min(run.bottom, clip[3]) - max(run.top, clip[1])
    return min(shown_width, shown_height) <= 0 or shown_width * shown_height < HIDDEN * width * height


def without_clipped(glyphs: Glyphs, clips: Clips) -> tuple[list[Run], list[Run]]:
    """The runs without what their clips hide, and the hidden pieces.

    A run whose first character shows is kept whole: a number that runs over the side of its cell is still that number.
    A line cut off above or below keeps the height that shows, so that it counts as standing where it is seen.
    """
    shown: list[Run] = []
    hidden: list[Run] = []
    for run, members in zip(glyphs.runs, glyphs.members, strict=True):
        clip = clips.of(members[0])
        if clip is None:
            shown.append(run)
        elif not _hidden(run, 0, clip):
            shown.append(_cut_off(run, clip))
        else:
            flags = [_hidden(run, place, clips.of(index)) for place, index in enumerate(members)]
            for start, stop in _stretches(flags):
                (hidden if flags[start] else shown).append(run.cut(start, stop))
    return shown, hidden


def _cut_off(run: Run, clip: Bounds) -> Run:
    if clip[1] <= run.top and clip[3] >= run.bottom:
        return run
    top, bottom = max(run.top, clip[1]), min(run.bottom, clip[3])
    return run._replace(top=top, bottom=bottom) if bottom - top < SEEN * run.size else run


def _stretches(flags: list[bool]) -> list[tuple[int, int]]:
    starts = [place for place in range(len(flags)) if place == 0 or flags[place] != flags[place - 1]]
    return list(zip(starts, [*starts[1:], len(flags)], strict=True))
