"""The runs and rules of one page -> its grids and text lines, in reading order. PDF text and OCR meet here."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.layout.cells import lattice
from extractors.layout.fill import fill
from extractors.layout.ink import Rules, Run
from extractors.layout.rulings import edge_groups
from extractors.layout.words import text_lines
from extractors.model import Block, Box, Grid


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The blocks of one page, top to bottom."""

    number: int
    blocks: list[Block]


def lay_out(number: int, runs: list[Run], rules: Rules) -> PageLayout:
    """The grids and lines of one page. A grid without any text in it is a drawing and is left out."""
    grids: list[Grid] = []
    for group in edge_groups(rules):
        found = lattice(group)
        if found is None:
            continue
        filled = fill(found, runs, number)
        if len(filled.outside) < len(runs):
            grids.append(filled.grid)
            runs = filled.outside
    blocks: list[Block] = [*grids, *text_lines(runs, number)]
    return PageLayout(number, sorted(blocks, key=_place))


def _place(block: Block) -> tuple[float, float]:
    box = block.location.box or Box(0, 0, 0, 0)
    return box.top, box.x0
