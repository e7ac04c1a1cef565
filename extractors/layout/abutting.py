"""Tables beside each other that share a side: parted where each half has a title of its own.

Their rules touch, so that together they are one skeleton, and a statement with income at the left and expenditure at
the right is drawn in the same way. Only what is printed above tells: over each half, in its middle, a title that says
so, or a line under which a unit of money stands for each half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.cells import Lattice
from extractors.layout.evidence import UNIT
from extractors.layout.ink import Run
from extractors.layout.segments import Line, Segment, segment_lines

REACH = 5.0  # of the height of a unit's glyphs: how far above the table it may stand; its title is no farther above it
TITLE = re.compile(r"^附?表\s*[\d一二三四五六七八九十]|表(?:[（(][^）)]*[）)])?$")
CENTRED = 0.12  # of a half's width: how far the middle of its title may be from its own


def walls_between_tables(lattice: Lattice, runs: Sequence[Run], top: float) -> list[int]:
    """The columns at which another table begins, judged by the lines right above ``top``, where the tables begin."""
    near = [run for run in runs if top - 2 * REACH * run.size < run.middle < top + 1 and _is_over(run, lattice)]
    lines = segment_lines(near) if len(near) > 1 and lattice.spans else []
    for place, line in reversed(list(enumerate(lines))):
        if top - line.middle > REACH * line.size:
            break
        units = [one for one in line.segments if UNIT.fullmatch(one.text.strip())]
        titles = [one for one in line.segments if TITLE.search(one.text.strip())]
        if max(len(units), len(titles)) > 1:
            above = lines[:place] if len(units) > 1 else [line]
            return _walls(lattice, units if len(units) > 1 else titles, above)
    return []


def _is_over(run: Run, lattice: Lattice) -> bool:
    return lattice.xs[0] < (run.x0 + run.x1) / 2 < lattice.xs[-1]


def _walls(lattice: Lattice, texts: Sequence[Segment], above: Sequence[Line]) -> list[int]:
    """A wall between every two texts, each half under a title in its middle; none at all where one half has none."""
    free = set(range(1, lattice.n_cols)).difference(
        col for span in lattice.spans for col in range(span.col + 1, span.col + span.col_span)
    )
    xs = lattice.xs
    between = [
        [col for col in sorted(free) if text.centre < xs[col] < following.x0] for text, following in pairwise(texts)
    ]
    for line in above if all(between) else ():
        walls = [0]
        for cols in between:
            walls.append(min(cols, key=lambda col: _astray(line, xs[walls[-1]], xs[col])))
        sides = pairwise([*walls, lattice.n_cols])
        if all(_astray(line, xs[first], xs[stop]) < CENTRED for first, stop in sides):
            return walls[1:]
    return []


def _astray(line: Line, left: float, right: float) -> float:
    """How far from the middle between the sides a text of the line stands that reaches over neither; in widths."""
    middle = (left + right) / 2
    inside = (abs(one.centre - middle) for one in line.segments if left < one.x0 and one.x1 < right)
    return min(inside, default=right - left) / (right - left)
