"""Column edges of grids: do those of two pages agree, and how do they map onto one set of columns?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from extractors.model import Cell, Grid

SAME_EDGE = 3.0  # points: how far the edges of one column may differ between two pages
NEAR = 0.35  # of a column's width: how far its edges may differ between two pages when no rule shows them
WIDTH = 0.01  # of the table's width: how far the widths of its parts may differ


def column_edges(grid: Grid) -> list[float]:
    """The n + 1 positions of a grid's column edges, on the page of its first part."""
    edges = [0.0] * (grid.n_cols + 1)
    for cell in grid.cells:
        if cell.location.box is not None:
            edges[cell.col] = cell.location.box.x0
            edges[cell.col + cell.col_span] = cell.location.box.x1
    return edges


def agreement(first: Sequence[float], second: Sequence[float]) -> float:
    """How far two sets of edges agree, 0 to 1: the share of the inner edges of the simpler one that the other has.

    0 when the widths differ. A table shifted as a whole, as on facing pages, agrees with itself.
    """
    if abs((first[-1] - first[0]) - (second[-1] - second[0])) > max(SAME_EDGE, WIDTH * (first[-1] - first[0])):
        return 0.0
    shift = second[0] - first[0]
    moved = [edge - shift for edge in second]
    simple, rich = sorted((list(first[1:-1]), moved[1:-1]), key=len)
    if not simple:
        return 1.0 if not rich else 0.5
    return sum(_has(rich, edge) for edge in simple) / len(simple)


def same_edges(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two pages have the same columns, one by one."""
    return len(first) == len(second) and agreement(first, second) == 1.0


def same_proportions(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two pages have the same columns, one by one, at another scale; told from three columns on."""
    if len(first) != len(second) or len(first) < 4:
        return False
    scale = (first[-1] - first[0]) / (second[-1] - second[0])
    scaled = (first[0] + (edge - second[0]) * scale for edge in second)
    return all(abs(one - other) <= SAME_EDGE for one, other in zip(first, scaled, strict=True))


def near_edges(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two sets of edges differ one by one by less than a part of the narrower column beside each."""
    if len(first) != len(second):
        return False
    widths = [min(b - a, d - c) for (a, b), (c, d) in zip(pairwise(first), pairwise(second), strict=True)]
    room = [min(pair) for pair in pairwise([widths[0], *widths, widths[-1]])]
    return all(abs(a - b) <= NEAR * width for a, b, width in zip(first, second, room, strict=True))


def _has(edges: Sequence[float], value: float) -> bool:
    place = bisect_left(edges, value - SAME_EDGE)
    return place < len(edges) and edges[place] <= value + SAME_EDGE


def union(first: Sequence[float], second: Sequence[float]) -> tuple[list[float], list[int], list[int]]:
    """All the edges of both, in the coordinates of ``first``, and the place in it of each edge of either."""
    shift = second[0] - first[0]
    merged = list(first)
    for edge in second:
        if not _has(merged, edge - shift):
            merged.insert(bisect_left(merged, edge - shift), edge - shift)
    return merged, _places(merged, first), _places(merged, [edge - shift for edge in second])


def _places(merged: Sequence[float], edges: Sequence[float]) -> list[int]:
    """The nearest edge of ``merged`` for each edge, never the same twice."""
    places: list[int] = []
    for edge in edges:
        lowest = places[-1] + 1 if places else 0
        places.append(min(range(lowest, len(merged)), key=lambda place: abs(merged[place] - edge), default=lowest))
    return places


def spread(cells: Sequence[Cell], places: Sequence[int], first_row: int = 0) -> tuple[Cell, ...]:
    """The cells under other column numbers, ``places`` telling where each edge went, and moved down by rows."""
    if first_row == 0 and list(places) == list(range(len(places))):
        return tuple(cells)
    return tuple(
        Cell(
            cell.row + first_row,
            places[cell.col],
            cell.row_span,
            places[cell.col + cell.col_span] - places[cell.col],
            cell.text,
            cell.location,
            cell.confidence,
        )
        for cell in cells
    )
