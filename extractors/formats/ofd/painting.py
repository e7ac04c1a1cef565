"""The objects of one OFD page, in the order in which they are drawn: what they paint, and the characters of its texts.

Objects are measured in millimetres, y downwards, inside boundaries that may be nested; everything is moved into the
page's own space in points, y upwards, as all paged formats are laid out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from lxml import etree

from extractors.formats.ofd.book import Resources
from extractors.formats.ofd.paths import strokes_of
from extractors.formats.ofd.texts import Letters, place
from extractors.formats.ofd.values import POINTS, box, child, children, flag, local, matrix, number, numbers
from extractors.layout.clipping import common
from extractors.layout.frame import IDENTITY, Bounds, Matrix, multiply
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
)

MAX_DEPTH = 8  # composed graphics nested deeper than this are an attack, not a document
MAX_OBJECTS = 200_000
MOST_PARENTS = 8  # drawing parameters that inherit from each other
CORNERS = (4, 5)  # points of a rectangle, as it is drawn back to its start or not
BLACK = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a page: where it stands, in points, y upwards, and the part that holds it."""

    bounds: Bounds
    part: str


@dataclass(slots=True)
class Painting(Painted):
    """What an OFD page paints. ``letters`` are its characters, whose owners are the texts; clips are in points."""

    letters: Letters = field(default_factory=Letters)
    pictures: list[Picture] = field(default_factory=list)
    clips: dict[int, Bounds] = field(default_factory=dict)  # text -> what its clips leave of it
    objects: int = 0

    @property
    def too_many(self) -> bool:
        """Whether the page draws more than is read."""
        return self.objects > MAX_OBJECTS


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where an object stands: the matrix that leads to the page, the layer's drawing parameter, how deep it is."""

    matrix: Matrix
    parameter: str
    visible: bool = True
    depth: int = 0


class Painter:
    """Paints layers into a Painting."""

    def __init__(self, resources: Resources, base: Matrix) -> None:
        self.painting = Painting()
        self._resources = resources
        self._base = base

    def layer(self, layer: etree._Element) -> None:
        """Paints what a layer holds."""
        self._block(layer, _Setting(self._base, layer.get("DrawParam", "")))

    def _block(self, block: etree._Element, setting: _Setting) -> None:
        for one in block:
            self.painting.objects += 1
            if self.painting.too_many:
                return
            kind = local(one)
            if kind == "TextObject":
                self._text(one, setting)
            elif kind == "PathObject":
                self._path(one, setting)
            elif kind == "ImageObject":
                self._image(one, setting)
            elif kind in ("PageBlock", "CompositeObject") and setting.depth < MAX_DEPTH:
                self._nested(one, kind, setting)

    def _nested(self, one: etree._Element, kind: str, setting: _Setting) -> None:
        visible = setting.visible and flag(one, "Visible", True)
        if kind == "PageBlock":
            self._block(one, _Setting(setting.matrix, setting.parameter, visible, setting.depth + 1))
            return
        unit = self._resources.graphics.get(one.get("ResourceID", ""))
        content = child(unit, "Content") if unit is not None else None
        if content is not None:
            inner = _Setting(_moved(one, setting.matrix), setting.parameter, visible, setting.depth + 1)
            self._block(content, inner)

    def _text(self, one: etree._Element, setting: _Setting) -> None:
        painting = self.painting
        text = len(painting.texts)
        to_page = _moved(one, setting.matrix)
        turned = multiply(_rotation(number(one, "CharDirection", 0)), to_page)
        if not place(painting.letters, one, text, to_page):
            return
        painting.texts[text] = text
        if clip := _clip(one, to_page):
            painting.clips[text] = clip
        ink = self._text_ink(one, setting)
        if ink is Ink.NONE:
            painting.hidden.add(text)
            return
        degrees = math.degrees(math.atan2(turned[1], turned[0])) % 360
        turns = round(degrees / 90) % 4
        if abs(degrees - 90 * round(degrees / 90)) > SLANT:
            painting.slanted.add(text)
            return
        painting.turns[turns] += 1
        if turns:
            painting.directions[text] = turns

    def _text_ink(self, one: etree._Element, setting: _Setting) -> Ink:
        """How a text shows on white paper; one in a light colour is noted."""
        text = len(self.painting.texts) - 1
        inks = self._inks(one, setting, fills=flag(one, "Fill", True), strokes=flag(one, "Stroke", False))
        if Ink.SEEN in inks:
            colour, alpha = self._colour(one, "FillColor", setting)
            if _is_red(colour):
                self.painting.red.add(text)
            elif alpha < SHOWS_THROUGH or min(colour) >= FAINT:
                self.painting.faint.add(text)
            return Ink.SEEN
        if Ink.WHITE in inks:
            self.painting.white.add(text)
            return Ink.WHITE
        return Ink.NONE

    def _inks(self, one: etree._Element, setting: _Setting, *, fills: bool, strokes: bool) -> tuple[Ink, Ink]:
        """How its inside and its outline show."""
        if not (setting.visible and flag(one, "Visible", True)):
            return Ink.NONE, Ink.NONE
        fill = _ink(*self._colour(one, "FillColor", setting)) if fills else Ink.NONE
        return fill, _ink(*self._colour(one, "StrokeColor", setting)) if strokes else Ink.NONE

    def _colour(self, one: etree._Element, name: str, setting: _Setting) -> tuple[tuple[float, ...], float]:
        """The colour of an object and how opaque it is; a pattern, and what is not stated, is black."""
        opaque = number(one, "Alpha", OPAQUE)
        stated = child(one, name)
        if stated is None:
            stated = self._parameter(one.get("DrawParam") or setting.parameter, name)
        if stated is None:
            return BLACK, opaque
        values = numbers(stated.get("Value"))
        colour = values * 3 if len(values) == 1 else values
        return colour if len(colour) == 3 else BLACK, min(opaque, number(stated, "Alpha", OPAQUE))

    def _parameter(self, name: str, colour: str) -> etree._Element | None:
        """The colour that a drawing parameter states, or the one that it inherits from."""
        for _ in range(MOST_PARENTS):
            parameter = self._resources.parameters.get(name)
            if parameter is None:
                return None
            stated = child(parameter, colour)
            if stated is not None:
                return stated
            name = parameter.get("Relative", "")
        return None

    def _path(self, one: etree._Element, setting: _Setting) -> None:
        painting = self.painting
        fill, stroke = self._inks(one, setting, fills=flag(one, "Fill", False), strokes=flag(one, "Stroke", True))
        if fill is Ink.NONE and stroke is Ink.NONE:
            return
        data = child(one, "AbbreviatedData")
        is_red = _is_red(self._colour(one, "StrokeColor" if stroke is not Ink.NONE else "FillColor", setting)[0])
        paths = strokes_of(data.text if data is not None else "", _moved(one, setting.matrix))
        painting.objects += sum(map(len, paths))
        for points in paths:
            _paint(painting, points, fill, stroke)
            if is_red:
                _note_ring(painting, points)

    def _image(self, one: etree._Element, setting: _Setting) -> None:
        if setting.visible and flag(one, "Visible", True):
            corners = _corners(_moved(one, setting.matrix), (0.0, 0.0, 1.0, 1.0))
            self.painting.images.append(corners)
            self.painting.backdrops.append((len(self.painting.texts), corners))
            if part := self._resources.images.get(one.get("ResourceID", "")):
                self.painting.pictures.append(Picture(corners, part))


def _paint(painting: Painting, points: list[tuple[float, float]], fill: Ink, stroke: Ink) -> None:
    """One stretch of a path that is drawn in one go."""
    straight = [(x, y) for x, y in points if not math.isnan(x)]
    if len(straight) < 2:
        return
    xs, ys = zip(*straight, strict=True)
    bounds = min(xs), min(ys), max(xs), max(ys)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    lines = painting.boxes if Ink.SEEN in (stroke, fill) else painting.pale
    if min(width, height) <= THIN:
        if max(width, height) >= SHORTEST:
            lines.append(bounds)
        return
    if fill is Ink.SEEN:
        painting.backdrops.append((len(painting.texts), bounds))
    if stroke is Ink.SEEN or fill is Ink.NONE:
        add_subpath(painting, points, lines)
    elif fill is Ink.SEEN:
        add_subpath(painting, points, None)
    elif painting.texts and len(points) in CORNERS:
        painting.covers.append((len(painting.texts), bounds))


def _is_red(colour: tuple[float, ...]) -> bool:
    least, most = RED
    return colour[0] >= least and max(colour[1:]) <= most


def _note_ring(painting: Painting, points: list[tuple[float, float]]) -> None:
    """Notes a path of curves that is as round and as large as a seal."""
    straight = [(x, y) for x, y in points if not math.isnan(x)]
    if 3 * (len(points) - len(straight)) < len(points):
        return
    xs, ys = zip(*straight, strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if RING[0] <= width <= RING[1] and abs(width - height) <= ROUND * width:
        painting.rings.append((min(xs), min(ys), max(xs), max(ys)))


def _ink(colour: tuple[float, ...], alpha: float) -> Ink:
    if alpha <= 0:
        return Ink.NONE
    if min(colour) < WHITE:
        return Ink.SEEN
    return Ink.WHITE if alpha >= OPAQUE else Ink.NONE


def _moved(one: etree._Element, outer: Matrix) -> Matrix:
    """From the space of an object to the page: its own matrix, then its place, then all that is around it."""
    left, top, _, _ = box(one.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    own = matrix(one.get("CTM"))
    a, b, c, d, e, f = own
    return multiply((a, b, c, d, e + left, f + top), outer)


def _rotation(degrees: float) -> Matrix:
    """Clockwise, where y runs downwards."""
    if degrees == 0:
        return IDENTITY
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (cos, sin, -sin, cos, 0.0, 0.0)


def _clip(one: etree._Element, to_page: Matrix) -> Bounds | None:
    """The box that the clips of an object leave of it, on the page; None when it has none."""
    areas: list[Bounds] = []
    for clip in (clip for clips in children(one, "Clips") for clip in children(clips, "Clip")):
        xs: list[float] = []
        ys: list[float] = []
        for area in children(clip, "Area"):
            for path in children(area, "Path"):
                data = child(path, "AbbreviatedData")
                to_area = multiply(_moved(path, matrix(area.get("CTM"))), to_page)
                for points in strokes_of(data.text if data is not None else "", to_area):
                    xs += [x for x, _ in points if not math.isnan(x)]
                    ys += [y for x, y in points if not math.isnan(x)]
        if xs:
            areas.append((min(xs), min(ys), max(xs), max(ys)))
    return common(areas) if areas else None


def _corners(to_page: Matrix, quad: Bounds) -> Bounds:
    a, b, c, d, e, f = to_page
    xs = [a * x + c * y + e for x in (quad[0], quad[2]) for y in (quad[1], quad[3])]
    ys = [b * x + d * y + f for x in (quad[0], quad[2]) for y in (quad[1], quad[3])]
    return min(xs), min(ys), max(xs), max(ys)


def base_matrix(sheet: tuple[float, float, float, float]) -> Matrix:
    """From millimetres on a sheet, y downwards, to points, y upwards."""
    left, top, _, height = sheet
    return (POINTS, 0.0, 0.0, -POINTS, -left * POINTS, (top + height) * POINTS)
