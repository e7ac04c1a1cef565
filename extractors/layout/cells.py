"""Edges of one table -> its cells: every position of the grid covered exactly once. Knows no text.

The walls of each row are bits of one integer, so merging costs a few operations per row and per cell, not per corner.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.ink import Rule
from extractors.layout.rulings import EdgeGroup
from extractors.layout.strokes import SNAP

MAX_POSITIONS = 400_000  # rows x columns; beyond it the rules are a drawing, not a table


@dataclass(frozen=True, slots=True)
class Span:
    """One cell: where it begins and how many rows and columns it covers."""

    row: int
    col: int
    row_span: int
    col_span: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one table. ``xs`` and ``ys`` are its rules' positions: n + 1 of them for n columns and rows.

    ``open_cols`` and ``open_rows`` say whether at the first and the last of them no rule is drawn.
    """

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    open_cols: tuple[bool, bool] = (False, False)
    open_rows: tuple[bool, bool] = (False, False)

    @property
    def n_rows(self) -> int:
        """Rows."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Columns."""
        return len(self.xs) - 1

    def owners(self) -> list[list[int]]:
        """For each row and column, the index of the span that covers it."""
        table = [[-1] * self.n_cols for _ in range(self.n_rows)]
        for index, span in enumerate(self.spans):
            for row in range(span.row, span.row + span.row_span):
                table[row][span.col : span.col + span.col_span] = [index] * span.col_span
        return table


def lattice(group: EdgeGroup) -> Lattice | None:
    """The cells that the edges enclose; None when there are fewer than two, or absurdly many."""
    xs, open_cols = _positions(group.vertical, group.horizontal, group.touch)
    ys, open_rows = _positions(group.horizontal, group.vertical, group.touch)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_POSITIONS:
        return None
    # one int per rule in ys, bit c: it runs along the top of column c; one int per row, bit c: a wall left of column c
    tops = _walls(group.horizontal, ys, xs, group.touch)
    sides = _transposed(_walls(group.vertical, xs, ys, group.touch), len(ys) - 1)
    xs, ys, tops, sides = _without_idle(xs, ys, tops, sides)
    if (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    return Lattice(xs, ys, _merge(len(xs) - 1, tops, sides), open_cols, open_rows)


def _positions(rules: list[Rule], crossing: list[Rule], touch: float) -> tuple[list[float], tuple[bool, bool]]:
    """Where the rules stand, and the outer sides where no rule is drawn but several crossing rules begin or end.

    Then whether the first and the last are such sides.
    """
    positions = sorted({rule.at for rule in rules})
    starts, ends = sorted(rule.start for rule in crossing), sorted(rule.end for rule in crossing)
    before = len(crossing) > 1 and starts[0] < positions[0] - touch and starts[1] - starts[0] <= SNAP
    after = len(crossing) > 1 and ends[-1] > positions[-1] + touch and ends[-1] - ends[-2] <= SNAP
    return [*starts[:before], *positions, *(ends[-1:] if after else [])], (before, after)


def _walls(rules: list[Rule], positions: list[float], stops: list[float], touch: float) -> list[int]:
    """For each position, the stretches between neighbouring ``stops`` that its rules cover, as bits."""
    index = {position: number for number, position in enumerate(positions)}
    walls = [0] * len(positions)
    for rule in rules:
        first = bisect_left(stops, rule.start - touch)
        last = bisect_right(stops, rule.end + touch) - 1
        first += first < last and _misses(rule.start - stops[first], stops[first + 1] - stops[first])
        last -= first < last and _misses(stops[last] - rule.end, stops[last] - stops[last - 1])
        if last > first:
            walls[index[rule.at]] |= (1 << last) - (1 << first)
    return walls


def _misses(shortfall: float, stretch: float) -> bool:
    """Whether a rule ends too far before a narrow stretch's end to count as its wall."""
    return shortfall > stretch / 4


def _transposed(walls: list[int], length: int) -> list[int]:
    """Bits turned from one int per column rule into one int per row."""
    rows = [0] * length
    for column, bits in enumerate(walls):
        for row in range(length):
            if bits >> row & 1:
                rows[row] |= 1 << column
    return rows


def _without_idle(
    xs: list[float], ys: list[float], tops: list[int], sides: list[int]
) -> tuple[list[float], list[float], list[int], list[int]]:
    """The same without inner positions at which no wall stands, such as those of underlines."""
    used = 1 | 1 << (len(xs) - 1)
    for bits in sides:
        used |= bits
    columns = [column for column in range(len(xs)) if used >> column & 1]
    rows = [row for row in range(len(ys)) if tops[row] or row in (0, len(ys) - 1)]
    if len(columns) < len(xs):
        tops = [_stretched(bits, columns) for bits in tops]
        sides = [_packed(bits, columns) for bits in sides]
    kept = [sides[row] for row in rows[:-1]]
    for place, (row, following) in enumerate(pairwise(rows)):
        for skipped in range(row + 1, following):
            kept[place] |= sides[skipped]
    return [xs[column] for column in columns], [ys[row] for row in rows], [tops[row] for row in rows], kept


def _stretched(bits: int, columns: list[int]) -> int:
    """Bits of stretches, where a wider stretch is covered when all that it is made of are."""
    wide = [(1 << end) - (1 << start) for start, end in pairwise(columns)]
    return sum(1 << place for place, mask in enumerate(wide) if bits & mask == mask)


def _packed(bits: int, columns: list[int]) -> int:
    return sum(1 << place for place, column in enumerate(columns) if bits >> column & 1)


def _merge(n_cols: int, tops: list[int], sides: list[int]) -> list[Span]:
    """Cells, row by row: a stretch goes on downwards while no rule crosses it and its walls stay the same."""
    spans: list[Span] = []
    open_from: dict[tuple[int, int], int] = {}
    for row, bits in enumerate(sides):
        stretches = _stretches(n_cols, bits)
        going_on = {}
        for first, last in stretches:
            start = open_from.get((first, last))
            crossed = tops[row] & ((1 << last) - (1 << first))
            going_on[first, last] = row if start is None or crossed else start
        _close(spans, open_from, going_on, row)
        open_from = going_on
    _close(spans, open_from, {}, len(sides))
    return sorted(spans, key=lambda span: (span.row, span.col))


def _stretches(n_cols: int, bits: int) -> list[tuple[int, int]]:
    walls = [0, *(column for column in range(1, n_cols) if bits >> column & 1), n_cols]
    return list(pairwise(walls))


def _close(
    spans: list[Span], open_from: dict[tuple[int, int], int], going_on: dict[tuple[int, int], int], row: int
) -> None:
    for (first, last), start in open_from.items():
        if going_on.get((first, last)) != start:
            spans.append(Span(start, first, row - start, last - first))
