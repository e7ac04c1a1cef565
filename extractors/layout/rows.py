"""Lines of a table's body -> its rows: amounts decide, labels over several lines join the row they belong to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.cells import Span
from extractors.layout.segments import Line, Segment

LEADING = 1.6  # of the glyph height: lines of one cell stand no further apart
OF_PITCH = 0.93  # of the pitch of single-line rows: lines of one cell stand nearer
FULL_OF_PITCH = 0.985  # the same for lines that end at the right side of their column
FULL = 1.2  # of the glyph height: how near to that side
BESIDE = 0.62  # of the pitch: a line as near to amounts is of their row
NEAREST = 0.3  # of the pitch: a line so near to amounts is of their row, however far apart lines are printed
HIGHEST = 6.0  # of the glyph height: rows further apart are no rows of two or three lines
ONE_ROW = 0.35  # of the glyph height: amounts this near in height are of one row


@dataclass(slots=True)
class Row:
    """The segments of one row, each with its column."""

    cells: list[tuple[int, Segment]] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Middle of its highest line."""
        return min(segment.middle for _, segment in self.cells)

    @property
    def bottom(self) -> float:
        """Middle of its lowest line."""
        return max(segment.middle for _, segment in self.cells)


def body_rows(
    body: Sequence[Line], xs: Sequence[float], numeric: frozenset[int], walls: Sequence[float], pitch: float
) -> list[Row]:
    """The rows, top to bottom, ``pitch`` apart where they are of one line.

    ``walls`` are heights of rules and shades from side to side: no row goes over one.
    """
    placed = [(_column(xs, segment), segment) for line in body for segment in line.segments]
    strips: dict[int, list[tuple[int, Segment]]] = defaultdict(list)
    for col, segment in placed:
        strips[bisect_left(walls, segment.middle)].append((col, segment))
    sides = _right_sides(placed)
    rows: list[Row] = []
    for _, cells in sorted(strips.items()):
        anchors = _anchors(cells, numeric)
        whole = len(strips) > 2 and len(anchors) < 2
        rows.extend([Row(cells)] if whole else _rows(cells, anchors, numeric, (pitch, sides)))
    return rows


def _column(xs: Sequence[float], segment: Segment) -> int:
    """The column of its middle, or of its start when it is a text that runs over."""
    inside = bisect_right(xs, segment.centre) - 1
    start = bisect_right(xs, segment.x0 + 1) - 1
    return min(max(inside if segment.is_value else start, 0), len(xs) - 2)


def _anchors(cells: Sequence[tuple[int, Segment]], numeric: frozenset[int]) -> list[float]:
    """The heights at which amounts stand."""
    heights: list[float] = []
    for _, segment in sorted(
        (cell for cell in cells if cell[0] in numeric and cell[1].is_value), key=lambda cell: cell[1].middle
    ):
        if not heights or segment.middle - heights[-1] > ONE_ROW * segment.size:
            heights.append(segment.middle)
    return heights


def _right_sides(cells: Sequence[tuple[int, Segment]]) -> dict[int, float]:
    """How far the texts of each column reach."""
    sides: dict[int, float] = {}
    for col, segment in cells:
        sides[col] = max(segment.x1, sides.get(col, segment.x1))
    return sides


Measures = tuple[float, dict[int, float]]  # the pitch of rows, the right side of each column


def _rows(
    cells: Sequence[tuple[int, Segment]], anchors: Sequence[float], numeric: frozenset[int], measures: Measures
) -> list[Row]:
    rows = [Row() for _ in anchors]
    alone: list[Row] = []
    texts: dict[int, list[Segment]] = defaultdict(list)
    for col, segment in cells:
        if col in numeric and segment.is_value:
            rows[_nearest(anchors, segment.middle)].cells.append((col, segment))
        else:
            texts[col].append(segment)
    for stack in _stacks(texts, measures):
        _settle(stack, anchors, rows, alone, measures[0])
    return sorted([*rows, *_joined(alone)], key=lambda row: row.top)


def _nearest(heights: Sequence[float], middle: float) -> int:
    place = bisect_left(heights, middle)
    near = range(max(place - 1, 0), min(place + 1, len(heights)))
    return min(near, key=lambda index: abs(heights[index] - middle))


def _stacks(texts: Mapping[int, Sequence[Segment]], measures: Measures) -> list[tuple[int, list[Segment]]]:
    """Lines of a column that stand as near to one another as lines of one cell do."""
    pitch, sides = measures
    found: list[tuple[int, list[Segment]]] = []
    for col, segments in texts.items():
        last: Segment | None = None
        for segment in sorted(segments, key=lambda segment: segment.middle):
            full = last is not None and sides[col] - last.x1 < FULL * segment.size
            near = min(LEADING * segment.size, (FULL_OF_PITCH if full else OF_PITCH) * pitch)
            if last is not None and segment.middle - last.middle <= near:
                found[-1][1].append(segment)
            else:
                found.append((col, [segment]))
            last = segment
    return found


def _settle(
    stacked: tuple[int, Sequence[Segment]],
    anchors: Sequence[float],
    rows: Sequence[Row],
    alone: list[Row],
    pitch: float,
) -> None:
    """Gives the lines of a stack to the rows of the amounts beside them, or makes them a row without amounts."""
    col, stack = stacked
    size = stack[0].size
    most = max(LEADING / 2 * size, NEAREST * pitch if pitch < HIGHEST * size else 0.0)
    half = min(max(0.5 * size, BESIDE * pitch), most)
    beside = anchors[bisect_left(anchors, stack[0].middle - half) : bisect_right(anchors, stack[-1].middle + half)]
    if not beside:
        alone.append(Row([(col, segment) for segment in stack]))
        return
    first = bisect_left(anchors, beside[0])
    for segment in stack:
        rows[first + _nearest(beside, segment.middle)].cells.append((col, segment))


def _joined(alone: Sequence[Row]) -> list[Row]:
    """Rows without amounts, those of several columns at one height put together."""
    joined: list[Row] = []
    for row in sorted(alone, key=lambda row: row.top):
        size = row.cells[0][1].size
        if joined and row.top <= joined[-1].bottom + ONE_ROW * size:
            joined[-1].cells.extend(row.cells)
        else:
            joined.append(row)
    return joined


def heights(rows: Sequence[Row], top: float | None, walls: Sequence[float]) -> list[float]:
    """The upper side of the first row, if ``top`` does not give it, then the lower side of each."""
    size = max(segment.size for _, segment in rows[0].cells)
    ys = [rows[0].top - 0.8 * size if top is None else top]
    for before, after in pairwise(rows):
        between = walls[bisect_right(walls, before.bottom) : bisect_left(walls, after.top)]
        ys.append(between[0] if between else (before.bottom + after.top) / 2)
    below = walls[bisect_right(walls, rows[-1].bottom) :]
    last = rows[-1].bottom + 0.8 * size
    return [*ys, below[0] if below and below[0] < last + size else last]


def row_spans(rows: Sequence[Row], first: int, n_cols: int) -> list[Span]:
    """The cells of the body: one for each row and column."""
    return [Span(first + row, col, 1, 1) for row in range(len(rows)) for col in range(n_cols)]
