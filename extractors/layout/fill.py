"""Lattices and runs -> grids with text: decides in which cell each run stands. Knows no file format."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.cells import Lattice
from extractors.layout.halfopen import opened_up
from extractors.layout.ink import Run
from extractors.layout.slivers import without_slivers
from extractors.layout.words import NUMERIC, block_text, has_digit, lines_of
from extractors.model import Box, Cell, Grid, GridMethod, Location, Notice, Part

OUTSIDE = 1.0  # points: how far outside the outer rule the centre of a run may stand and still belong to the grid
MOST_OPENINGS = 50  # rows or columns put in, one step at a time
HOLDS = 0.5  # of a cell's width: a glyph that is higher begins no text in it
DEEP = 0.7  # of the glyph height: how far a text must stand beyond a rule to be in doubt
LEFT_IN = 0.25  # of the glyph height: how much of a line must stand inside the outer rule to be in doubt
NOTICES = {
    "leftover_text": (
        "“{}” stands partly inside a table, but in none of its cells",
        "“{}”部分位于表内，但未归入任何单元格",
    ),
    "text_crosses_rule": ("“{}” is drawn across a rule; its cell is in doubt", "“{}”跨越表格线，所属单元格存疑"),
}
FULL = 1.5  # of the glyph height: a line that ends this near the right side of its cell has no room for more
RULE_GAP = 0.05  # of the glyph height: a gap at a rule, wider than any other in its run, parts two cells' texts


@dataclass(frozen=True, slots=True)
class Filled:
    """One grid of a page, and the runs of its page that do not stand in it.

    ``brimming`` are the columns whose cell in the last row is filled to its right side by its last line: its text may
    go on on the next page.
    """

    grid: Grid
    outside: list[Run]
    brimming: frozenset[int]
    notices: list[Notice]


@dataclass(frozen=True, slots=True)
class _Placed:
    """The runs of each cell, those outside the table, and what is in doubt."""

    inside: list[list[Run]]
    outside: list[Run]
    notices: list[Notice]


def fill(lattice: Lattice, runs: list[Run], page: int) -> Filled:
    """The grid with the text of its cells, and the runs left over."""
    placed = _place(lattice, runs, page)
    closed = without_slivers(lattice, placed.inside)
    if closed is not lattice:
        lattice, placed = closed, _place(closed, runs, page)
    inferred = False
    for _ in range(MOST_OPENINGS):
        opened = opened_up(lattice, placed.inside)
        if opened is None:
            break
        lattice, placed, inferred = opened, _place(opened, runs, page), True
    if inferred:
        placed.notices.append(_inferred(lattice, page))
    grid = _grid(lattice, placed.inside, page)
    return Filled(grid, placed.outside, _brimming(lattice, placed.inside), placed.notices)


def _inferred(lattice: Lattice, page: int) -> Notice:
    text = f"a table on page {page} is not fully ruled: rows or columns were read from the alignment of its amounts"
    where = Location(page, _region(lattice))
    return Notice("rules_inferred", text, f"第{page}页表格线不全，部分行列按数字对齐推断", where)


def _region(lattice: Lattice) -> Box:
    xs, ys = lattice.xs, lattice.ys
    return Box(round(xs[0], 2), round(ys[0], 2), round(xs[-1], 2), round(ys[-1], 2))


def _place(lattice: Lattice, runs: list[Run], page: int) -> _Placed:
    owners = lattice.owners()
    placed = _Placed([[] for _ in lattice.spans], [], [])
    inside = placed.inside
    xs, ys = lattice.xs, lattice.ys
    last_row, last_col = len(ys) - 2, len(xs) - 2
    left, right, top, bottom = xs[0] - OUTSIDE, xs[-1] + OUTSIDE, ys[0] - OUTSIDE, ys[-1] + OUTSIDE
    for run in runs:
        middle = (run.top + run.bottom) / 2
        if not (top < middle < bottom and left < (run.x0 + run.x1) / 2 < right):
            placed.outside.append(run)
            if _reaches_in(run, xs, ys):
                placed.notices.append(_notice("leftover_text", run, page))
            continue
        row = owners[min(max(bisect_right(ys, middle) - 1, 0), last_row)]
        first = row[min(max(bisect_right(xs, run.x0) - 1, 0), last_col)]
        if first == row[min(max(bisect_right(xs, run.x1) - 1, 0), last_col)]:
            inside[first].append(run)
            continue
        for piece in _pieces(run, xs, row):
            inside[row[_home(piece, xs, row)]].append(piece)
            if _crosses(piece, xs, row):
                placed.notices.append(_notice("text_crosses_rule", piece, page))
    return placed


def _home(run: Run, xs: list[float], row: list[int]) -> int:
    """A column of the cell in which a run stands: where it begins at a side of one, or ends; else that of its middle.

    A label that is longer than its cell runs over into the next one, which a sheet leaves empty, or is clipped there.
    """
    first, last = _column(xs, run.x0), _column(xs, run.x1)
    left, right = first, last
    while left and row[left - 1] == row[first]:
        left -= 1
    while right + 1 < len(row) and row[right + 1] == row[last]:
        right += 1
    begins = run.x0 - xs[left] < run.size < HOLDS * (xs[first + 1] - xs[left])  # no sliver between two borders
    ends = xs[right + 1] - run.x1 < run.size < HOLDS * (xs[right + 1] - xs[last])
    if row[first] != row[last] and begins and not (ends and NUMERIC.issuperset(run.text)):
        return first
    if row[first] != row[last] and ends and not begins:
        return last
    return _column(xs, (run.x0 + run.x1) / 2)


def _reaches_in(run: Run, xs: list[float], ys: list[float]) -> bool:
    """Whether a run with digits that was left to the page reaches well into the grid."""
    across = min(run.x1, xs[-1]) - max(run.x0, xs[0])
    down = min(run.bottom, ys[-1]) - max(run.top, ys[0])
    return across > DEEP * run.size and down > LEFT_IN * run.size and has_digit(run.text)


def _crosses(run: Run, xs: list[float], row: list[int]) -> bool:
    """Whether a run with digits stands well on both sides of a rule, so that its cell is in doubt."""
    first, last = _column(xs, run.x0 + DEEP * run.size), _column(xs, run.x1 - DEEP * run.size)
    return first < last and row[first] != row[last] and has_digit(run.text)


def _notice(code: str, run: Run, page: int) -> Notice:
    message, message_zh = NOTICES[code]
    where = Location(page, Box(round(run.x0, 2), round(run.top, 2), round(run.x1, 2), round(run.bottom, 2)))
    return Notice(code, message.format(run.text), message_zh.format(run.text), where)


def _brimming(lattice: Lattice, inside: list[list[Run]]) -> frozenset[int]:
    return frozenset(
        span.col
        for span, runs in zip(lattice.spans, inside, strict=True)
        if runs
        and span.row + span.row_span == lattice.n_rows
        and _fills_line(lattice.xs[span.col + span.col_span], runs)
    )


def _fills_line(right: float, runs: list[Run]) -> bool:
    """Whether the last line is as long as the longest above it, or, when alone, reaches the side of its cell."""
    lines = lines_of(runs)
    ends = [max(run.x1 for run in line) for line in lines]
    side = max(ends) if len(lines) > 1 else right
    return side - ends[-1] < FULL * lines[-1][0].size


def _column(xs: list[float], x: float) -> int:
    return min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)


def _pieces(run: Run, xs: list[float], row: list[int]) -> list[Run]:
    """The run, parted at the rules where a gap shows that two cells' texts were drawn close together."""
    if len(run.text) == 1:
        return [run]
    first, last = _column(xs, run.x0), _column(xs, run.x1)
    walls = [xs[column] for column in range(first + 1, last + 1) if row[column - 1] != row[column]]
    gaps = [after - before for before, after in zip(run.rights, run.lefts[1:], strict=False)]
    cuts = [cut for wall in walls if (cut := _gap_at(run, wall, gaps)) is not None]
    places = [0, *sorted(set(cuts)), len(run.text)]
    return [run.cut(start, stop) for start, stop in pairwise(places)]


def _gap_at(run: Run, wall: float, gaps: list[float]) -> int | None:
    """The index of the character after the wall, when the gap there stands out among the gaps of the run."""
    after = bisect_right(run.lefts, wall - 0.01)
    if not 0 < after < len(run.text) or run.rights[after - 1] > wall + RULE_GAP * run.size:
        return None
    gap = gaps[after - 1]
    others = max((other for index, other in enumerate(gaps) if index != after - 1), default=0.0)
    return after if gap > RULE_GAP * run.size and gap > 1.5 * others else None


def _grid(lattice: Lattice, inside: list[list[Run]], page: int) -> Grid:
    xs, ys = [round(x, 2) for x in lattice.xs], [round(y, 2) for y in lattice.ys]
    cells = tuple(
        Cell(
            span.row,
            span.col,
            span.row_span,
            span.col_span,
            block_text(runs) if runs else "",
            Location(page, Box(xs[span.col], ys[span.row], xs[span.col + span.col_span], ys[span.row + span.row_span])),
        )
        for span, runs in zip(lattice.spans, inside, strict=True)
    )
    region = Location(page, _region(lattice))
    part = Part(region, 0, lattice.n_rows - 1)
    return Grid(lattice.n_rows, lattice.n_cols, cells, (part,), GridMethod.RULED)
