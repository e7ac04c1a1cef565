"""Random budget tables as cells with spans and texts. Knows no page and no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

WORDS = {
    name: words.split()
    for name, _, words in (
        line.partition(": ") for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines()
    )
}


@dataclass(frozen=True, slots=True)
class MadeCell:
    """One cell and how its text stands in it: ``l``, ``c`` or ``r``, ``v`` one character a line, ``s`` on its side."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    align: str


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table before it is drawn. ``widths`` are points; the first ``head`` rows are the header."""

    n_rows: int
    widths: tuple[float, ...]
    head: int
    cells: tuple[MadeCell, ...]

    @property
    def n_cols(self) -> int:
        """Columns."""
        return len(self.widths)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table may hold, as far as its style can show it."""

    most_rows: int = 16
    amounts: tuple[int, int] = (2, 5)
    label: tuple[float, float] = (10, 16)  # ems
    deep_head: bool = True  # cells of the header over several columns or rows
    merged_body: bool = False  # the same in the body, which only rules show
    wraps: bool = True  # labels over several lines
    extras: bool = True  # a column of codes, and one of remarks
    upended: bool = False  # a first column of labels over several rows, that run down
    largest: int = 999_999  # amount
    worded: bool = False  # numbered rows of words, no amounts


def make_table(rng: Random, shape: Shape, room: float, size: float) -> MadeTable:
    """A random table at most ``room`` points wide, for texts of ``size`` points: no amount is wider than its cell."""
    if shape.worded:
        return _worded(rng, shape, room, size)
    coded = shape.upended or (shape.extras and rng.random() < 0.5)
    remarks = shape.extras and rng.random() < 0.2
    amounts = rng.randint(*shape.amounts)
    ems = [
        *[2.6 if shape.upended else 6.2] * coded,
        rng.uniform(*shape.label),
        *[rng.uniform(8.1, 9.5) for _ in range(amounts)],
        *[7.0] * remarks,
    ]
    while sum(ems) * size > room:
        if amounts > 1:
            amounts -= 1
            del ems[coded + 1]
        else:
            ems[coded] -= 0.5
    widths = [em * size for em in ems]
    first = coded + 1
    head_rows, head = _head(rng, shape, first, amounts, remarks)
    body_rows = rng.randint(5, shape.most_rows)
    body = _body(rng, shape, (coded, amounts, remarks), head_rows, body_rows)
    return MadeTable(head_rows + body_rows, tuple(widths), head_rows, tuple(head + body))


def _worded(rng: Random, shape: Shape, room: float, size: float) -> MadeTable:
    """A list of items: number, name, and words about each."""
    ems = [4.0, rng.uniform(12, 17), *[rng.uniform(7, 9) for _ in range(rng.randint(1, 3))]]
    while sum(ems) * size > room:
        ems.pop()
    names = ["序号", "项目名称", *rng.sample(WORDS["leaves"], len(ems) - 2)]
    cells = [MadeCell(0, col, 1, 1, name, "c") for col, name in enumerate(names)]
    rows = rng.randint(5, shape.most_rows)
    for row in range(1, rows + 1):
        words = [rng.choice(WORDS["labels"]), *(rng.choice(WORDS["remarks"]) for _ in names[2:])]
        cells += [MadeCell(row, col, 1, 1, text, "l" if col else "c") for col, text in enumerate([str(row), *words])]
    return MadeTable(rows + 1, tuple(em * size for em in ems), 1, tuple(cells))


def _head(rng: Random, shape: Shape, first: int, amounts: int, remarks: bool) -> tuple[int, list[MadeCell]]:
    groups = _groups(rng, amounts) if shape.deep_head and rng.random() < 0.6 else [1] * amounts
    depth = 2 if any(size > 1 for size in groups) else 1
    over = depth == 2 and rng.random() < 0.25  # a third level over all of the amounts
    depth += over
    names = (["类" if shape.upended else "科目编码"] if first == 2 else []) + [
        rng.choice(["项目", "科目名称", "功能分类科目"])
    ]
    cells = [MadeCell(0, col, depth, 1, name, "c") for col, name in enumerate(names)]
    if over:
        cells.append(MadeCell(0, first, 1, amounts, "本年预算安排情况", "c"))
    col, top = first, int(over)
    leaves = rng.sample([*WORDS["leaves"], *WORDS["wide_leaves"]] if shape.wraps else WORDS["leaves"], amounts)
    for size in groups:
        if size > 1:
            cells.append(MadeCell(top, col, 1, size, rng.choice(WORDS["groups"]), "c"))
        for place in range(col, col + size):
            row = top + 1 if size > 1 else top
            cells.append(MadeCell(row, place, depth - row, 1, leaves[place - first], "c"))
        col += size
    if remarks:
        cells.append(MadeCell(0, first + amounts, depth, 1, "备注", "c"))
    return depth, cells


def _groups(rng: Random, amounts: int) -> list[int]:
    sizes = []
    while amounts:
        size = min(amounts, rng.choice([1, 2, 2, 3]))
        sizes.append(size)
        amounts -= size
    return sizes


def _body(rng: Random, shape: Shape, columns: tuple[bool, int, bool], first_row: int, rows: int) -> list[MadeCell]:
    coded, amounts, remarks = columns
    cells = []
    merged = _merges(rng, rows, coded) if shape.merged_body else {}
    total = rng.choice([0, rows - 1])
    for row in range(rows):
        level = rng.choice([0, 1, 1, 2])
        label = rng.choice([label for label in WORDS["labels"] if shape.wraps or len(label) < 9])
        if coded and not any(first < row < last for first, last in merged.items()):
            rows_of = merged.get(row, row + 1) - row
            text, align = _upended(rng, rows_of) if shape.upended else (_code(rng, row == total, level), "l")
            cells.append(MadeCell(first_row + row, 0, rows_of, 1, text, align))
        cells.append(MadeCell(first_row + row, int(coded), 1, 1, "合计" if row == total else label, "l"))
        for place in range(amounts):
            cells.append(MadeCell(first_row + row, coded + 1 + place, 1, 1, _amount(rng, shape, row == total), "r"))
        if remarks:
            text = rng.choice(WORDS["remarks"]) if rng.random() < 0.4 else ""
            cells.append(MadeCell(first_row + row, coded + 1 + amounts, 1, 1, text, "l"))
    return cells


def _merges(rng: Random, rows: int, coded: bool) -> dict[int, int]:
    """First row -> row after the last, of merged cells in the column of codes."""
    merged: dict[int, int] = {}
    row = 0
    while coded and row < rows:
        size = rng.choice([1, 1, 2, 3])
        if size > 1 and row + size <= rows:
            merged[row] = row + size
        row += size
    return merged


def _code(rng: Random, is_total: bool, level: int) -> str:
    return "" if is_total else f"2{rng.randint(1, 29):02d}" + f"{rng.randint(1, 99):02d}" * level


def _upended(rng: Random, rows: int) -> tuple[str, str]:
    """A label for a cell of so many rows, and how it runs down."""
    short = [label for label in WORDS["labels"] if len(label) < 5]
    return (rng.choice(short), rng.choice("vs")) if rows > 1 else ("", "c")


def _amount(rng: Random, shape: Shape, full: bool) -> str:
    kind = 1.0 if full else rng.random()
    if kind < 0.12:
        return ""
    if kind < 0.18:
        return rng.choice(["0.00", "—"])
    value = rng.choice([99, 9_999, shape.largest]) * rng.random() + 1
    text = f"{value:,.2f}"
    return f"-{text}" if rng.random() < 0.04 else text
