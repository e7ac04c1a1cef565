"""A frame whose sides are those of several tables: the rows that hold their captions part it into grids.

Publishers set 表1 and 表2 below each other in one frame as wide as both, or beside each other. Their rules touch the
frame, so that together they are one skeleton; a row from side to side with a title and a unit of money is no row of a
table, be it one cell or one for each of the tables below it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise

from extractors.layout.abutting import walls_between_tables
from extractors.layout.cells import Lattice, Span
from extractors.layout.evidence import UNIT
from extractors.layout.ink import Run
from extractors.layout.words import block_text

UNIT_WORD = "单位"
TITLE_WORD = "表"
LEAST_ABREAST = 4  # columns of two tables beside each other


def parted(lattice: Lattice, runs: Sequence[Run]) -> list[Lattice]:
    """The tables in one frame, without the rows of their captions; the lattice itself when it is one table."""
    captions = [run for run in runs if UNIT_WORD in run.text or TITLE_WORD in run.text]
    if lattice.n_cols < 2 or not captions:
        return [lattice]
    heights = [run.middle for run in captions if UNIT_WORD in run.text]
    tables = _one_below_another(lattice, runs, heights) if heights else [lattice]
    if len(captions) > 1:
        tables = [half for table in tables for half in _halves(table, runs)]
    return tables if all(table.n_rows > 1 and table.n_cols > 1 for table in tables) else [lattice]


def _one_below_another(lattice: Lattice, runs: Sequence[Run], heights: Sequence[float]) -> list[Lattice]:
    strips = [strip for strip in _strips(lattice) if _holds(strip[0], lattice, heights)]
    units = [sum(_units(_text(span, lattice, runs)) for span in strip) for strip in strips]
    captions = [(strip[0], count) for strip, count in zip(strips, units, strict=True) if count >= len(strip)]
    if not any(span.row or count > 1 for span, count in captions):  # a caption above one table is its first row
        return [lattice]
    sides = [0, *(row for span, _ in captions for row in (span.row, span.row + span.row_span)), lattice.n_rows]
    stretches = [(first, stop) for first, stop in zip(sides[::2], sides[1::2], strict=True) if first < stop]
    return [_cut(lattice, _without_gaps(lattice, runs, first, stop)) for first, stop in stretches]


def _strips(lattice: Lattice) -> list[list[Span]]:
    """Rows of one cell from side to side, or of several wide ones as high as each other."""
    strips: list[list[Span]] = []
    for _, spans in groupby(lattice.spans, key=lambda span: span.row):
        strip = list(spans)
        stops = {span.row + span.row_span for span in strip}
        full = sum(span.col_span for span in strip) == lattice.n_cols and len(stops) == 1
        wide = all(span.col_span > 1 for span in strip)
        if full and wide:
            strips.append(strip)
    return strips


def _holds(span: Span, lattice: Lattice, heights: Sequence[float]) -> bool:
    return any(lattice.ys[span.row] < height < lattice.ys[span.row + span.row_span] for height in heights)


def _halves(lattice: Lattice, runs: Sequence[Run]) -> list[Lattice]:
    """The tables beside each other, without their titles and the empty rows around them."""
    if lattice.n_cols < LEAST_ABREAST:
        return [lattice]
    whole = _trimmed(lattice, runs) if lattice.spans[-1].col_span == lattice.n_cols else lattice
    walls = walls_between_tables(whole, runs, whole.ys[0])
    captions = [] if walls else [span for span in whole.spans if not span.row]
    if captions and all(span.col_span > 1 for span in captions):
        foot = min(span.row_span for span in captions)
        top = whole.ys[foot]
        whole = _cut(whole, (foot, whole.n_rows)) if len(captions) == 1 else whole
        walls = walls_between_tables(whole, runs, top)
    if not walls:
        return [lattice]
    halves = [_cut(whole, (0, whole.n_rows), sides) for sides in pairwise([0, *walls, whole.n_cols])]
    return [_without_caption(half, runs) if len(captions) > 1 else _trimmed(half, runs) for half in halves]


def _trimmed(lattice: Lattice, runs: Sequence[Run], first: int = 0) -> Lattice:
    return _cut(lattice, _without_gaps(lattice, runs, first, lattice.n_rows))


def _without_caption(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """One half without the cell from side to side in which its title stands."""
    first = lattice.spans[0]
    return _trimmed(lattice, runs, first.row_span if first.col_span == lattice.n_cols else 0)


def _units(text: str) -> int:
    """How many units of money stand in a row with a title beside or above them; another table's may stand there too."""
    found = UNIT.findall(text)
    return len(found) if UNIT.sub("", text).strip() else 0


def _text(span: Span, lattice: Lattice, runs: Sequence[Run]) -> str:
    top, bottom = lattice.ys[span.row], lattice.ys[span.row + span.row_span]
    left, right = lattice.xs[span.col], lattice.xs[span.col + span.col_span]
    inside = [run for run in runs if top < run.middle < bottom and left < (run.x0 + run.x1) / 2 < right]
    return block_text(inside) if inside else ""


def _without_gaps(lattice: Lattice, runs: Sequence[Run], first: int, stop: int) -> tuple[int, int]:
    """The rows from ``first`` up to ``stop`` without empty ones from side to side at either end."""
    empty = [
        span
        for span in lattice.spans
        if first <= span.row < stop and span.col_span == lattice.n_cols and not _text(span, lattice, runs)
    ]
    for span in empty:
        first = span.row + span.row_span if span.row == first else first
    for span in reversed(empty):
        stop = span.row if span.row + span.row_span == stop else stop
    return first, stop


def _cut(lattice: Lattice, rows: tuple[int, int], cols: tuple[int, int] | None = None) -> Lattice:
    """The cells between two rows and two columns, with the rows and columns that their own walls make."""
    cols = cols or (0, lattice.n_cols)
    spans = [span for span in lattice.spans if rows[0] <= span.row < rows[1] and cols[0] <= span.col < cols[1]]
    own_rows, own_cols = sorted({*rows, *(s.row for s in spans)}), sorted({*cols, *(s.col for s in spans)})
    row_at = {row: place for place, row in enumerate(own_rows)}
    col_at = {col: place for place, col in enumerate(own_cols)}
    moved = [
        Span(
            row_at[span.row],
            col_at[span.col],
            bisect_left(own_rows, span.row + span.row_span) - row_at[span.row],
            bisect_left(own_cols, span.col + span.col_span) - col_at[span.col],
        )
        for span in spans
    ]
    return Lattice([lattice.xs[col] for col in own_cols], [lattice.ys[row] for row in own_rows], moved)
