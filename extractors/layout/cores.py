"""Stretches of lines with amounts in columns, one for each table that may be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.layout.evidence import HALF_LINE, is_foreign
from extractors.layout.segments import Kind, Line

MOST_GAP = 3.4  # of the glyph height, between two lines of one table
ALIGNED_GAP = 6.0  # the same when amounts stand under each other
UNDER = 2.0  # points: how far the ends of amounts under each other differ
MOST_BETWEEN = 20  # lines without amounts between two with them


def cores(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines, from the first to behind the last with amounts in columns."""
    first = last = -1
    for index, line in enumerate(lines):
        ends = last >= 0 and (
            is_foreign(line)
            or index - last > MOST_BETWEEN
            or line.middle - lines[index - 1].middle > _most_gap(lines[last], line)
        )
        if ends:
            yield first, last + 1
            first = last = -1
        if line.amounts and len(line.segments) > 1 and not is_foreign(line):
            first = index if first < 0 else first
            last = index
        elif last >= 0 and _is_beside_label(lines, index) and _is_under(line, lines[last]):
            last = index
    if last >= 0:
        yield first, last + 1


def _is_beside_label(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is an amount alone, midway between the lines of a label at its left."""
    line = lines[place]
    around = (*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2])
    halves = [other for other in around if abs(other.middle - line.middle) < HALF_LINE * line.size]
    labels = [other for other in halves if other.segments[0].kind is Kind.TEXT and other.segments[0].x1 < line.x0]
    return line.amounts == len(line.segments) == 1 and len(labels) > 1


def _is_under(line: Line, above: Line) -> bool:
    """Whether an amount of a line ends where one above does."""
    ends = [segment.x1 for segment in above.segments if segment.kind is Kind.AMOUNT]
    return any(
        segment.kind is Kind.AMOUNT and abs(segment.x1 - end) <= UNDER for segment in line.segments for end in ends
    )


def _most_gap(last: Line, line: Line) -> float:
    """How far a line may stand below one with amounts: farther, when it has amounts under theirs."""
    return (ALIGNED_GAP if _is_under(line, last) else MOST_GAP) * line.size
