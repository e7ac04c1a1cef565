"""Ways to draw a table: its rules, its shades, and where its texts stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.content import MadeCell, MadeTable, Shape
from bench.hardpages.ink import draw, width, wrap

GREY = Color(0.86, 0.86, 0.86)
PALE = Color(0.93, 0.94, 0.97)


class Style(Enum):
    """How a table is drawn; the value is its name in the results."""

    LINES = "lines"
    RECTANGLES = "hairline rectangles"
    DOUBLE = "double rules"
    BROKEN = "broken rules"
    JITTER = "rules that miss each other"
    CELLS = "a border per cell, with gaps"
    WHITE = "white rules on grey"
    SHADED = "shaded cells, no rules"
    THREE_LINE = "three lines"
    HORIZONTAL = "horizontal rules only"
    FRAME = "outer frame only"
    HEAD = "header ruled, body not"
    ZEBRA = "shaded bands"
    SPACE = "white space only"
    LEADERS = "dotted leaders"

    @property
    def ruled(self) -> bool:
        """Whether the drawing shows every side of every cell."""
        return self in RULED

    @property
    def shape(self) -> Shape:
        """What tables of this style may hold."""
        if self.ruled:
            return Shape(merged_body=True)
        if self is Style.LEADERS:
            return Shape(most_rows=12, amounts=(1, 2), deep_head=False, wraps=False, extras=False)
        return Shape(most_rows=14)


RULED = frozenset(
    {Style.LINES, Style.RECTANGLES, Style.DOUBLE, Style.BROKEN, Style.JITTER, Style.CELLS, Style.WHITE, Style.SHADED}
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Sizes of one table: font, line height over font size, points between a cell's side and its text."""

    size: float
    leading: float
    pad: float
    across: float  # the same at the left and right sides


def setting(rng: Random, style: Style) -> Setting:
    """Random sizes."""
    down = rng.uniform(1.5, 5.0) if style.ruled else rng.uniform(2.5, 5.0)
    return Setting(rng.choice([8.0, 9.0, 10.0]), 1.2, down, rng.uniform(2.5, 4.0) if style.ruled else 4.0)


class Drawing:
    """One table with its measures."""

    def __init__(self, table: MadeTable, style: Style, sizes: Setting) -> None:
        self.table, self.style, self.sizes = table, style, sizes
        self.lefts = [sum(table.widths[:col]) for col in range(table.n_cols + 1)]
        self.lines = {cell: wrap(cell.text, sizes.size, self._room(cell)) for cell in table.cells}
        self.heights = self._heights()

    def _room(self, cell: MadeCell) -> float:
        return self.lefts[cell.col + cell.col_span] - self.lefts[cell.col] - 2 * self.sizes.across

    def _needs(self, cell: MadeCell) -> float:
        return len(self.lines[cell]) * self.sizes.leading * self.sizes.size + 2 * self.sizes.pad

    def _heights(self) -> list[float]:
        heights = [self.sizes.leading * self.sizes.size + 2 * self.sizes.pad] * self.table.n_rows
        for cell in sorted(self.table.cells, key=lambda cell: cell.row_span):
            rows = range(cell.row, cell.row + cell.row_span)
            heights[rows[-1]] += max(0.0, self._needs(cell) - sum(heights[row] for row in rows))
        return heights

    def draw(self, canvas: Canvas, x: float, top: float, rows: range, lift: int = 0) -> float:
        """Draws the rows ``rows`` (the header again when it is not among them and ``lift`` says so); their bottom."""
        drawn = [*range(lift), *rows]
        tops = [top]
        for row in drawn:
            tops.append(tops[-1] - self.heights[row])
        at = {row: tops[place] for place, row in enumerate(drawn)}
        boxes = {
            cell: (x + self.lefts[cell.col], tops[place + cell.row_span], x + self.lefts[cell.col + cell.col_span], y)
            for cell in self.table.cells
            if (y := at.get(cell.row)) is not None and (place := drawn.index(cell.row)) >= 0
        }
        _rules(canvas, self, boxes, tops)
        canvas.setFillColor(black)
        for cell, box in boxes.items():
            self._text(canvas, cell, box)
        return tops[-1]

    def _text(self, canvas: Canvas, cell: MadeCell, box: tuple[float, float, float, float]) -> None:
        x0, bottom, x1, top = box
        lines, size, step = self.lines[cell], self.sizes.size, self.sizes.leading * self.sizes.size
        y = (top + bottom) / 2 + len(lines) * step / 2
        for index, line in enumerate(lines):
            free = x1 - x0 - 2 * self.sizes.across - width(line, size)
            shift = {"l": 0.0, "c": free / 2, "r": free}[cell.align]
            baseline = y - step * index - 0.5 * step - 0.36 * size
            draw(canvas, x0 + self.sizes.across + shift, baseline, line, size)
        if self.style is Style.LEADERS and cell.row >= self.table.head and cell.col + 1 < self.table.n_cols:
            self._leaders(canvas, cell, (x0, x1), y - 0.5 * step - 0.36 * size)

    def _leaders(self, canvas: Canvas, cell: MadeCell, sides: tuple[float, float], baseline: float) -> None:
        """Dots from the end of a text to the start of the next cell's text."""
        size, after = self.sizes.size, self._text_at(cell.row, cell.col + 1)
        start = sides[0] + self.sizes.across + width(cell.text, size) if cell.align == "l" else sides[1]
        end = sides[1] + self.table.widths[cell.col + 1] - self.sizes.across - width(after, size) - 2
        dots = int((end - start) // width(".", size))
        if dots > 3 and after:
            draw(canvas, end - dots * width(".", size), baseline, "." * dots, size)

    def _text_at(self, row: int, col: int) -> str:
        return next((cell.text for cell in self.table.cells if (cell.row, cell.col) == (row, col)), "")


Boxes = dict[MadeCell, tuple[float, float, float, float]]


def _rules(canvas: Canvas, drawing: Drawing, boxes: Boxes, tops: list[float]) -> None:
    """Everything of a table but its texts."""
    style, table = drawing.style, drawing.table
    left, right = min(box[0] for box in boxes.values()), max(box[2] for box in boxes.values())
    canvas.setLineWidth(0.6)
    canvas.setStrokeColor(black)
    if style in (Style.WHITE, Style.SHADED):
        _shades(canvas, boxes, style)
    elif style.ruled or style is Style.HEAD:
        inner = boxes if style.ruled else {cell: box for cell, box in boxes.items() if cell.row < table.head}
        sides = sorted({side for box in inner.values() for side in _sides(box)})
        for side in sides if style is not Style.CELLS else []:
            _side(canvas, _shaken(side) if style is Style.JITTER else side, style)
        for x0, y0, x1, y1 in inner.values() if style is Style.CELLS else []:
            canvas.rect(x0 + 0.5, y0 + 0.5, x1 - x0 - 1, y1 - y0 - 1, stroke=1, fill=0)
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
        _three_lines(canvas, drawing, boxes, tops)


def _three_lines(canvas: Canvas, drawing: Drawing, boxes: Boxes, tops: list[float]) -> None:
    """Thick above and below, thin under the header and under each group of columns."""
    left, right = min(box[0] for box in boxes.values()), max(box[2] for box in boxes.values())
    head = [box[1] for cell, box in boxes.items() if cell.row + cell.row_span == drawing.table.head]
    for y, thick in [(tops[0], 1.2), (tops[-1], 1.2), *((y, 0.5) for y in head[:1])]:
        canvas.setLineWidth(thick)
        canvas.line(left, y, right, y)
    for cell, (x0, bottom, x1, _) in boxes.items():
        if cell.col_span > 1 and cell.row < drawing.table.head:
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
        outlined = int(style is Style.WHITE)
        canvas.rect(x0 + gap, y0 + gap, x1 - x0 - 2 * gap, y1 - y0 - 2 * gap, stroke=outlined, fill=1)
