"""What a page paints, whatever the file format: its rules, its shades, and which of its texts can be seen.

Colours matter only as far as they make something invisible. Bounds are in the page's own space, in points, y upwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from extractors.layout.frame import Bounds, Boxes, Matrix, in_frame
from extractors.layout.ink import Rule, Rules, Shade

THIN = 3.0  # points: a filled rectangle at most this thick is a rule
SHORTEST = 0.5  # points: dashes drawn one by one are longer than this
WHITE = 250  # of 255: what is all at least this light is not seen on paper
FAINT = 170  # of 255: a text whose colours are all at least this light may be a watermark, or one that shows through
OPAQUE = 255
SHOWS_THROUGH = 160  # of 255
SLANT = 2.0  # degrees off a quarter turn beyond which text is a watermark
RING = (50.0, 180.0)  # points: how wide a seal is; those of authorities have 42 to 50 mm
ROUND = 0.03  # of its width: how far the box of a ring is from a square
RED = 150, 110  # of 255: a colour with so much red, and no more green and blue, is that of a seal


class Ink(Enum):
    """How a colour shows on white paper."""

    SEEN = "seen"
    WHITE = "white"  # not seen, but it hides what is below
    NONE = "none"


@dataclass(slots=True)
class Painted:
    """What a page paints besides its characters. Texts are named by numbers that the format gives them."""

    boxes: list[Bounds] = field(default_factory=list)  # of thin lines and of the edges of polygons
    outlines: list[Bounds] = field(default_factory=list)  # rectangles whose four sides are drawn
    pale: list[Bounds] = field(default_factory=list)  # thin lines and edges of either, in white
    shades: list[Bounds] = field(default_factory=list)  # filled rectangles without an outline
    images: list[Bounds] = field(default_factory=list)
    turns: Counter[int] = field(default_factory=Counter)  # quarter turns of texts -> how many texts
    directions: dict[int, int] = field(default_factory=dict)  # text -> its quarter turns, unless 0
    slanted: set[int] = field(default_factory=set)  # texts that stand askew
    hidden: set[int] = field(default_factory=set)  # texts that are not painted
    white: set[int] = field(default_factory=set)  # texts that are seen only on something dark
    faint: set[int] = field(default_factory=set)  # texts in a light colour, or that show what is below them
    red: set[int] = field(default_factory=set)  # texts in red
    rings: list[Bounds] = field(default_factory=list)  # red circles as large as a seal
    backdrops: list[tuple[int, Bounds]] = field(default_factory=list)  # what is filled and not white: texts before, box
    texts: dict[int, int] = field(default_factory=dict)  # text -> how many texts are drawn before it
    covers: list[tuple[int, Bounds]] = field(default_factory=list)  # white rectangles, and the texts drawn before them

    def reading_turns(self, displayed: int) -> int:
        """How far the page must be turned for most of its text to stand upright; ``displayed`` when it has none."""
        if not self.turns:
            return displayed
        return max(self.turns, key=lambda turns: (self.turns[turns], turns == displayed))

    def turned_otherwise(self, turns: int) -> set[int]:
        """Texts that do not stand upright when the page is turned so far."""
        if len(self.turns) < 2:
            return set()
        return {text for text in self.texts if self.directions.get(text, 0) != turns}


def add_subpath(painted: Painted, points: list[tuple[float, float]], strokes: list[Bounds] | None) -> None:
    """Notes what is straight in a stretch that is drawn in one go: its sides into ``strokes``; NaN where a curve ends.

    What is only filled has no strokes (None): its rectangle is a shade, or a rule when it is thin.
    """
    xs, ys = zip(*points, strict=True)
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    if min(x1 - x0, y1 - y0) <= THIN:
        if max(x1 - x0, y1 - y0) >= SHORTEST:
            (painted.boxes if strokes is None else strokes).append((x0, y0, x1, y1))
        return
    if len(points) == 4:  # a rectangle that is closed without drawing back to its start
        points = [*points, points[0]]
    if strokes is None:
        if len(points) == 5 and all(x in (x0, x1) and y in (y0, y1) for x, y in points):
            painted.shades.append((x0, y0, x1, y1))
        return
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) < SHORTEST < abs(ay - by) or abs(ay - by) < SHORTEST < abs(ax - bx):
            strokes.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def sides_of(box: Bounds) -> tuple[Bounds, Bounds, Bounds, Bounds]:
    """The four sides of a rectangle."""
    x0, y0, x1, y1 = box
    return (x0, y0, x0, y1), (x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1)


def rules_in(painted: Painted, matrix: Matrix, width: float, height: float) -> Rules:
    """The rules in the frame that ``matrix`` leads to, of ``width`` by ``height``; those off the page are left out."""
    rules = Rules()
    boxes = painted.boxes
    outlines = _moved(painted.outlines, matrix)
    if _all_inside(outlines, width, height):
        _add_sides(outlines, rules)
    else:
        boxes = [*boxes, *(side for box in painted.outlines for side in sides_of(box))]
    _sort(_on_page(boxes, matrix, width, height), rules.horizontal, rules.vertical)
    _sort(_on_page(painted.pale, matrix, width, height), rules.pale_horizontal, rules.pale_vertical)
    rules.shades.extend(Shade(*box) for box in _on_page(painted.shades, matrix, width, height))
    return rules


def _moved(boxes: list[Bounds], matrix: Matrix) -> Boxes:
    """Left, top, right and bottom of each box."""
    lefts, lows, rights, highs = (list(side) for side in zip(*boxes, strict=True)) if boxes else ([], [], [], [])
    return in_frame((lefts, highs, rights, lows), matrix)


def _all_inside(boxes: Boxes, width: float, height: float) -> bool:
    lefts, tops, rights, bottoms = boxes
    return not lefts or (min(lefts) >= 0 and min(tops) >= 0 and max(rights) <= width and max(bottoms) <= height)


def _add_sides(outlines: Boxes, rules: Rules) -> None:
    lefts, tops, rights, bottoms = outlines
    for ys in (tops, bottoms):
        rules.horizontal.extend(map(Rule, ys, lefts, rights))
    for xs in (lefts, rights):
        rules.vertical.extend(map(Rule, xs, tops, bottoms))


def _sort(boxes: Iterable[Bounds], horizontal: list[Rule], vertical: list[Rule]) -> None:
    for x0, y0, x1, y1 in boxes:
        across, down = x1 - x0, y1 - y0
        if across >= down:
            horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        if down >= across:
            vertical.append(Rule((x0 + x1) / 2, y0, y1))


def _on_page(boxes: list[Bounds], matrix: Matrix, width: float, height: float) -> Iterable[Bounds]:
    """Left, top, right and bottom of the parts of the boxes that are on the page."""
    moved = _moved(boxes, matrix)
    every = zip(*moved, strict=True)
    return every if _all_inside(moved, width, height) else _cut(every, width, height)


def _cut(boxes: Iterable[Bounds], width: float, height: float) -> Iterable[Bounds]:
    for x0, y0, x1, y1 in boxes:
        left, top = (x0 if x0 > 0.0 else 0.0), (y0 if y0 > 0.0 else 0.0)
        right, bottom = (x1 if x1 < width else width), (y1 if y1 < height else height)
        if left <= right and top <= bottom:
            yield left, top, right, bottom
