"""The objects of one page: which rules it draws, how its texts are turned, which texts cannot be seen.

Colours matter only as far as they make a rule invisible. Nested form objects carry matrices of their own, which pdfium
does not multiply: a table placed inside a scaled form would otherwise stand in the wrong place.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.marks import is_replaced
from extractors.formats.pdf.points import is_round, points_of, rectangle, subpaths
from extractors.layout.frame import IDENTITY, Bounds, Matrix, moved_bounds, multiply
from extractors.layout.painted import (
    FAINT,
    OPAQUE,
    RED,
    RING,
    ROUND,
    SHORTEST,
    SHOWS_THROUGH,
    SLANT,
    THIN,
    WHITE,
    Ink,
    Painted,
    add_subpath,
    sides_of,
)

LINE = 2  # segments
BLACK = 0, OPAQUE  # its red, its alpha
MAX_DEPTH = 8  # forms nested deeper than this are an attack, not a document
MAX_OBJECTS = 200_000

_floats = array("f", bytes(24))
_at = _floats.buffer_info()[0]
_MATRIX = _at
_BOUNDS = (_at, _at + 4, _at + 8, _at + 12)  # left, bottom, right, top
_ints = array("I", bytes(16))
_COLOUR = tuple(_ints.buffer_info()[0] + 4 * place for place in range(4))
_MODE = _COLOUR[:2]


_Container = tuple[int, int, pdfium.Call]  # a page or a form: its handle, how many objects it has, how to get one


@dataclass(slots=True)
class Drawing(Painted):
    """What a page of a PDF draws besides its characters; its texts are named by their handles."""

    pictures: list[tuple[int, int, Bounds]] = field(default_factory=list)  # texts drawn before it, handle, box
    nested: dict[int, Matrix] = field(default_factory=dict)  # handle of a text or form inside forms -> their matrix
    within: dict[int, tuple[int, ...]] = field(default_factory=dict)  # handle of a text -> the forms it stands in
    objects: int = 0
    replaced: int = 0  # texts for which the file states others

    @property
    def too_many(self) -> bool:
        """Whether the page draws more than is read."""
        return self.objects > MAX_OBJECTS


def read_drawing(page: int) -> Drawing:
    """Everything a page draws besides characters."""
    drawing = Drawing()
    _read_objects(drawing, (page, pdfium.count_objects(page), pdfium.get_object), IDENTITY, ())
    return drawing


def _read_objects(drawing: Drawing, container: _Container, matrix: Matrix, forms: tuple[int, ...]) -> None:
    parent, count, get = container
    kind_of, text, path, image = pdfium.object_type, pdfium.TEXT, pdfium.PATH, pdfium.IMAGE
    marks, texts, plain, upright = pdfium.count_marks, drawing.texts, matrix is IDENTITY, 0
    drawing.objects += count
    for index in range(min(count, MAX_OBJECTS)):
        handle = get(parent, index)
        kind = kind_of(handle)
        if kind == text:
            if not plain or marks(handle) or not _is_plain(handle):
                _read_text(drawing, handle, matrix)
            else:
                texts[handle] = len(texts)
                upright += 1
            if forms:
                drawing.within[handle] = forms
        elif kind == path:
            _read_path(drawing, handle, matrix)
        elif kind == image:
            bounds = moved_bounds(_bounds(handle), matrix)
            drawing.images.append(bounds)
            drawing.backdrops.append((len(drawing.texts), bounds))
            if drawing.texts and not forms:
                drawing.pictures.append((len(drawing.texts), handle, bounds))
        elif kind == pdfium.SHADING:
            drawing.backdrops.append((len(drawing.texts), moved_bounds(_bounds(handle), matrix)))
        elif kind == pdfium.FORM and len(forms) < MAX_DEPTH and not drawing.too_many:
            _read_form(drawing, handle, matrix, forms)
    if upright:
        drawing.turns[0] += upright


def _is_plain(handle: int) -> bool:
    """Whether a text is as nearly all are, dark and upright: what ``_read_text`` would find, in fewer steps."""
    if pdfium.text_render_mode(handle) != pdfium.FILLED or not pdfium.fill_color(handle, *_COLOUR):
        return False
    if _ints[0] >= FAINT or _ints[3] != OPAQUE:
        return False
    pdfium.object_matrix(handle, _MATRIX)
    return _floats[1] == 0 and _floats[0] > 0


def _read_form(drawing: Drawing, handle: int, matrix: Matrix, forms: tuple[int, ...]) -> None:
    if matrix is not IDENTITY:
        drawing.nested[handle] = matrix
    own = _matrix(handle)
    inner = multiply(own, matrix) if own != IDENTITY else matrix
    content = handle, pdfium.count_nested(handle), pdfium.get_nested
    _read_objects(drawing, content, inner, (*forms, handle))


def _matrix(handle: int) -> Matrix:
    pdfium.object_matrix(handle, _MATRIX)
    a, b, c, d, e, f = _floats
    return (a, b, c, d, e, f)


def _bounds(handle: int) -> Bounds:
    pdfium.object_bounds(handle, *_BOUNDS)
    return _floats[0], _floats[1], _floats[2], _floats[3]


def _read_text(drawing: Drawing, handle: int, matrix: Matrix) -> None:
    drawing.texts[handle] = len(drawing.texts)
    if matrix is not IDENTITY:
        drawing.nested[handle] = matrix
    if pdfium.count_marks(handle):
        drawing.replaced += is_replaced(handle)
    if not _sees_ink(drawing, handle):
        drawing.hidden.add(handle)
        return
    pdfium.object_matrix(handle, _MATRIX)
    a, b = _floats[0], _floats[1]
    if matrix is not IDENTITY:
        a, b = a * matrix[0] + b * matrix[2], a * matrix[1] + b * matrix[3]
    if b == 0 and a > 0:
        drawing.turns[0] += 1
        return
    degrees = math.degrees(math.atan2(b, a)) % 360
    turns = round(degrees / 90) % 4
    if abs(degrees - 90 * round(degrees / 90)) > SLANT:
        drawing.slanted.add(handle)
        return
    drawing.turns[turns] += 1
    if turns:
        drawing.directions[handle] = turns


def _sees_ink(drawing: Drawing, handle: int) -> bool:
    """Whether a text is painted at all; one in a light colour is noted."""
    mode = pdfium.text_render_mode(handle)
    if mode == pdfium.FILLED and pdfium.fill_color(handle, *_COLOUR) and _ints[0] < FAINT and _ints[3] == OPAQUE:
        return True
    ink = Ink.NONE
    for colour in pdfium.PAINTED_WITH.get(mode, ()):
        ink = _ink(colour, handle)
        if ink is Ink.SEEN:
            break
    if ink is Ink.WHITE:
        drawing.white.add(handle)
    elif ink is Ink.SEEN and _is_red():
        drawing.red.add(handle)
    elif ink is Ink.SEEN and (_ints[3] < SHOWS_THROUGH or (_ints[0] >= FAINT and min(_ints[1], _ints[2]) >= FAINT)):
        drawing.faint.add(handle)
    return ink is not Ink.NONE


def _is_red() -> bool:
    """Whether the colour asked for last is red."""
    least, most = RED
    return _ints[0] >= least and max(_ints[1], _ints[2]) <= most


def _read_path(drawing: Drawing, handle: int, matrix: Matrix) -> None:
    pdfium.draw_mode(handle, *_MODE)
    filled, stroked = _ints[0], _ints[1]
    stroke = _ink(pdfium.stroke_color, handle) if stroked else Ink.NONE
    fill = _ink(pdfium.fill_color, handle) if filled and stroke is not Ink.SEEN else Ink.NONE
    if stroke is Ink.NONE and fill is Ink.NONE:
        return
    bounds = moved_bounds(_bounds(handle), matrix)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if RING[0] <= width <= RING[1] and abs(width - height) <= ROUND * width and _is_red() and is_round(handle):
        drawing.rings.append(bounds)
    lines = drawing.boxes if Ink.SEEN in (stroke, fill) else drawing.pale
    if min(width, height) <= THIN:
        if max(width, height) >= SHORTEST:
            lines.append(bounds)
        return
    if fill is Ink.SEEN or (stroke is Ink.SEEN and _is_ground(handle, bool(filled))):
        drawing.backdrops.append((len(drawing.texts), bounds))
    if fill is Ink.WHITE:
        if drawing.texts and pdfium.count_segments(handle) in (4, 5):
            drawing.covers.append((len(drawing.texts), bounds))
    else:
        _read_segments(drawing, handle, matrix, lines if fill is Ink.NONE else None)


def _is_ground(handle: int, filled: bool) -> bool:
    """Whether a stroked path can carry white letters: it is filled as well, or it is one thick line."""
    return _ink(pdfium.fill_color, handle) is Ink.SEEN if filled else pdfium.count_segments(handle) == LINE


def _ink(colour: pdfium.Call, handle: int) -> Ink:
    """How a colour shows on white paper; a pattern, which has no plain colour, is seen."""
    if not colour(handle, *_COLOUR):
        _ints[0], _ints[3] = BLACK
        return Ink.SEEN
    alpha = _ints[3]
    if alpha == 0:
        return Ink.NONE
    if _ints[0] < WHITE or min(_ints[1], _ints[2]) < WHITE:
        return Ink.SEEN
    return Ink.WHITE if alpha == OPAQUE else Ink.NONE


def _read_segments(drawing: Drawing, handle: int, matrix: Matrix, strokes: list[Bounds] | None) -> None:
    """Straight strokes and the sides of rectangles, of a path with several segments: into ``strokes``.

    A path that is only filled has no strokes; its rectangles are shades, or rules when they are thin.
    """
    count = pdfium.count_segments(handle)
    drawing.objects += count
    if drawing.too_many:
        return
    points, moved = points_of(handle, count), multiply(_matrix(handle), matrix)
    box = rectangle(points, moved)
    if box is None or min(box[2] - box[0], box[3] - box[1]) <= THIN:
        for subpath in subpaths(points, moved):
            add_subpath(drawing, subpath, strokes)
    elif strokes is None:
        drawing.shades.append(box)
    elif strokes is drawing.boxes:
        drawing.outlines.append(box)
    else:
        strokes += sides_of(box)
