"""Tables beside each other: which stand so, and the lines above and below each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.layout.ink import Run
from extractors.layout.words import lines_of, text_lines
from extractors.model import Block, Box, Grid, Part, TextLine

NONE = Box(0.0, 0.0, 0.0, 0.0)


def abreast(grids: Sequence[Grid], *, last: bool) -> list[int]:
    """The first grid of a page, or the last, and those that stand beside it."""
    boxes = [_box(grid.location.box) for grid in grids]
    end = boxes[-1 if last else 0]
    return [place for place, box in enumerate(boxes) if box is end or _beside(box, end)]


def _box(box: Box | None) -> Box:
    return box or NONE


def _beside(one: Box, other: Box) -> bool:
    apart = one.x1 <= other.x0 or other.x1 <= one.x0
    return apart and one.top < other.bottom and other.top < one.bottom


def share_of(one: Part, other: Part) -> float:
    """How much of the narrower of two parts stands above or below the other."""
    first, second = _box(one.location.box), _box(other.location.box)
    narrower = min(first.x1 - first.x0, second.x1 - second.x0)
    return (min(first.x1, second.x1) - max(first.x0, second.x0)) / narrower if narrower > 0 else 0.0


def stands_over(line: TextLine, part: Part) -> bool:
    """Whether the middle of a line stands above or below a part."""
    box, own = _box(part.location.box), _box(line.location.box)
    return box.x0 <= (own.x0 + own.x1) / 2 <= box.x1


def reading_order(grids: Sequence[Grid], runs: list[Run], page: int) -> list[Block]:
    """The grids and the printed lines of a page from top to bottom; tables beside each other, one after the other.

    Lines are parted between such tables where each has a title of its own.
    """
    band = next((band for band in _bands(grids, runs) if band.parts_titles), None) if len(grids) > 1 else None
    if band is None:
        return sorted([*grids, *text_lines(runs, page)], key=_place)
    left, right = band.sides
    rest = [run for run in runs if not band.holds(run.middle)]
    others = [grid for grid in grids if grid not in left.grids and grid not in right.grids]
    blocks = reading_order(others, rest, page)
    before = [block for block in blocks if _box(block.location.box).top < band.ceiling]
    sides = [block for side in band.sides for block in reading_order(side.grids, side.runs, page)]
    return [*before, *sides, *blocks[len(before) :]]


def _place(block: Block) -> tuple[float, float]:
    box = _box(block.location.box)
    return box.top, box.x0


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands at one side of the stripe between two tables; ``table`` is the nearest of them."""

    table: Box
    grids: list[Grid]
    runs: list[Run]

    def has_middle(self, line: Sequence[Run]) -> bool:
        """Whether a line stands in the middle of the table, as titles do."""
        third = (self.table.x1 - self.table.x0) / 3
        return self.table.x0 + third < (line[0].x0 + line[-1].x1) / 2 < self.table.x1 - third


@dataclass(frozen=True, slots=True)
class _Band:
    """Two tables beside each other, from the lowest thing above that stands over both down to the lower bottom."""

    ceiling: float
    top: float
    floor: float
    sides: tuple[_Side, _Side]

    def holds(self, middle: float) -> bool:
        """Whether something with its middle here stands in the band."""
        return self.ceiling <= middle <= self.floor

    @property
    def parts_titles(self) -> bool:
        """Whether both tables have a title of their own, side by side."""
        left, right = ([run for run in side.runs if run.middle < self.top] for side in self.sides)
        titles = [line for line in lines_of(left) if line and self.sides[0].has_middle(line)]
        others = [line for line in lines_of(right) if line and self.sides[1].has_middle(line)]
        return any(abs(one[0].middle - other[0].middle) < one[0].size for one in titles for other in others)


def _bands(grids: Sequence[Grid], runs: Sequence[Run]) -> Iterator[_Band]:
    ordered = sorted(grids, key=lambda grid: _box(grid.location.box).x0)
    for one, other in combinations(ordered, 2):
        left, right = _box(one.location.box), _box(other.location.box)
        if _beside(left, right):
            yield _band(left, right, grids, runs)


def _band(left: Box, right: Box, grids: Sequence[Grid], runs: Sequence[Run]) -> _Band:
    middle, top, floor = (left.x1 + right.x0) / 2, min(left.top, right.top), max(left.bottom, right.bottom)
    boxes = [_box(grid.location.box) for grid in grids]
    over = [*((box.x0, box.x1, box.bottom) for box in boxes), *((run.x0, run.x1, run.bottom) for run in runs)]
    ceiling = max((bottom for x0, x1, bottom in over if x0 < middle < x1 and bottom <= top), default=0.0)
    held = [grid for grid, box in zip(grids, boxes, strict=True) if ceiling <= box.top and box.bottom <= floor]
    inside = [run for run in runs if ceiling <= run.middle <= floor]
    sides = [
        _Side(
            table,
            [grid for grid in held if (_box(grid.location.box).x0 >= middle) is is_right],
            [run for run in inside if ((run.x0 + run.x1) / 2 > middle) is is_right],
        )
        for is_right, table in ((False, left), (True, right))
    ]
    return _Band(ceiling, top, floor, (sides[0], sides[1]))
