"""The runs and rules of one page -> its grids and text lines, in reading order. PDF text and OCR meet here."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.layout.cells import lattice
from extractors.layout.fill import fill
from extractors.layout.ink import Rules, Run
from extractors.layout.rulings import edge_groups
from extractors.layout.words import text_lines
from extractors.model import Block, Box, Grid, Notice


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
    """The grids and lines of one page. A grid without any text in it is a drawing and is left out."""
    grids: list[tuple[Grid, frozenset[int]]] = []
    notices: list[Notice] = []
    for group in edge_groups(rules):
        found = lattice(group)
        if found is None:
            continue
        filled = fill(found, runs, number)
        if len(filled.outside) < len(runs):
            grids.append((filled.grid, filled.brimming))
            runs = filled.outside
            notices.extend(filled.notices)
    grids.sort(key=lambda found: _place(found[0]))
    blocks: list[Block] = [*(grid for grid, _ in grids), *text_lines(runs, number)]
    brimming = grids[-1][1] if grids else frozenset[int]()
    return PageLayout(number, *size, sorted(blocks, key=_place), brimming, notices)


def _place(block: Block) -> tuple[float, float]:
    box = block.location.box or Box(0, 0, 0, 0)
    return box.top, box.x0
