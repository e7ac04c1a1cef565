"""Tables without rules beside each other: the runs of a page parted where two captions stand on one line.

Read together their lines would make one wide table. The units of money of two tables beside each other stand on one
line, each at the right end of its own; between the first and what begins the second runs a stripe that no word crosses.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.evidence import UNIT
from extractors.layout.ink import Run
from extractors.layout.segments import Line, Segment, segment_lines

STRIPE = 1.5  # of the glyph height: how wide the stripe between two tables is at least
LEAST = 3  # lines on either side


def parted_abreast(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs in parts to be read each for itself: those between no two tables, and the two sides of every stripe."""
    if sum(UNIT.search(run.text) is not None for run in runs) < 2:
        return [list(runs)]
    lines = segment_lines(runs)
    sides: list[list[Run]] = []
    taken: set[int] = set()
    for place, line in enumerate(lines):
        units = [segment for segment in line.segments if UNIT.fullmatch(segment.text.strip())]
        if len(units) == 2 and id(line.sources[0]) not in taken:
            below, at = _stripe(lines[place:], *units)
            if _is_two(below, at):
                inside = [run for one in below for run in one.sources]
                taken.update(id(run) for run in inside)
                sides.extend([run for run in inside if (run.x0 > at) is right] for right in (False, True))
    return [[run for run in runs if id(run) not in taken], *sides]


def _stripe(lines: Sequence[Line], left: Segment, right: Segment) -> tuple[list[Line], float]:
    """The lines, from that of the units on, that keep clear of one stripe between the two, and its middle."""
    taken: list[tuple[float, float]] = []
    stripe = left.x1, right.x0
    kept: list[Line] = []
    for line in lines:
        more = sorted([*taken, *((segment.x0, segment.x1) for segment in line.segments)])
        narrower = _first_gap(more, left.x1, STRIPE * line.size)
        if narrower is None or min(stripe[1], narrower[1]) - max(stripe[0], narrower[0]) < STRIPE * line.size:
            break
        taken, stripe = more, narrower
        kept.append(line)
    return kept, (stripe[0] + stripe[1]) / 2


def _first_gap(taken: Sequence[tuple[float, float]], beyond: float, least: float) -> tuple[float, float] | None:
    """The first stretch that is free, ``least`` wide and ends behind ``beyond``; ``taken`` is sorted."""
    free = taken[0][1]
    for start, end in taken:
        if start - free >= least and start > beyond:
            return free, start
        free = max(free, end)
    return None


def _is_two(lines: Sequence[Line], at: float) -> bool:
    """Whether enough lines stand on either side."""
    sides = [sum(line.x0 < at for line in lines), sum(line.x1 > at for line in lines)]
    return min(sides) >= LEAST
