"""Whole pages: titles, units, tables one after another or side by side, page breaks, turned sheets.

The truth of a page is drawn with it: each table with its cells, spans and texts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.content import WORDS, Shape, make_table
from bench.hardpages.drawing import Drawing
from bench.hardpages.ink import draw, register, width, wrap
from bench.hardpages.styles import Style, setting

MARGIN = 56.0
GAP = 30.0  # points between tables side by side
PROSE = WORDS["prose"][0]


@dataclass(frozen=True, slots=True)
class TrueCell:
    """One cell as a reader should find it."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class TrueTable:
    """One table on one page, or the part of it that stands there."""

    page: int
    cells: tuple[TrueCell, ...]


class HardFile:
    """A PDF file in the making, with its truth."""

    def __init__(self, rng: Random, turned: bool = False, style: Style | None = None) -> None:
        register()
        self.rng, self.turned, self.style = rng, turned, style
        self.wide, self.high = (float(A4[1]), float(A4[0])) if turned else (float(A4[0]), float(A4[1]))
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, invariant=True, pageCompression=1)
        self.truth: list[TrueTable] = []
        self.page = 0
        self.new_page()

    def new_page(self) -> None:
        """Ends the page, with its number at the foot, and begins another."""
        if self.page:
            self._end()
        self.page += 1
        self.canvas.setPageSize((self.wide, self.high))  # reportlab swaps the sides of a turned page itself
        if self.style is Style.LAID:
            self._lay()
        elif self.style is Style.OFFSET:
            self._offset()
        elif self.turned:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, float(A4[0]), 0)
        self.y = self.high - 64

    def _lay(self) -> None:
        """A wide page drawn on its side, read from the right or from the left, on a sheet that says nothing of it."""
        self.canvas.setPageSize((self.high, self.wide))
        if self.rng.random() < 0.5:
            self.canvas.transform(0, 1, -1, 0, self.high, 0)
        else:
            self.canvas.transform(0, -1, 1, 0, 0, self.wide)

    def _offset(self) -> None:
        """Shows a part of a larger sheet that does not begin at zero."""
        x, y = self.rng.uniform(20, 200), self.rng.uniform(20, 300)
        self.canvas.setPageSize((self.wide + 2 * x, self.high + 2 * y))
        self.canvas.setCropBox((x, y, x + self.wide, y + self.high))
        self.canvas.translate(x, y)

    def _end(self) -> None:
        self.centred(f"— {self.page} —", 9, 30)
        self.canvas.showPage()

    def save(self) -> bytes:
        """The finished file."""
        self._end()
        self.canvas.save()
        return self.out.getvalue()

    @property
    def room(self) -> float:
        """Points left above the foot."""
        return self.y - 60

    def centred(self, text: str, size: float, y: float, middle: float | None = None) -> None:
        """A line around the middle of the page, or of a column."""
        at = (self.wide / 2 if middle is None else middle) - width(text, size) / 2
        draw(self.canvas, at, y, text, size)

    def prose(self, text: str, size: float = 11) -> None:
        """A paragraph, its first line indented."""
        for line in wrap("　　" + text, size, self.wide - 2 * MARGIN):
            self.y -= 1.6 * size
            draw(self.canvas, MARGIN, self.y, line, size)
        self.y -= 8

    def caption(self, number: int, left: float, right: float, *, unit: bool = True) -> None:
        """A title, and the unit of the amounts at the right."""
        self.y -= 22
        self.centred(f"表{number}　{self.rng.choice(WORDS['titles'])}", 13, self.y, (left + right) / 2)
        if unit:
            self._unit(right)
        self.y -= 5

    def _unit(self, right: float) -> None:
        unit = f"单位：{self.rng.choice(WORDS['units'])}"
        self.y -= 16
        draw(self.canvas, right - width(unit, 9), self.y, unit, 9)

    def table(self, style: Style, left: float, room: float, shape: Shape, *, full: bool = False) -> float:
        """A table from the present height on, going over to the next page when it must; its bottom.

        It is as wide as its columns need, or ``full``: as wide as there is room.
        """
        sizes = setting(self.rng, style)
        table = make_table(self.rng, shape, room, sizes.size)
        if full:
            scale = room / sum(table.widths)
            table = replace(table, widths=tuple(scale * wide for wide in table.widths))
        drawing = Drawing(table, style, sizes)
        x = left + (room - sum(table.widths)) / 2
        self.y -= 10 * (style is Style.ORNATE)  # the frame keeps clear of the caption
        first, lift = 0, 0
        while True:
            last = self._fitting(drawing, first, lift)
            bottom = self._drawn(drawing, x, range(first, last), lift)
            self.truth.append(self._true(drawing, range(first, last), lift))
            if last == table.n_rows:
                return bottom
            self.new_page()
            first, lift = last, table.head

    def _drawn(self, drawing: Drawing, x: float, rows: range, lift: int) -> float:
        if drawing.style is not Style.FORMS:
            return drawing.draw(self.canvas, x, self.y, rows, lift)
        inner, outer = (f"{name}{len(self.truth)}" for name in ("inner", "outer"))
        self.canvas.beginForm(inner, 0, 0, 2 * self.wide, 2 * self.high)
        self.canvas.scale(2, 2)
        bottom = drawing.draw(self.canvas, x, self.y, rows, lift)
        self.canvas.endForm()
        self.canvas.beginForm(outer, 0, 0, self.wide, self.high)
        self.canvas.scale(0.5, 0.5)
        self.canvas.doForm(inner)
        self.canvas.endForm()
        self.canvas.doForm(outer)
        return bottom

    def _fitting(self, drawing: Drawing, first: int, lift: int) -> int:
        """The row after the last that fits, and that no merged cell goes over."""
        room = self.room - sum(drawing.heights[:lift])
        last = first
        while last < drawing.table.n_rows and drawing.heights[last] <= room:
            room -= drawing.heights[last]
            last += 1
        cells = drawing.table.cells
        while any(cell.row < last < cell.row + cell.row_span for cell in cells) and last > first + 1:
            last -= 1
        return max(last, first + 1)

    def _true(self, drawing: Drawing, rows: range, lift: int) -> TrueTable:
        drawn = [*range(lift), *rows]
        cells = [
            TrueCell(drawn.index(cell.row), cell.col, cell.row_span, cell.col_span, cell.text)
            for cell in drawing.table.cells
            if cell.row in drawn
        ]
        return TrueTable(self.page, tuple(cells))


def hard_file(style: Style, seed: int) -> tuple[bytes, list[TrueTable]]:
    """A file of one or two pages whose tables are drawn in ``style``, and its truth."""
    rng = Random(f"{style.name} {seed}")
    placed = style in (Style.LAID, Style.OFFSET)
    made = HardFile(rng, rng.random() < 0.25 or style is Style.LAID, style if placed else None)
    scene = rng.choice(["one", "two"] if style is Style.WORDS else ["one", "two", "broken", "beside"])
    room = made.wide - 2 * MARGIN
    if style in SCENES:
        return SCENES[style](made, room)
    if style.ruled and rng.random() < 0.2:  # a frame around the page is no table
        made.canvas.rect(30, 48, made.wide - 60, made.high - 96)
    if rng.random() < 0.5:
        made.prose(PROSE[: rng.randint(20, 100)])
    if scene == "beside":
        _beside(made, style, room)
        return made.save(), made.truth
    for number in range(1, 3 if scene == "two" else 2):
        if number > 1 and made.room < 250:
            made.new_page()
        made.caption(number, MARGIN, made.wide - MARGIN)
        if scene == "broken":
            made.y = min(made.y, 60 + 150 + 40 * rng.random())
        made.y = made.table(style, MARGIN, room, style.shape)
        if rng.random() < 0.4:
            made.y -= 14
            draw(made.canvas, MARGIN, made.y, "注：本表反映部门本年度预算安排情况，合计数可能因四舍五入存在尾差。", 8)
        made.y -= 18
        if rng.random() < 0.5 and made.room > 120:
            made.prose(PROSE[rng.randint(0, 40) :])
    return made.save(), made.truth


def _several(made: HardFile, room: float) -> tuple[bytes, list[TrueTable]]:
    """Tables one above the other in one frame, with their titles; some frames are their sides as well."""
    top, away, full = made.y, made.rng.choice([0.0, 0.0, 8.0]), made.rng.random() < 0.5
    for number in range(made.rng.choice([2, 2, 3])):
        if made.room < 190:
            break
        made.caption(number + 1, MARGIN, made.wide - MARGIN)
        made.y = made.table(Style.SEVERAL, MARGIN, room, Style.SEVERAL.shape, full=full) - 12
    made.canvas.rect(MARGIN - away, made.y - away, room + 2 * away, top - made.y + 2 * away)
    return made.save(), made.truth


def _abreast(made: HardFile, room: float) -> tuple[bytes, list[TrueTable]]:
    """Two tables of unlike heights that share a side, in one frame; their captions in it or above it."""
    half, top, bottoms = room / 2, made.y, []
    inside, parted, unit = made.rng.random() < 0.67, made.rng.random() < 0.5, made.rng.random() < 0.7
    shape = replace(Style.ABREAST.shape, most_rows=10, amounts=(1, 2), extras=False)
    for place, left in enumerate((MARGIN, MARGIN + half)):
        made.y = top
        made.caption(place + 1, left, left + half - 4, unit=unit)
        start = made.y
        bottoms.append(made.table(Style.ABREAST, left, half, shape, full=True))
    ceiling, floor = (top if inside else start), min(bottoms)
    made.canvas.rect(MARGIN, floor, room, ceiling - floor)
    if parted:
        made.canvas.line(MARGIN + half, floor, MARGIN + half, ceiling)
    return made.save(), made.truth


def _beside(made: HardFile, style: Style, room: float) -> None:
    """Two narrow tables side by side, of unlike heights."""
    half = (room - GAP) / 2
    top = made.y
    bottoms = []
    for place, left in enumerate((MARGIN, MARGIN + half + GAP)):
        made.y = top
        made.caption(place + 1, left, left + half)
        like = style.shape
        shape = replace(like, most_rows=10, amounts=(1, 2), deep_head=False, extras=False, upended=False)
        bottoms.append(made.table(style, left, half, shape))
    made.y = min(bottoms) - 20


def _nested(made: HardFile, room: float) -> tuple[bytes, list[TrueTable]]:
    """A table whose last row is one cell that holds another table."""
    shape = replace(Style.NESTED.shape, most_rows=7)
    made.caption(1, MARGIN, made.wide - MARGIN)
    bottom = made.table(Style.NESTED, MARGIN, room, shape, full=True)
    made.y = bottom - made.rng.uniform(8, 14)
    inset, full = made.rng.uniform(8, 30), made.rng.random() < 0.5
    within = made.table(Style.NESTED, MARGIN + inset, room - 2 * inset, shape, full=full)
    floor = within - made.rng.uniform(8, 14)
    made.canvas.rect(MARGIN, floor, room, bottom - floor)
    return made.save(), made.truth


SCENES = {Style.SEVERAL: _several, Style.ABREAST: _abreast, Style.NESTED: _nested}
