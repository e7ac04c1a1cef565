"""The rules and shades of a table, drawn in every way."""

from __future__ import annotations

from random import Random

from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.content import MadeCell
from bench.hardpages.styles import GROUNDED, Style

GREY = Color(0.86, 0.86, 0.86)
PALE = Color(0.93, 0.94, 0.97)
Boxes = dict[MadeCell, tuple[float, float, float, float]]


def draw_rules(canvas: Canvas, style: Style, head: int, boxes: Boxes, tops: list[float]) -> None:
    """Everything of a table but its texts."""
    left, right = min(box[0] for box in boxes.values()), max(box[2] for box in boxes.values())
    canvas.setLineWidth(0.6)
    canvas.setStrokeColor(black)
    if style in GROUNDED:
        _shades(canvas, boxes, style)
        if style is Style.WHITE_FRAMED:
            canvas.setStrokeColor(black)
            canvas.rect(left, tops[-1], right - left, tops[0] - tops[-1], stroke=1, fill=0)
    elif style.ruled or style is Style.HEAD:
        inner = boxes if style.ruled else {cell: box for cell, box in boxes.items() if cell.row < head}
        sides = sorted({side for box in inner.values() for side in _sides(box)})
        for side in sides if style is not Style.CELLS else []:
            _side(canvas, _shaken(side) if style is Style.JITTER else side, style)
        for x0, y0, x1, y1 in inner.values() if style is Style.CELLS else []:
            canvas.rect(x0 + 0.5, y0 + 0.5, x1 - x0 - 1, y1 - y0 - 1, stroke=1, fill=0)
        if style is Style.PHANTOM:
            _phantom(canvas, (left, tops[-1], right, tops[0]))
    elif style is Style.FRAME:
        canvas.rect(left, tops[-1], right - left, tops[0] - tops[-1], stroke=1, fill=0)
    elif style is Style.ZEBRA:
        canvas.setFillColor(PALE)
        for place in range(0, len(tops) - 1, 2):
            canvas.rect(left, tops[place + 1], right - left, tops[place] - tops[place + 1], stroke=0, fill=1)
    elif style is Style.HORIZONTAL:
        for x0, y0, x1, y1 in boxes.values():
            canvas.line(x0, y0, x1, y0)
            canvas.line(x0, y1, x1, y1)
    elif style is Style.THREE_LINE:
        _three_lines(canvas, head, boxes, tops)


def _three_lines(canvas: Canvas, head: int, boxes: Boxes, tops: list[float]) -> None:
    """Thick above and below, thin under the header and under each group of columns."""
    left, right = min(box[0] for box in boxes.values()), max(box[2] for box in boxes.values())
    foot = [box[1] for cell, box in boxes.items() if cell.row + cell.row_span == head]
    for y, thick in [(tops[0], 1.2), (tops[-1], 1.2), *((y, 0.5) for y in foot[:1])]:
        canvas.setLineWidth(thick)
        canvas.line(left, y, right, y)
    for cell, (x0, bottom, x1, _) in boxes.items():
        if cell.col_span > 1 and cell.row < head:
            canvas.line(x0 + 3, bottom, x1 - 3, bottom)


def _sides(box: tuple[float, float, float, float]) -> list[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = (round(value, 2) for value in box)
    return [(x0, y0, x0, y1), (x1, y0, x1, y1), (x0, y0, x1, y0), (x0, y1, x1, y1)]


def _shaken(side: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A side up to 0.7 points off its place and up to 2 points too short or too long, always in the same way."""
    rng = Random(str(side))
    x0, y0, x1, y1 = side
    off, start, end = rng.uniform(-0.7, 0.7), rng.uniform(-2, 2), rng.uniform(-2, 2)
    if x0 == x1:
        return x0 + off, y0 + start, x1 + off, y1 + end
    return x0 + start, y0 + off, x1 + end, y1 + off


def _side(canvas: Canvas, side: tuple[float, float, float, float], style: Style) -> None:
    x0, y0, x1, y1 = side
    if style is Style.RECTANGLES:
        canvas.setFillColor(black)
        canvas.rect(x0 - 0.2, y0 - 0.2, x1 - x0 + 0.4, y1 - y0 + 0.4, stroke=0, fill=1)
    elif style is Style.DOUBLE:
        across = x1 - x0 > y1 - y0
        for shift in (-0.75, 0.75):
            dx, dy = (0.0, shift) if across else (shift, 0.0)
            canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
    elif style is Style.BROKEN:
        canvas.setDash(6, 2)
        canvas.line(x0, y0, x1, y1)
        canvas.setDash()
    else:
        canvas.line(x0, y0, x1, y1)


def _shades(canvas: Canvas, boxes: Boxes, style: Style) -> None:
    canvas.setStrokeColor(white)
    canvas.setFillColor(GREY)
    canvas.setLineWidth(1.0)
    gap = 0.5 if style is Style.SHADED else 0.0
    for x0, y0, x1, y1 in boxes.values():
        outlined = int(style is not Style.SHADED)
        canvas.rect(x0 + gap, y0 + gap, x1 - x0 - 2 * gap, y1 - y0 - 2 * gap, stroke=outlined, fill=1)


def _phantom(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """A column at the left too narrow for any text, as a sheet has whose first column was squeezed."""
    left, bottom, _, top = box
    at = left - Random(str(box)).uniform(3.5, 6)
    canvas.line(at, bottom, at, top)
    for y in (bottom, top):
        canvas.line(at, y, left, y)
