"""Whole pages: titles, units, tables one after another or side by side, page breaks, turned sheets, and prose.

The truth of a page is drawn with it: each table with its cells, spans and texts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.hardpages.content import WORDS, Shape, make_table
from bench.hardpages.ink import draw, register, width, wrap
from bench.hardpages.styles import Drawing, Style, setting

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

    def __init__(self, rng: Random, turned: bool = False) -> None:
        register()
        self.rng, self.turned = rng, turned
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
        if self.turned:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, float(A4[0]), 0)
        self.y = self.high - 64

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

    def caption(self, number: int, left: float, right: float) -> None:
        """A title, and the unit of the amounts at the right."""
        self.y -= 22
        self.centred(f"表{number}　{self.rng.choice(WORDS['titles'])}", 13, self.y, (left + right) / 2)
        unit = f"单位：{self.rng.choice(WORDS['units'])}"
        self.y -= 16
        draw(self.canvas, right - width(unit, 9), self.y, unit, 9)
        self.y -= 5

    def table(self, style: Style, left: float, room: float, shape: Shape) -> float:
        """A table from the present height on, going over to the next page when it must; its bottom."""
        sizes = setting(self.rng, style)
        table = make_table(self.rng, shape, room, sizes.size)
        drawing = Drawing(table, style, sizes)
        x = left + (room - sum(table.widths)) / 2
        first, lift = 0, 0
        while True:
            last = self._fitting(drawing, first, lift)
            bottom = drawing.draw(self.canvas, x, self.y, range(first, last), lift)
            self.truth.append(self._true(drawing, range(first, last), lift))
            if last == table.n_rows:
                return bottom
            self.new_page()
            first, lift = last, table.head

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
    made = HardFile(rng, turned=rng.random() < 0.25)
    scene = rng.choice(["one", "two", "broken", "beside"] if style.ruled else ["one", "two", "two", "broken"])
    room = made.wide - 2 * MARGIN
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


def _beside(made: HardFile, style: Style, room: float) -> None:
    """Two narrow tables side by side, of unlike heights."""
    half = (room - GAP) / 2
    top = made.y
    bottoms = []
    for place, left in enumerate((MARGIN, MARGIN + half + GAP)):
        made.y = top
        made.caption(place + 1, left, left + half)
        shape = Shape(most_rows=10, amounts=(1, 2), deep_head=False, merged_body=True, extras=False)
        bottoms.append(made.table(style, left, half, shape))
    made.y = min(bottoms) - 20


def plain_file(kind: str, seed: int) -> bytes:
    """A page without any table, of one of the kinds in ``PLAIN``."""
    made = HardFile(Random(f"{kind} {seed}"))
    PLAIN[kind](made)
    return made.save()


def _prose(made: HardFile) -> None:
    for _ in range(6):
        amount = f"{made.rng.random() * 9999:,.2f}"
        made.prose(f"本年支出合计{amount}万元，完成年初预算的{made.rng.randint(60, 130)}.5%。" + PROSE)


def _contents(made: HardFile) -> None:
    made.centred("目　录", 16, made.y)
    made.y -= 20
    page = 1
    for number in range(1, 22):
        label = f"{number}.{made.rng.choice(WORDS['labels'])}"
        text = f"{label}{{}}{page}"
        dots = int((made.wide - 2 * MARGIN - width(text.format(""), 11)) // width(".", 11))
        made.y -= 22
        draw(made.canvas, MARGIN, made.y, text.format("." * dots), 11)
        page += made.rng.randint(0, 3)


def _columns(made: HardFile) -> None:
    """Two columns of prose, with amounts in it."""
    half = (made.wide - 2 * MARGIN - GAP) / 2
    for left in (MARGIN, MARGIN + half + GAP):
        y = made.y
        text = "".join(f"{made.rng.choice(WORDS['labels'])}{made.rng.random() * 999:,.2f}万元，" for _ in range(45))
        for line in wrap(text, 10.5, half):
            y -= 17
            draw(made.canvas, left, y, line, 10.5)


def _list(made: HardFile) -> None:
    for number in range(1, 18):
        made.y -= 20
        text = f"（{number}）{made.rng.choice(WORDS['labels'])}{made.rng.random() * 9999:,.2f}万元。"
        draw(made.canvas, MARGIN + 22, made.y, text, 11)


def _signature(made: HardFile) -> None:
    made.prose(PROSE[made.rng.randint(0, 60) :])
    for left, right in [
        ("填报人：", "联系电话：0731-8888123"),
        ("单位负责人：", "日期：2024年3月15日"),
        ("审核人：", "单位：（公章）"),
    ]:
        made.y -= 26
        draw(made.canvas, MARGIN, made.y, left, 11)
        draw(made.canvas, made.wide / 2 + 20, made.y, right, 11)


def _chart(made: HardFile) -> None:
    """Bars with their amounts on top, an axis of numbers at the left, years below."""
    made.centred("支出合计情况（单位：万元）", 12, made.y - 20)
    base, left, step = made.y - 330, MARGIN + 40, 60
    for tick in range(8):
        draw(made.canvas, MARGIN, base + 40 * tick, f"{500 * tick:,}.00", 8)
    for bar in range(6):
        height = made.rng.uniform(30, 260)
        made.canvas.rect(left + step * bar, base, 26, height, stroke=0, fill=1)
        draw(made.canvas, left + step * bar - 8, base + height + 4, f"{12.5 * height:,.2f}", 8)
        draw(made.canvas, left + step * bar, base - 14, f"{2019 + bar}年", 8)


PLAIN = {
    "prose": _prose,
    "contents": _contents,
    "two columns": _columns,
    "list": _list,
    "signatures": _signature,
    "chart": _chart,
}
