"""Tables of words alone without rules between their cells: lists of units, of projects, of indicators.

There are no amounts to find them by, and prose, contents and signatures have words too: so a title over them, columns
that begin or centre at one place, and lines that fill nearly all of them must show. What is less is left to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.cells import Lattice
from extractors.layout.evidence import CAPTION, PROSE, REACH
from extractors.layout.gutters import Column, columns_of, edges_of, with_head_columns
from extractors.layout.ink import Run
from extractors.layout.rows import Row, body_rows, heights, row_spans
from extractors.layout.segments import Kind, Line, Segment, segment_lines
from extractors.layout.unruled import Unruled, taking

TITLE = re.compile(r"(?:表|名单|清单|一览)(?:[（(][^（）()]{1,12}[）)])?\s*$")
LEAST_COLUMNS = 3
LEAST_ROWS = 4  # the header among them
SAME_PLACE = 1.5  # points: how far the starts, or the middles, of words of one column differ
ALIGNED = 0.8  # of the words of a column, below its header
FILLED = 0.8  # of the lines fill all columns but one
MOST_GAP = 3.4  # of the glyph height, between two lines of one table
EVERY_LINE = 0.9  # of the lines are full: then each is a row


def worded_tables(runs: Sequence[Run]) -> list[Unruled]:
    """The tables of words among ``runs``, which stand in no other table."""
    if not any(TITLE.search(run.text) for run in runs):
        return []
    lines = segment_lines(runs)
    tables = (_table(lines, first, stop) for first, stop in _stretches(lines))
    return [table for table in tables if table is not None]


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines that follow each other closely, from the first to behind the last with words in several columns."""
    first = last = -1
    for index, line in enumerate(lines):
        if last >= 0 and (_is_foreign(line) or line.middle - lines[index - 1].middle > MOST_GAP * line.size):
            yield first, last + 1
            first = last = -1
        if _is_full(line) and not _is_foreign(line):
            first, last = (index if first < 0 else first), index
    if last >= 0:
        yield first, last + 1


def _is_foreign(line: Line) -> bool:
    """Whether a line is a caption, a note or prose. A word such as 备注 in a header is none of them."""
    alone = len(line.segments) == 1
    return alone and (CAPTION.search(line.text) is not None or line.x1 - line.x0 > PROSE * line.size)


def _is_full(line: Line) -> bool:
    return len(line.segments) >= LEAST_COLUMNS


def _table(lines: Sequence[Line], first: int, stop: int) -> Unruled | None:
    body = lines[first:stop]
    full = [line for line in body if _is_full(line)]
    columns = with_head_columns(columns_of(full[1:]), full[:1])
    titled = any(TITLE.search(line.text) for line in lines[max(first - REACH, 0) : first])
    if len(full) < LEAST_ROWS or len(columns) < LEAST_COLUMNS or not titled or not _is_table(full, columns):
        return None
    body = [*body, *_following(lines[stop - 1 :], columns, _pitch(full))]
    xs = edges_of(columns, body)
    rows = _rows(body, full, xs)
    if rows is None:
        return None
    spans = row_spans(rows, 0, len(columns))
    return taking(body, Lattice(xs, heights(rows, None, []), spans))


def _pitch(full: Sequence[Line]) -> float:
    """The least distance of two full lines."""
    return min(after.middle - before.middle for before, after in pairwise(full))


def _following(lines: Sequence[Line], columns: Sequence[Column], pitch: float) -> list[Line]:
    """The lines behind the first that go on closely and stand in the columns: a last row whose name wraps."""
    found: list[Line] = []
    sides = list(zip(columns, [*(column.x0 for column in columns[1:]), columns[-1].x1], strict=True))
    for above, line in pairwise(lines):
        inside = all(any(c.x0 - one.size <= one.x0 and one.x1 <= end for c, end in sides) for one in line.segments)
        if _is_foreign(line) or line.middle - above.middle > 1.1 * pitch or not inside:
            break
        found.append(line)
    return found


def _is_table(full: Sequence[Line], columns: Sequence[Column]) -> bool:
    filled = sum(len(line.segments) >= len(columns) - 1 for line in full)
    inside = [_within(column, full[1:]) for column in columns]
    return filled >= FILLED * len(full) and all(_is_aligned(segments) for segments in inside)


def _within(column: Column, lines: Sequence[Line]) -> list[Segment]:
    return [one for line in lines for one in line.segments if column.x0 <= one.centre <= column.x1]


def _is_aligned(segments: Sequence[Segment]) -> bool:
    ways = (sorted(one.x0 for one in segments), sorted(one.centre for one in segments))
    return bool(segments) and any(_near(values) >= ALIGNED * len(values) for values in ways)


def _near(values: Sequence[float]) -> int:
    """How many values, sorted, are near the one in their middle."""
    middle = values[len(values) // 2]
    return sum(abs(value - middle) <= SAME_PLACE for value in values)


def _rows(body: Sequence[Line], full: Sequence[Line], xs: Sequence[float]) -> list[Row] | None:
    """The rows: those of numbers in the first column, or every line where nearly all are full; None when unclear."""
    numbered = sum(line.segments[0].kind is Kind.NUMBER and line.segments[0].x1 <= xs[1] for line in body)
    if numbered >= LEAST_ROWS - 1 and numbered >= len(full) - 1:
        head = body_rows(body[:1], xs, frozenset(), [], float("inf"))
        return [*head, *body_rows(body[1:], xs, frozenset({0}), [], _pitch(full))]
    if len(full) < EVERY_LINE * len(body):
        return None
    return [row for line in body for row in body_rows([line], xs, frozenset(), [], float("inf"))]
