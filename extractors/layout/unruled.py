"""Tables that no rules part into cells: found by lines of amounts that stand in columns. Knows no file format.

A table begins as a core, neighbouring lines with amounts of their own. Gutters that no segment of the core crosses make
its columns; the lines above it, up to a caption, a rule or prose, are its header. Whatever rules and shades there are
bound it and part its rows. Prose, contents, lists and charts have amounts too: a core without the evidence of a table
is left to the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from extractors.layout.aligned import cut_at, cuts_of
from extractors.layout.cells import Lattice
from extractors.layout.cores import MOST_BETWEEN, MOST_GAP, UNDER, cores
from extractors.layout.evidence import HALF_LINE, Walls, is_foreign, is_table, pitch_of, valued_lines, walls_between
from extractors.layout.gutters import Column, columns_of, edges_of, with_head_columns
from extractors.layout.halves import parted_abreast
from extractors.layout.heads import head_spans
from extractors.layout.ink import Rules, Run
from extractors.layout.letters import unspaced
from extractors.layout.rows import body_rows, heights, row_spans
from extractors.layout.segments import AMOUNT, Kind, Line, Segment, parted, segment_lines
from extractors.layout.strokes import join

LEAST_AMOUNTS = 3  # on a page: fewer are no table
SHORTEST = 3  # digits of an amount
SAME_START = 1.0  # points: how far the starts of texts of one column differ
HEAD_GAP = 3.0  # the same above the first amounts
TALL_HEAD = 5.0  # the same, where the lowest line of the header names three columns or more
OF_PITCH = 1.7  # of the pitch of the rows: what else these gaps may be
MOST_COLUMNS = 64
MOST_HEAD = 30  # lines; each wrapped header is centred for itself, so that few stand on one line
TITLE = 1.18  # of the size of the amounts: a larger line of one text is a title
MOST_WRAPPED = 7  # characters
HEAD_SIZE = 1.6  # the same: so much larger text is no header


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table, the runs in it without dotted leaders, and the ids of the runs of the page that they come from.

    ``head`` is the ruled header that its rows go on from; its runs are not among these.
    """

    lattice: Lattice
    runs: list[Run]
    taken: frozenset[int]
    head: Lattice | None = None


def unruled_tables(
    runs: Sequence[Run], rules: Rules, heads: Sequence[Lattice], *, going_on: bool = False
) -> list[Unruled]:
    """The tables among ``runs``, which stand in no ruled grid; ``heads`` are grids that a table may go on from.

    ``going_on``: the first amounts may be rows of a table of the page before, for which less evidence will do.
    """
    if not _has_amounts(runs, 1 if going_on or heads else LEAST_AMOUNTS):
        return []
    rules = Rules(join(rules.horizontal), shades=rules.shades)
    return [
        table
        for part in parted_abreast(runs)
        for table in _tables(segment_lines(part), rules, heads, going_on=going_on)
    ]


def _has_amounts(runs: Sequence[Run], least: int) -> bool:
    """Whether there are so many amounts, or as many single digits as they may be drawn with."""
    if sum(AMOUNT.search(unspaced(run.text)) is not None for run in runs) >= least:
        return True
    return sum(len(run.text) == 1 and run.text.isdigit() for run in runs) >= SHORTEST * least


def _tables(lines: Sequence[Line], rules: Rules, heads: Sequence[Lattice], *, going_on: bool) -> list[Unruled]:
    found: list[Unruled] = []
    floor = 0  # the first line below the tables found so far
    for number, (first, stop) in enumerate(cores(lines)):
        if first < floor:  # a row of the table before
            continue
        place = lines[floor:], first - floor, stop - floor
        table = _grown(*place, heads) or _table(*place, rules, going_on=going_on and not number)
        if table is not None:
            found.append(table)
            floor = 1 + max(index for index, line in enumerate(lines) if id(line.sources[0]) in table.taken)
    return found


def _table(lines: Sequence[Line], first: int, stop: int, rules: Rules, *, going_on: bool) -> Unruled | None:
    cuts = cuts_of(valued_lines(lines[first:stop]))
    lines = [*lines[:first], *(cut_at(line, cuts) for line in lines[first:stop]), *lines[stop:]]
    columns = columns_of(valued_lines(lines[first:stop]))
    if not 1 < len(columns) <= MOST_COLUMNS or not any(column.numeric for column in columns):
        return None
    walls = walls_between(rules, columns[0].x0, columns[-1].x1)
    while first and _is_row_of_dashes(lines[first - 1], lines[first], columns):
        first -= 1
    top = _head_start(lines, (first, stop), columns, walls)
    stop = _body_stop(lines, first, stop, columns, walls)
    sides = [(column.x0, column.x1) for column in columns]
    lines = [*lines[:top], *(parted(line, sides) for line in lines[top:stop])]
    first = _body_start(lines, top, first, with_head_columns(columns, lines[top:first]), walls)
    columns = with_head_columns(columns, lines[top:first])
    sides = [(column.x0, column.x1) for column in columns]  # with those of which the header alone prints something
    lines = [*lines[:top], *(parted(line, sides) for line in lines[top:first]), *lines[first:]]
    if not is_table(lines, (top, first, stop), columns, walls, going_on=going_on):
        return None
    return _built(lines[top:first], lines[first:stop], columns, walls)


def _is_row_of_dashes(line: Line, below: Line, columns: Sequence[Column]) -> bool:
    """Whether a line right above rows is a row whose amounts are dashes."""
    dashes = sum(segment.kind is Kind.DASH for segment in line.segments)
    near = below.middle - line.middle < MOST_GAP * line.size and not is_foreign(line)
    return near and 0 < dashes < len(line.segments) and all(_fits(segment, columns) for segment in line.segments)


def _head_start(lines: Sequence[Line], place: tuple[int, int], columns: Sequence[Column], walls: Walls) -> int:
    """The index of the first line of the header. Of the rules above the first amounts it is parted by one, or by none;
    those between rows of labels alone do not count."""
    first, stop = place
    low = min(column.x0 for column in columns if column.numeric)
    size, pitch = lines[first].size, pitch_of(lines[first:stop])
    gap = max(HEAD_GAP * size, OF_PITCH * pitch if pitch < 5 * size else 0.0)
    crossed = 0
    for index in range(first - 1, max(first - 1 - MOST_HEAD, -1), -1):
        line, below = lines[index], lines[index + 1]
        room = max(gap, TALL_HEAD * size) if index == first - 1 and len(line.segments) > 2 else gap
        crossed += below.x1 > low and any(line.middle < wall < below.middle for wall in walls.rules)
        if (
            crossed > 1
            or is_foreign(line)
            or line.size > (TITLE if _is_alone(line) else HEAD_SIZE) * size
            or below.middle - line.middle > room
        ):
            return index + 1
    return max(first - MOST_HEAD, 0)


def _is_alone(line: Line) -> bool:
    """Whether a line is one text, and more of it than a wrapped header has on a line."""
    return len(line.segments) == 1 and len(line.text) > MOST_WRAPPED


def _body_start(lines: Sequence[Line], top: int, first: int, columns: Sequence[Column], walls: Walls) -> int:
    """The index of the first line of the body: labels may begin above the first amounts, or stand without any.

    Of the lines above, those with words over a column of amounts are the header, and what stands beside them.
    """
    low = min(column.x0 for column in columns if column.numeric)
    texts = [column for column in columns if not column.numeric]
    start = first
    while start > top and not any(s.x1 > low and _is_name(s, texts) for s in lines[start - 1].segments):
        start -= 1
    if start == top:
        while first > top and lines[first].middle - lines[first - 1].middle < HALF_LINE * lines[first].size:
            first -= 1
        return first
    named = lines[start - 1]
    foot = min((wall for wall in walls.rules if named.middle < wall < lines[first].middle), default=named.middle)
    while start < first and (lines[start].middle < foot or lines[start].middle - named.middle < named.size):
        start += 1
    return start


def _is_name(segment: Segment, texts: Sequence[Column]) -> bool:
    """Whether words may name a column of amounts: they stand in no column of words, nor begin where one begins."""
    inside = any(
        abs(segment.x0 - column.x0) <= SAME_START or (column.x0 < segment.x0 and segment.x1 <= column.x1 + 1)
        for column in texts
    )
    return segment.kind is Kind.TEXT and not inside


def _body_stop(lines: Sequence[Line], first: int, stop: int, columns: Sequence[Column], walls: Walls) -> int:
    """The index after the last line of the body: rows may follow that have no amounts, or after many without any."""
    pitch = pitch_of(lines[first:stop])
    pitch = pitch if pitch < 5 * lines[first].size else 0.0
    while stop < len(lines):
        line, above = lines[stop], lines[stop - 1]
        closed = any(above.middle < wall < line.middle for wall in walls.rules)
        if (
            is_foreign(line)
            or line.middle - above.middle > max(1.15 * pitch, 1.3 * line.size)
            or not all(_fits(segment, columns) for segment in line.segments)
            or (closed and not any(wall > line.middle for wall in walls.rules))
        ):
            break
        stop += 1
    return stop


def _fits(segment: Segment, columns: Sequence[Column]) -> bool:
    """Whether a segment below a table may stand in one of its columns."""
    if segment.is_value:
        return any(column.x0 - UNDER <= segment.x0 and segment.x1 <= column.x1 + UNDER for column in columns)
    free = [*(column.x0 for column in columns[1:]), columns[-1].x1]  # where the next column begins
    for column, right in zip(columns, free, strict=True):
        begins = (
            abs(segment.x0 - column.x0) <= SAME_START and segment.x1 < right
        )  # longer than the labels beside amounts
        inside = column.x0 - 1 <= segment.x0 and segment.x1 <= column.x1 + segment.size
        if not column.numeric and (begins or inside):
            return True
    return False


def _built(head: Sequence[Line], body: Sequence[Line], columns: Sequence[Column], walls: Walls) -> Unruled:
    xs = edges_of(columns, [*head, *body])
    numeric = frozenset(i for i, column in enumerate(columns) if column.numeric)
    pitch = pitch_of(body)
    rows = body_rows(body, xs, numeric, walls.all, pitch)
    segments = [segment for line in head for segment in line.segments]
    levels, spans = head_spans(segments, xs, rows[0].top, pitch)
    sides = heights(rows, levels[-1] if levels else None, walls.all)
    ys = [*levels[:-1], *sides]
    spans = [*spans, *row_spans(rows, max(len(levels) - 1, 0), len(columns))]
    return taking([*head, *body], Lattice(xs, ys, spans))


def taking(lines: Sequence[Line], lattice: Lattice, head: Lattice | None = None) -> Unruled:
    """The table that the lines are, without their leaders."""
    runs = [run for line in lines for segment in line.segments for run in segment.runs]
    return Unruled(lattice, runs, frozenset(id(run) for line in lines for run in line.sources), head)


def _grown(lines: Sequence[Line], first: int, stop: int, heads: Sequence[Lattice]) -> Unruled | None:
    """A ruled header that the lines go on from, with their rows below it."""
    near = MOST_BETWEEN * lines[first].size
    for head in heads:
        if not 0 < lines[first].middle - head.ys[-1] < near:
            continue
        body = [line for line in lines[:stop] if line.middle > head.ys[-1]]
        gap = body[0].middle - head.ys[-1] if body else 0.0
        whole = body and len(body) >= stop - first and not any(is_foreign(line) for line in body)
        if not whole or not 0 < gap < MOST_GAP * body[0].size or head.n_cols < 2 or not _stands_below(body, head.xs):
            continue
        valued = valued_lines(body)
        numeric = frozenset(
            bisect_right(head.xs, s.centre) - 1 for line in valued for s in line.segments if s.kind is Kind.AMOUNT
        )
        more = _body_stop(lines, first, stop, columns_of(valued), Walls([], []))
        body += takewhile(partial(_keeps_to, xs=head.xs), lines[stop:more])
        rows = body_rows(body, head.xs, numeric, [], pitch_of(body))
        ys = [*head.ys, *heights(rows, head.ys[-1], [])[1:]]
        spans = [*head.spans, *row_spans(rows, head.n_rows, head.n_cols)]
        return taking(body, Lattice(head.xs, ys, spans), head)
    return None


def _stands_below(body: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether the segments keep to the columns, amounts standing in two or more, or in one beside labels."""
    valued = valued_lines(body)
    if not all(_keeps_to(line, xs) for line in valued):
        return False
    used = {bisect_right(xs, segment.x0 + 1) for line in valued for segment in line.segments}
    return len(used) > (1 if len(valued) > 1 else 2)


def _keeps_to(line: Line, xs: Sequence[float]) -> bool:
    """Whether each segment stands in one column."""
    ends = ((bisect_right(xs, one.x0 + 1) - 1, bisect_right(xs, one.x1 - 1) - 1) for one in line.segments)
    return all(first == last and 0 <= first < len(xs) - 1 for first, last in ends)
