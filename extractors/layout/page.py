"""The runs and rules of one page -> its grids and text lines, in reading order. PDF text and OCR meet here."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.layout.cells import lattice
from extractors.layout.fill import fill
from extractors.layout.ink import Rules, Run
from extractors.layout.rulings import EdgeGroup, TooManyRules, edge_groups
from extractors.layout.words import text_lines
from extractors.model import Block, Box, Grid, Location, Notice


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The blocks of one page, top to bottom, on a page of ``width`` by ``height`` points.

    ``brimming`` tells, for the last grid of the page, in which columns of its last row the text runs to the right side.
    """

    number: int
    width: float
    height: float
    blocks: list[Block]
    brimming: frozenset[int] = field(default_factory=frozenset)
    notices: list[Notice] = field(default_factory=list)


def lay_out(number: int, size: tuple[float, float], runs: list[Run], rules: Rules) -> PageLayout:
    """The grids and lines of one page. A grid without any text is a drawing and is left out, and so is a frame."""
    grids: list[tuple[Grid, frozenset[int]]] = []
    notices: list[Notice] = []
    for group in _groups(rules, number, notices):
        found = lattice(group)
        if found is None:
            continue
        filled = fill(found, runs, number)
        if len(filled.outside) < len(runs) and len(filled.grid.cells) > 1:
            grids.append((filled.grid, filled.brimming))
            runs = filled.outside
            notices.extend(filled.notices)
    grids.sort(key=lambda found: _place(found[0]))
    blocks: list[Block] = [*(grid for grid, _ in grids), *text_lines(runs, number)]
    brimming = grids[-1][1] if grids else frozenset[int]()
    return PageLayout(number, *size, sorted(blocks, key=_place), brimming, notices)


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


def _place(block: Block) -> tuple[float, float]:
    box = block.location.box or Box(0, 0, 0, 0)
    return box.top, box.x0
