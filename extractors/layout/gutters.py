"""Where the columns of an unruled table are: between gutters that none of its lines with amounts crosses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout.segments import Kind, Line, Segment

NAMING = 0.25  # of a word's width: what stands over a column when it names it
OVERLAP = 0.5  # points: so much of an amount may stand below the end of the column before
RARE = 0.2  # of the rows of a column: words beside it in no more of them are none
SIDE = 2.0  # points between the text and the side of a table without rules


@dataclass(frozen=True, slots=True)
class Column:
    """What stands between two gutters: the sides of its texts, and whether they are amounts."""

    x0: float
    x1: float
    numeric: bool


def columns_of(lines: Sequence[Line]) -> list[Column]:
    """Stretches across, between gutters that no segment of the lines crosses."""
    ordered = sorted(
        ((segment, place) for place, line in enumerate(lines) for segment in line.segments), key=lambda own: own[0].x0
    )
    groups: list[list[tuple[Segment, int]]] = []
    right = float("-inf")
    for segment, place in ordered:
        if segment.x0 > right - OVERLAP:
            groups.append([])
        groups[-1].append((segment, place))
        right = max(right, segment.x1)
    columns = [_column([segment for segment, _ in group], alone=len(lines) == 1) for group in groups]
    rows = [{place for _, place in group} for group in groups]
    worded = [all(segment.kind is Kind.TEXT for segment, _ in group) for group in groups]
    return [column for i, column in enumerate(columns) if not (worded[i] and _is_astride(i, columns, rows))]


def _is_astride(i: int, columns: Sequence[Column], rows: Sequence[set[int]]) -> bool:
    """Whether the words between two columns of words stand only in rows in which these are empty: 合计 over both.

    Before amounts they stand in few rows: 合计 in the middle of a wide column of short labels.
    """
    if not 0 < i < len(columns) - 1 or columns[i - 1].numeric:
        return False
    if columns[i + 1].numeric:
        return not rows[i] & rows[i - 1] and len(rows[i]) <= RARE * len(rows[i - 1])
    return not rows[i] & (rows[i - 1] | rows[i + 1]) and len(rows[i]) < len(rows[i + 1])


def _column(group: Sequence[Segment], *, alone: bool) -> Column:
    """One column; ``alone``: of a single line, in which a dash stands for an amount."""
    amounts = sum(segment.kind is Kind.AMOUNT or (alone and segment.kind is Kind.DASH) for segment in group)
    values = sum(segment.is_value for segment in group)
    numeric = amounts > 0 and values >= 0.6 * len(group)
    return Column(min(segment.x0 for segment in group), max(segment.x1 for segment in group), numeric)


def with_head_columns(columns: list[Column], head: Sequence[Line]) -> list[Column]:
    """The columns, with those of which only the header prints something.

    Words over a gutter name the labels at their left, or the amounts at their right, when nothing else does.
    """
    if not head:
        return columns
    columns = list(columns)
    middle = (head[0].middle + head[-1].middle) / 2
    words = [segment for line in head for segment in line.segments]
    for segment in words:
        if any(segment.x1 >= column.x0 and segment.x0 <= column.x1 for column in columns):
            continue
        place = sum(column.x0 < segment.centre for column in columns)
        if place and not columns[place - 1].numeric and not _is_named(columns[place - 1], segment, words):
            columns[place - 1] = replace(columns[place - 1], x1=segment.x1)
        elif place < len(columns) and columns[place].numeric and not _is_named(columns[place], segment, words):
            columns[place] = replace(columns[place], x0=segment.x0)
        elif place in (0, len(columns)) or segment.middle >= middle - 0.3 * segment.size:
            columns.insert(place, Column(segment.x0, segment.x1, False))
    return columns


def _is_named(column: Column, word: Segment, words: Sequence[Segment]) -> bool:
    """Whether words stand over the column, no higher than ``word`` does: those above it may name several columns."""
    high = word.middle - word.size
    return any(other.middle > high and _share(other, column) > NAMING for other in words)


def _share(word: Segment, column: Column) -> float:
    """How much of a word stands over a column, 0 to 1."""
    return (min(word.x1, column.x1) - max(word.x0, column.x0)) / (word.x1 - word.x0 or 1.0)


def edges_of(columns: Sequence[Column], lines: Sequence[Line]) -> list[float]:
    """The sides of the columns: in the gutters, where no words of a single column reach, and around all words."""
    starts, ends = [column.x0 for column in columns], [column.x1 for column in columns]
    lefts, rights = list(starts), list(ends)
    for line in lines:
        for segment in line.segments:
            x0, x1 = segment.x0, segment.x1
            i = bisect_right(ends, x0)
            if bisect_left(starts, x1) == i + 1:  # over one column
                lefts[i], rights[i] = min(lefts[i], x0), max(rights[i], x1)
    edges = [min(lefts[0], *(line.x0 for line in lines)) - SIDE]
    for i in range(1, len(columns)):
        low, high = rights[i - 1], lefts[i]
        if low > high:  # words that reach into each other's column
            low, high = columns[i - 1].x1, columns[i].x0
        edges.append(_wall(columns[i - 1], columns[i], low, high))
    return [*edges, max(rights[-1], *(line.x1 for line in lines)) + SIDE]


def _wall(before: Column, after: Column, low: float, high: float) -> float:
    """Where to part two columns: beside the side that is straight, so that it stays in place from page to page."""
    beside = min((high - low) / 4, 1.5 * SIDE)
    if before.numeric:
        return low + beside
    return (low + high) / 2 if after.numeric else high - beside
