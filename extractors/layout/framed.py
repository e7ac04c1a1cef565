"""A frame whose sides are those of several tables: the rows that hold their captions part it into grids.

Publishers set 表1 and 表2 below each other in one frame as wide as both. Their rules touch the frame, so that together
they are one skeleton; a row from side to side with a title and a unit of money is no row of a table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.cells import Lattice, Span
from extractors.layout.evidence import UNIT
from extractors.layout.ink import Run
from extractors.layout.words import block_text

UNIT_WORD = "单位"


def parted(lattice: Lattice, runs: Sequence[Run]) -> list[Lattice]:
    """The tables in one frame, without the rows of their captions; the lattice itself when it is one table."""
    heights = [run.middle for run in runs if UNIT_WORD in run.text]
    if lattice.n_cols < 2 or not heights:
        return [lattice]
    wide = [span for span in lattice.spans if span.col_span == lattice.n_cols and _holds(span, lattice, heights)]
    units = {span: _units(_text(span, lattice, runs)) for span in wide}
    captions = [span for span in wide if units[span]]
    if not any(span.row or units[span] > 1 for span in captions):  # a caption above one table is its first row
        return [lattice]
    sides = [0, *(row for span in captions for row in (span.row, span.row + span.row_span)), lattice.n_rows]
    stretches = [(first, stop) for first, stop in zip(sides[::2], sides[1::2], strict=True) if first < stop]
    tables = [_cut(lattice, *_without_gaps(lattice, runs, first, stop)) for first, stop in stretches]
    return tables if all(table.n_rows > 1 and table.n_cols > 1 for table in tables) else [lattice]


def _holds(span: Span, lattice: Lattice, heights: Sequence[float]) -> bool:
    return any(lattice.ys[span.row] < height < lattice.ys[span.row + span.row_span] for height in heights)


def _units(text: str) -> int:
    """How many units of money stand in a row with a title beside or above them; another table's may stand there too."""
    found = UNIT.findall(text)
    return len(found) if UNIT.sub("", text).strip() else 0


def _text(span: Span, lattice: Lattice, runs: Sequence[Run]) -> str:
    top, bottom = lattice.ys[span.row], lattice.ys[span.row + span.row_span]
    left, right = lattice.xs[0], lattice.xs[-1]
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


def _cut(lattice: Lattice, first: int, stop: int) -> Lattice:
    """The rows from ``first`` up to ``stop``, with the columns that their own walls make."""
    spans = [span for span in lattice.spans if first <= span.row < stop]
    columns = sorted({0, lattice.n_cols, *(span.col for span in spans)})
    places = {column: place for place, column in enumerate(columns)}
    moved = [
        replace(
            span,
            row=span.row - first,
            col=places[span.col],
            col_span=bisect_left(columns, span.col + span.col_span) - places[span.col],
        )
        for span in spans
    ]
    return Lattice([lattice.xs[column] for column in columns], lattice.ys[first : stop + 1], moved)
