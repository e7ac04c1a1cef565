"""Columns and rows that no one meant: between the two strokes of a double rule, or beyond the outermost rule.

They hold no text. The rules around such a sliver are taken for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.cells import Lattice, Span
from extractors.layout.ink import Run

WIDEST = 8.0  # points: what is wider is a column or a row, though nothing be printed in it
GLYPH = 0.9  # of the glyph height: what is wider could hold a text


def without_slivers(lattice: Lattice, inside: Sequence[Sequence[Run]]) -> Lattice:
    """The lattice without empty slivers; the same when it has none."""
    cols = _empty(lattice.xs, _open(lattice.open_cols, lattice.n_cols), inside)
    rows = _empty(lattice.ys, _open(lattice.open_rows, lattice.n_rows), inside)
    if not cols and not rows:
        return lattice
    for span, runs in zip(lattice.spans, inside, strict=True):
        if runs and span.col_span == 1:
            cols.discard(span.col)
        if runs and span.row_span == 1:
            rows.discard(span.row)
    if len(cols) == lattice.n_cols or len(rows) == lattice.n_rows or not (cols or rows):
        return lattice
    xs, col_of = _closed(lattice.xs, cols)
    ys, row_of = _closed(lattice.ys, rows)
    spans = [_moved(span, row_of, col_of) for span in lattice.spans]
    return Lattice(xs, ys, [span for span in spans if span.row_span and span.col_span])


def _open(sides: tuple[bool, bool], count: int) -> set[int]:
    return {place for place, is_open in zip((0, count - 1), sides, strict=True) if is_open}


def _empty(edges: list[float], candidates: set[int], inside: Sequence[Sequence[Run]]) -> set[int]:
    """The candidates, and what is too narrow for a text, among columns or rows."""
    narrow = [place for place, (a, b) in enumerate(pairwise(edges)) if b - a <= WIDEST]
    if narrow:
        sizes = sorted(runs[0].size for runs in inside if runs)
        least = GLYPH * sizes[len(sizes) // 2] if sizes else 0.0
        candidates.update(place for place in narrow if edges[place + 1] - edges[place] <= least)
    return candidates


def _closed(edges: list[float], gone: set[int]) -> tuple[list[float], list[int]]:
    """The edges left, and for each old one the number of the one that stands for it.

    A sliver inside the table closes to its middle; one at its side is left outside.
    """
    kept: list[float] = []
    places: list[int] = []
    first = 0
    last = len(edges) - 1
    for place, edge in enumerate(edges):
        if place == 0 or place - 1 not in gone:
            first = place
            kept.append(edge)
        else:
            kept[-1] = edge if first == 0 else edges[first] if place == last else (edges[first] + edge) / 2
        places.append(len(kept) - 1)
    return kept, places


def _moved(span: Span, row_of: list[int], col_of: list[int]) -> Span:
    row, col = row_of[span.row], col_of[span.col]
    return replace(
        span,
        row=row,
        col=col,
        row_span=row_of[span.row + span.row_span] - row,
        col_span=col_of[span.col + span.col_span] - col,
    )
