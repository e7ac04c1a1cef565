"""Words over the columns of an unruled table -> the cells of its header: groups of columns, and columns below them.

The lowest words over a column name it. Words above name a group of neighbouring columns, around whose middle they are
centred; where several readings are possible, the one whose groups lie best centred wins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.layout.cells import Span
from extractors.layout.segments import Segment

LEADING = 1.6  # of the glyph height: lines of one header cell stand no further apart
OF_PITCH = 0.97  # of the pitch of the rows: they stand nearer
CENTRED = 0.6  # of the glyph height: how far the middles of centred lines may differ
LEVEL = 0.9  # of the glyph height: groups further apart in height are of two levels
STEP = 0.85  # of the pitch of the rows: levels nearer than that are no rows of their own
SKIPPED = 0.3  # of a column's width: what leaving a column out of every group costs
ALONE = 0.2  # the same for a group of one column
OUTSIDE = 5.0  # the same for words that reach out of their group


@dataclass(slots=True)
class Block:
    """The lines of one header cell."""

    lines: list[Segment]

    @property
    def x0(self) -> float:
        """Left end."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Right end."""
        return max(line.x1 for line in self.lines)

    @property
    def centre(self) -> float:
        """Middle, across."""
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        """Middle of the first line."""
        return self.lines[0].middle

    @property
    def bottom(self) -> float:
        """Middle of the last line."""
        return self.lines[-1].middle

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Unit:
    """Neighbouring columns, under one cell or one column alone: the first row free above it, its own last row."""

    first: int
    last: int
    start: int
    bottom: int


@dataclass(slots=True)
class _Head:
    """A header on its way into cells."""

    xs: Sequence[float]
    centres: list[float]  # of the words that name each column
    depth: int  # rows
    spans: list[Span] = field(default_factory=list)


def head_spans(
    segments: Sequence[Segment], xs: Sequence[float], body: float, pitch: float
) -> tuple[list[float], list[Span]]:
    """The sides of the header's rows, its lower one included, and its cells. ``body`` is the middle of the first
    row, ``pitch`` the distance of rows of one line.

    Both are empty without any words.
    """
    if not segments:
        return [], []
    size = segments[0].size
    blocks = _blocks(segments, xs, min(LEADING * size, OF_PITCH * pitch))
    leaves = _leaves(blocks, xs)
    named = [leaf for leaf in leaves if leaf is not None]
    groups = [block for block in blocks if all(block is not leaf for leaf in named)]
    levels, between = _levels(groups, LEVEL * size, STEP * pitch)
    edges = _edges(levels, named, size, body)
    depth = len(levels) + 1
    middles = [(x0 + x1) / 2 for x0, x1 in pairwise(xs)]
    head = _Head(xs, [mid if leaf is None else leaf.centre for leaf, mid in zip(leaves, middles, strict=True)], depth)
    foot = min(edges[-1], 2 * max(leaf.middle for leaf in named) - edges[-2])
    sides = [*edges[:-1], foot]
    units = [_Unit(col, col, _start(leaf, sides), depth - 1) for col, leaf in enumerate(leaves)]
    for level in range(depth - 2, -1, -1):
        also = between.get(level, [])
        units = _grouped(head, units, sorted([*levels[level], *also], key=lambda block: block.centre), level, also)
    for unit in units:
        _close(head, unit, 0)
    return _without_idle(edges, sorted(head.spans, key=lambda span: (span.row, span.col)))


def _blocks(segments: Sequence[Segment], xs: Sequence[float], leading: float) -> list[Block]:
    blocks: list[Block] = []
    for segment in sorted(segments, key=lambda segment: (segment.middle, segment.x0)):
        home = next((block for block in reversed(blocks) if _goes_on(block, segment, xs, leading)), None)
        if home is None:
            blocks.append(Block([segment]))
        else:
            home.lines.append(segment)
    return blocks


def _goes_on(block: Block, segment: Segment, xs: Sequence[float], leading: float) -> bool:
    """Whether a segment is one more line of a block, or stands beside its last line in one column."""
    last, size = block.lines[-1], segment.size
    step = segment.middle - last.middle
    if abs(step) <= 0.35 * size:
        return bisect_right(xs, last.x0) == bisect_right(xs, segment.x1)
    near = abs(segment.centre - block.centre) <= CENTRED * size or abs(segment.x0 - block.x0) <= 1
    return step <= leading and near


def _leaves(blocks: Sequence[Block], xs: Sequence[float]) -> list[Block | None]:
    """For each column the lowest block centred in it."""
    leaves: list[Block | None] = [None] * (len(xs) - 1)
    for block in blocks:
        col = min(max(bisect_right(xs, block.centre) - 1, 0), len(leaves) - 1)
        before = leaves[col]
        if before is None or block.middle > before.middle:
            leaves[col] = block
    return leaves


def _levels(groups: Sequence[Block], apart: float, step: float) -> tuple[list[list[Block]], dict[int, list[Block]]]:
    """The blocks over several columns, level by level, and those of two levels, by the number of the lower one.

    Words that stand midway between two levels nearer than ``step``, which rows are not, are of both.
    """
    levels: list[list[Block]] = []
    for block in sorted(groups, key=lambda block: block.middle):
        if levels and block.middle - levels[-1][0].middle <= apart:
            levels[-1].append(block)
        else:
            levels.append([block])
    kept: list[list[Block]] = []
    between: dict[int, list[Block]] = {}
    for place, level in enumerate(levels):
        inner = 0 < place < len(levels) - 1 and len(kept) not in between
        around = [levels[place - 1][0].middle, levels[place + 1][0].middle] if inner else []
        if around and all(abs(level[0].middle - middle) < step for middle in around):
            between[len(kept)] = level
        else:
            kept.append(level)
    return kept, between


def _edges(levels: Sequence[Sequence[Block]], named: Sequence[Block], size: float, body: float) -> list[float]:
    """The upper side of each row of the header, and the lower side of the last."""
    low = max(leaf.middle for leaf in named)
    deep = [leaf for leaf in named if low - leaf.middle <= 0.5 * size]
    rows = [*levels, deep]
    inner = [
        (max(block.bottom for block in above) + min(block.top for block in below)) / 2
        for above, below in pairwise(rows)
    ]
    words = [*(block for level in levels for block in level), *named]
    top = min(block.top for block in words)
    bottom = (max(block.bottom for block in words) + body) / 2
    first = 2 * rows[0][0].middle - inner[0] if inner else top - 0.8 * size
    return [min(first, top - 0.6 * size), *inner, bottom]


def _start(leaf: Block | None, sides: Sequence[float]) -> int:
    """The row in which a column's cell begins, judged by the height of its words: they stand in its middle."""
    rows = range(len(sides) - 1)
    if leaf is None:
        return rows[-1]
    return min(rows, key=lambda row: abs(leaf.middle - (sides[row] + sides[-1]) / 2))


def _grouped(
    head: _Head, units: Sequence[_Unit], groups: Sequence[Block], level: int, tall: Sequence[Block]
) -> list[_Unit]:
    """The units after the groups of one level took theirs; those in ``tall`` reach up into the level above."""
    chosen = _best(head, units, groups, level)
    merged: list[_Unit] = []
    place = 0
    for number, (first, last) in enumerate([*chosen, (len(units), len(units))]):
        merged.extend(replace(unit, start=min(unit.start, level)) for unit in units[place:first])
        if first < len(units):
            if first == last and _is_leaf(units[first], head):  # no group: the first line of a header cell
                merged.append(replace(units[first], start=level))
                place = last + 1
                continue
            for unit in units[first : last + 1]:
                _close(head, unit, level + 1)
            high = any(groups[number] is block for block in tall)
            merged.append(_Unit(units[first].first, units[last].last, level - high, level))
        place = last + 1
    return merged


def _is_leaf(unit: _Unit, head: _Head) -> bool:
    """Whether nothing is below a unit but the body."""
    return unit.first == unit.last and unit.bottom == head.depth - 1


def _without_idle(edges: list[float], spans: Sequence[Span]) -> tuple[list[float], list[Span]]:
    """The same without rows in which no cell begins."""
    rows = sorted({span.row for span in spans})
    ends = [*rows, len(edges) - 1]
    row_of = {row: sum(start < row for start in rows) for row in range(len(edges))}
    kept = [Span(row_of[s.row], s.col, row_of[s.row + s.row_span] - row_of[s.row], s.col_span) for s in spans]
    return [edges[row] for row in ends], kept


def _close(head: _Head, unit: _Unit, row: int) -> None:
    head.spans.append(Span(row, unit.first, unit.bottom - row + 1, unit.last - unit.first + 1))


Choice = tuple[float, tuple[tuple[int, int], ...]]


def _best(head: _Head, units: Sequence[_Unit], groups: Sequence[Block], level: int) -> tuple[tuple[int, int], ...]:
    """For each group the first and last unit under it, at least cost over all of them."""
    free = [unit.start > level for unit in units]
    before = [SKIPPED * sum(free[:place]) for place in range(len(units) + 1)]  # the cost of leaving all of these out
    best: dict[int, Choice] = {0: (0.0, ())}  # units used -> cost and places
    for block in groups:
        following: dict[int, Choice] = {}
        for first, last, own in _candidates(head, units, free, block):
            for used, (cost, places) in best.items():
                total = cost + before[first] - before[min(used, first)] + own
                if used <= first and (last + 1 not in following or total < following[last + 1][0]):
                    following[last + 1] = (total, (*places, (first, last)))
        if not following:
            break
        best = following
    ends = ((cost + before[-1] - before[used], places) for used, (cost, places) in best.items())
    return min(ends)[1]


def _candidates(
    head: _Head, units: Sequence[_Unit], free: Sequence[bool], block: Block
) -> Iterator[tuple[int, int, float]]:
    """Runs of units, none taken above, that the middle of the block stands over, and what each would cost."""
    middle = min(max(bisect_right([head.xs[unit.first] for unit in units], block.centre) - 1, 0), len(units) - 1)
    for first in range(middle, -1, -1):
        if not free[first]:
            break
        for last in range(middle, len(units)):
            if not free[last]:
                break
            yield first, last, _cost(head, units[first].first, units[last].last, block)


def _cost(head: _Head, first: int, last: int, block: Block) -> float:
    """How badly the block is centred over the columns, in widths of a column."""
    xs, centres = head.xs, head.centres
    wide = (xs[last + 1] - xs[first]) / (last - first + 1)
    sides = abs((xs[first] + xs[last + 1]) / 2 - block.centre)
    named = abs((centres[first] + centres[last]) / 2 - block.centre)
    out = block.x0 < xs[first] - 2 or block.x1 > xs[last + 1] + 2
    return min(sides, named) / wide + ALONE * (first == last) + OUTSIDE * out
