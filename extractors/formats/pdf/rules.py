"""What a page draws -> its rules in the frame in which it is read, cut at the edges of the page."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Bounds, Boxes, Matrix, in_frame
from extractors.formats.pdf.points import sides_of
from extractors.layout.ink import Rule, Rules, Shade


def rules_in(drawing: Drawing, matrix: Matrix, width: float, height: float) -> Rules:
    """The rules in the frame that ``matrix`` leads to, of ``width`` by ``height``; those off the page are left out."""
    rules = Rules()
    boxes = drawing.boxes
    outlines = _moved(drawing.outlines, matrix)
    if _all_inside(outlines, width, height):
        _add_sides(outlines, rules)
    else:
        boxes = [*boxes, *(side for box in drawing.outlines for side in sides_of(box))]
    _sort(_on_page(boxes, matrix, width, height), rules.horizontal, rules.vertical)
    _sort(_on_page(drawing.pale, matrix, width, height), rules.pale_horizontal, rules.pale_vertical)
    rules.shades.extend(Shade(*box) for box in _on_page(drawing.shades, matrix, width, height))
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
