"""The runs and rules of one page -> its grids and text lines, in reading order. PDF text and OCR meet here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.layout.beside import reading_order
from extractors.layout.cells import Lattice, lattice
from extractors.layout.fill import fill
from extractors.layout.framed import parted
from extractors.layout.ink import Rules, Run
from extractors.layout.letters import whole_words
from extractors.layout.rulings import EdgeGroup, TooManyRules, edge_groups
from extractors.layout.unruled import Unruled, unruled_tables
from extractors.layout.worded import worded_tables
from extractors.model import Block, Grid, GridMethod, Location, Notice


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The blocks of one page, top to bottom, on a page of ``width`` by ``height`` points.

    ``brimming`` tells, for each grid by its place, in which columns of its last row the text runs to the right side.
    ``otherwise``: the same page with its first lines read as rows of a table of the page before, should they be.
    """

    number: int
    width: float
    height: float
    blocks: list[Block]
    brimming: dict[Location, frozenset[int]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    otherwise: PageLayout | None = None


def lay_out(
    number: int, size: tuple[float, float], runs: list[Run], rules: Rules, *, going_on: bool = False
) -> PageLayout:
    """The grids and lines of one page. A grid without any text is a drawing and is left out, and so is a frame.

    ``going_on``: its first lines may be rows of a table of the page before; see ``unruled_tables``.
    """
    grids: list[Grid] = []
    brimming: dict[Location, frozenset[int]] = {}
    notices: list[Notice] = []
    skeletons = [found for group in _groups(rules, number, notices) if (found := lattice(group)) is not None]
    lattices = [table for found in skeletons for table in parted(found, runs)]
    free = _free(runs, lattices)
    words = whole_words(free)
    if words is not free:
        runs = [*_others(runs, free), *words]
    for table in _aligned_tables(words, rules, lattices, going_on=going_on):
        others = [run for run in runs if id(run) not in table.taken]
        filled = fill(table.lattice, [*table.runs, *others], number)
        grids.append(replace(filled.grid, method=GridMethod.BORDERLESS))
        brimming[filled.grid.location] = filled.brimming
        runs = filled.outside
        notices.extend([*filled.notices, _aligned(filled.grid)])
        lattices = [found for found in lattices if found is not table.head and not _lies_in(found, table.lattice)]
    for found in lattices:
        filled = fill(found, runs, number)
        if len(filled.outside) < len(runs) and len(filled.grid.cells) > 1:
            grids.append(filled.grid)
            brimming[filled.grid.location] = filled.brimming
            runs = filled.outside
            notices.extend(filled.notices)
    return PageLayout(number, *size, reading_order(grids, runs, number), brimming, notices)


def _others(runs: Sequence[Run], some: Sequence[Run]) -> list[Run]:
    known = {id(run) for run in some}
    return [run for run in runs if id(run) not in known]


def _aligned_tables(runs: Sequence[Run], rules: Rules, lattices: Sequence[Lattice], *, going_on: bool) -> list[Unruled]:
    """Tables of amounts, then those of words among what is left."""
    tables = unruled_tables(runs, rules, lattices, going_on=going_on)
    taken = frozenset[int]().union(*(table.taken for table in tables))
    return tables + worded_tables([run for run in runs if id(run) not in taken] if taken else runs)


def _free(runs: Sequence[Run], lattices: Sequence[Lattice]) -> list[Run]:
    """The runs in no ruled grid of several columns."""
    areas = [(found.xs[0], found.ys[0], found.xs[-1], found.ys[-1]) for found in lattices if found.n_cols > 1]
    if not areas:
        return list(runs)
    return [
        run
        for run in runs
        if not any(x0 < (run.x0 + run.x1) / 2 < x1 and top < run.middle < bottom for x0, top, x1, bottom in areas)
    ]


def _lies_in(inner: Lattice, outer: Lattice) -> bool:
    """Whether a frame of one column is the outline of a table, or of rows in it, that was read without it."""
    top, bottom = max(inner.ys[0], outer.ys[0]), min(inner.ys[-1], outer.ys[-1])
    return inner.n_cols == 1 and bottom - top > 0.5 * (inner.ys[-1] - inner.ys[0])


def _aligned(grid: Grid) -> Notice:
    page = grid.location.page
    text = f"a table on page {page} has no rules between its cells: they were read from the alignment of its words"
    return Notice("grid_from_alignment", text, f"第{page}页表格无表格线，行列按文字对齐推断", grid.location)


def _groups(rules: Rules, number: int, notices: list[Notice]) -> list[EdgeGroup]:
    """The skeletons of tables, small ones first: a table inside the frame of a page, or of a cell, is a grid itself."""
    try:
        groups = edge_groups(rules)
    except TooManyRules:
        text = f"page {number} draws so many rules that no table was looked for"
        notices.append(Notice("drawing_too_large", text, f"第{number}页线条过多，未查找表格", Location(number)))
        return []
    return sorted(groups, key=_size) if len(groups) > 1 else groups


def _size(group: EdgeGroup) -> float:
    x0, top, x1, bottom = group.area
    return (x1 - x0) * (bottom - top)
