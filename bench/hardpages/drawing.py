"""One table with its measures, drawn row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.content import MadeCell, MadeTable
from bench.hardpages.ink import draw, width, wrap
from bench.hardpages.lies import Pen
from bench.hardpages.rules import draw_rules
from bench.hardpages.styles import Setting, Style


class Drawing:
    """One table with its measures."""

    def __init__(self, table: MadeTable, style: Style, sizes: Setting) -> None:
        self.table, self.style, self.sizes = table, style, sizes
        self.clipped = table.n_rows % 2 == 0
        self.lefts = [sum(table.widths[:col]) for col in range(table.n_cols + 1)]
        if style is Style.OVERFLOW and not self.clipped:
            self.table = table = replace(table, cells=tuple(self._making_room(table.cells)))
        self.lines = {cell: self._lines(cell) for cell in table.cells}
        self.heights = self._heights()

    def _making_room(self, cells: tuple[MadeCell, ...]) -> Iterator[MadeCell]:
        """The cells, empty where a label runs over into them, as in a sheet."""
        wide = {(c.row, c.col + 1) for c in cells if c.align == "l" and width(c.text, self.sizes.size) > self._room(c)}
        yield from (replace(cell, text="") if (cell.row, cell.col) in wide else cell for cell in cells)

    def _room(self, cell: MadeCell) -> float:
        return self.lefts[cell.col + cell.col_span] - self.lefts[cell.col] - 2 * self.sizes.across

    def _lines(self, cell: MadeCell) -> list[str]:
        if cell.align in "vs":
            return list(cell.text) if cell.align == "v" else [cell.text]
        if self.style is Style.OVERFLOW and cell.align == "l":
            return [cell.text]
        return wrap(cell.text, self.sizes.size, self._room(cell))

    def _needs(self, cell: MadeCell) -> float:
        if cell.align == "s":
            return width(cell.text, self.sizes.size) + 2 * self.sizes.pad
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
        draw_rules(canvas, self.style, self.table.head, boxes, tops)
        canvas.setFillColor(black)
        pen = Pen(canvas, self.style, (x, tops[-1], x + self.lefts[-1], top))
        for cell, box in boxes.items():
            if self.style is Style.OVERFLOW and self.clipped:
                canvas.saveState()
                _clip(canvas, box)
                self._text(canvas, pen, cell, box)
                canvas.restoreState()
            else:
                self._text(canvas, pen, cell, box)
        pen.done()
        return tops[-1]

    def _text(self, canvas: Canvas, pen: Pen, cell: MadeCell, box: tuple[float, float, float, float]) -> None:
        x0, bottom, x1, top = box
        lines, size, step = self.lines[cell], self.sizes.size, self.sizes.leading * self.sizes.size
        y = (top + bottom) / 2 + len(lines) * step / 2
        if cell.align == "s":
            pen.upwards((x0 + x1) / 2 + 0.36 * size, (top + bottom - width(cell.text, size)) / 2, cell.text, size)
            return
        for index, line in enumerate(lines):
            free = x1 - x0 - 2 * self.sizes.across - pen.width(line, size)
            shift = {"l": 0.0, "r": free}.get(cell.align, free / 2)
            baseline = y - step * index - 0.5 * step - 0.36 * size
            pen.write(x0 + self.sizes.across + shift, baseline, line, size)
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


def _clip(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    """Nothing outside the box is seen of what follows."""
    path = canvas.beginPath()
    path.rect(box[0], box[1], box[2] - box[0], box[3] - box[1])
    canvas.clipPath(path, stroke=0, fill=0)
