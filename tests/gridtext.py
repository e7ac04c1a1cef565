"""Grids drawn as text that a person can read and a test can state.

One line per row, cells between bars; ``<`` joins the cell to its left, ``^`` joins it to the one above::

    | 科目编码 | 科目名称     | 本年支出 | <        |
    | ^        | ^            | 基本支出 | 项目支出 |
    | 201      | 一般公共服务 | 10.00    | 2.50     |

Only what is printed is drawn: a parsed grid says where a cell stands by its row and column alone.
"""

from __future__ import annotations

import re
import unicodedata

from extractors.model import Cell, Grid, GridMethod, Location, Part

_LEFT, _UP = "<", "^"
_ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPED = {"n": "\n", "r": "\r", "t": "\t", "s": " "}

Mark = str
Position = tuple[int, int]


def render(grid: Grid, widest: int | None = None) -> str:
    """The grid as text, columns aligned as a fixed-width font shows Chinese (two places a character).

    ``widest``: no column is padded beyond it, so that one long text does not widen every row of its grid.
    """
    rows = [[_UP] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.col + 1 : cell.col + cell.col_span] = [_LEFT] * (cell.col_span - 1)
        rows[cell.row][cell.col] = _escape(cell.text)
    widths = [max(_width(row[col]) for row in rows) for col in range(grid.n_cols)]
    if widest is not None:
        widths = [min(width, widest) for width in widths]
    return "".join(_line(row, widths) for row in rows)


def render_all(grids: tuple[Grid, ...]) -> str:
    """Several grids, an empty line between them."""
    return "\n".join(render(grid) for grid in grids)


def parse_all(text: str) -> tuple[Grid, ...]:
    """The grids of a text in which empty lines stand between them."""
    return tuple(parse(block) for block in re.split(r"\n{2,}", text.strip("\n")) if block)


def parse(text: str) -> Grid:
    """The grid that ``text`` draws: method ``native``, one part, each cell located by its row and column.

    Raises:
        ValueError: the rows differ in length, or a joined cell is no rectangle.
    """
    rows = [_marks(line.strip(" ")) for line in text.strip("\n").split("\n")]
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"rows of {sorted({len(row) for row in rows})} columns in one grid")
    spans = _spans(rows)
    cells = tuple(_cell(rows, start, end) for start, end in spans.items())
    part = Part(Location(), 0, len(rows) - 1)
    return Grid(len(rows), len(rows[0]), cells, (part,), GridMethod.NATIVE)


def _cell(rows: list[list[Mark]], start: Position, end: Position) -> Cell:
    row, col = start
    location = Location(path=(("row", row), ("col", col)))
    return Cell(row, col, end[0] - row + 1, end[1] - col + 1, _unescape(rows[row][col]), location)


def _spans(rows: list[list[Mark]]) -> dict[Position, Position]:
    """First and last position of each cell, in reading order."""
    owners: dict[Position, Position] = {}
    spans: dict[Position, Position] = {}
    for row, marks in enumerate(rows):
        for col, mark in enumerate(marks):
            owner = owners[_joined(row, col, mark)] if mark in (_LEFT, _UP) else (row, col)
            owners[row, col] = owner
            spans[owner] = (row, max(col, spans.get(owner, owner)[1]))
    _prove_rectangles(owners, spans)
    return spans


def _joined(row: int, col: int, mark: Mark) -> Position:
    if (mark == _LEFT and col == 0) or (mark == _UP and row == 0):
        raise ValueError(f"nothing to join at row {row}, column {col}")
    return (row, col - 1) if mark == _LEFT else (row - 1, col)


def _prove_rectangles(owners: dict[Position, Position], spans: dict[Position, Position]) -> None:
    for start, end in spans.items():
        inside = {(r, c) for r in range(start[0], end[0] + 1) for c in range(start[1], end[1] + 1)}
        if any(owners[position] != start for position in inside):
            raise ValueError(f"the cell at row {start[0]}, column {start[1]} is no rectangle")


def _line(marks: list[Mark], widths: list[int]) -> str:
    padded = (mark + " " * (width - _width(mark)) for mark, width in zip(marks, widths, strict=True))
    return "| " + " | ".join(padded) + " |\n"


def _marks(line: str) -> list[Mark]:
    if len(line) < 2 or not line.startswith("|") or not line.endswith("|"):
        raise ValueError(f"not a row of a grid: {line!r}")
    return [mark.strip(" ") for mark in re.findall(r"((?:\\.|[^\\|])*)\|", line[1:])]


def _escape(text: str) -> Mark:
    """Spaces at the ends of a text are printed indents: they are drawn as ``\\s``, or padding would swallow them."""
    if text in (_LEFT, _UP):
        return "\\" + text
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" ")) if inner else len(text)
    after = len(text) - before - len(inner)
    return "\\s" * before + "".join(_ESCAPES.get(char, char) for char in inner) + "\\s" * after


def _unescape(mark: Mark) -> str:
    return re.sub(r"\\(.)", lambda match: _UNESCAPED.get(match[1], match[1]), mark)


def _width(mark: Mark) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in mark)
