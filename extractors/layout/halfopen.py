"""Tables whose head is ruled and whose body is only partly so: rows or columns read from the alignment of amounts.

Applied only where one cell would hold several amounts, which no ruled cell of a statement does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.cells import Lattice, Span
from extractors.layout.ink import Run

AMOUNT = re.compile(r"[-−(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[%％)）]?")
ALIGNED = 0.5  # of the glyph height: how far apart the middles of one row's texts may be
MARGIN = 1.0  # points: how far a text may reach over the wall that is put up beside it


def opened_up(lattice: Lattice, inside: Sequence[Sequence[Run]]) -> Lattice | None:
    """The lattice with the missing columns or rows; None when no cell holds several amounts, or nothing aligns."""
    crowded = [index for index, runs in enumerate(inside) if _amounts(runs) > 1]
    if not crowded:
        return None
    return _with_columns(lattice, inside, crowded) or _with_rows(lattice, inside, crowded)


def _amounts(runs: Sequence[Run]) -> int:
    return sum(AMOUNT.fullmatch(run.text.strip()) is not None for run in runs) if len(runs) > 1 else 0


def _with_columns(lattice: Lattice, inside: Sequence[Sequence[Run]], crowded: list[int]) -> Lattice | None:
    """Wide cells cut along the columns of the row above them that has the most."""
    spans = list(lattice.spans)
    cut: list[Span] = []
    for index in crowded:
        walls = _walls_above(lattice, spans[index])
        if len(walls) > 2 and _fits(inside[index], [lattice.xs[wall] for wall in walls]):
            cut.append(spans[index])
            pieces = [Span(spans[index].row, a, spans[index].row_span, b - a) for a, b in pairwise(walls)]
            spans.extend(pieces)
    if not cut:
        return None
    kept = sorted((span for span in spans if span not in cut), key=lambda span: (span.row, span.col))
    return Lattice(lattice.xs, lattice.ys, kept)


def _walls_above(lattice: Lattice, wide: Span) -> list[int]:
    """Column boundaries, within ``wide``, of the nearest row above that has several cells there."""
    last = wide.col + wide.col_span
    for row in range(wide.row - 1, -1, -1):
        starts = {span.col for span in lattice.spans if span.row <= row < span.row + span.row_span}
        inner = sorted(col for col in starts if wide.col < col < last)
        if inner:
            return [wide.col, *inner, last]
    return [wide.col, last]


def _fits(runs: Sequence[Run], edges: list[float]) -> bool:
    """Whether no run crosses an edge, and amounts stand in more than one column."""
    columns = set()
    for run in runs:
        first, last = bisect_right(edges, run.x0 + MARGIN), bisect_right(edges, run.x1 - MARGIN)
        if first != last:
            return False
        if AMOUNT.fullmatch(run.text.strip()):
            columns.add(first)
    return len(columns) > 1


def _with_rows(lattice: Lattice, inside: Sequence[Sequence[Run]], crowded: list[int]) -> Lattice | None:
    """The first high row that holds several lines of amounts, cut between them."""
    for row in sorted({lattice.spans[index].row for index in crowded if lattice.spans[index].row_span == 1}):
        members = [index for index, span in enumerate(lattice.spans) if span.row == row and span.row_span == 1]
        middles = _baselines([run for index in members if index in crowded for run in inside[index]])
        lined = sum(len({_nearest(run, middles) for run in inside[index]}) > 1 for index in members)
        if len(middles) > 1 and lined > 1:
            return _cut_row(lattice, row, [(a + b) / 2 for a, b in pairwise(middles)])
    return None


def _baselines(runs: Sequence[Run]) -> list[float]:
    """The heights at which amounts stand, top to bottom."""
    middles: list[float] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if AMOUNT.fullmatch(run.text.strip()) and (not middles or run.middle - middles[-1] > ALIGNED * run.size):
            middles.append(run.middle)
    return middles


def _nearest(run: Run, middles: list[float]) -> int:
    return min(range(len(middles)), key=lambda place: abs(middles[place] - run.middle), default=0)


def _cut_row(lattice: Lattice, row: int, heights: list[float]) -> Lattice:
    more = len(heights)
    ys = [*lattice.ys[: row + 1], *heights, *lattice.ys[row + 1 :]]
    spans: list[Span] = []
    for span in lattice.spans:
        if span.row == row and span.row_span == 1:
            spans.extend(Span(row + step, span.col, 1, span.col_span) for step in range(more + 1))
        elif span.row <= row < span.row + span.row_span:
            spans.append(Span(span.row, span.col, span.row_span + more, span.col_span))
        else:
            spans.append(Span(span.row + more * (span.row > row), span.col, span.row_span, span.col_span))
    return Lattice(lattice.xs, ys, sorted(spans, key=lambda span: (span.row, span.col)))
