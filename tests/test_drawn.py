"""The grids that are read are the tables that were drawn: every cell, its place, its spans and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import pytest

from extractors.model import Grid
from scripts.fixtures.cases import script_of
from scripts.fixtures.script import Table, load
from scripts.goldens.cases import names, run, truth_of

Cells = dict[tuple[int, int], str]

UNREAD = {"pdf/made-2023-final-accounts-no-unicode", "pdf/made-2023-final-accounts-scanned"}
DRAWN = [(case, script) for case in names() if (script := script_of(case)) is not None and case not in UNREAD]


def plain(text: str) -> str:
    return re.sub(r"\s|\\n|\\p|\\num", "", text)


def drawn_cells(table: Table) -> Cells:
    """Every position a table covers, with the text of its cell at the first of them."""
    return {
        (row, col): plain(cell.text) if (row, col) == (cell.row, cell.col) else "joined"
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def read_cells(grid: Grid) -> Cells:
    """The same of a grid, without the head rows that were printed again after a page break."""
    repeated = {row for part in grid.parts for row in range(part.first_row, part.first_row + part.header_rows)}
    kept = [row for row in range(grid.n_rows) if row not in repeated]
    return {
        (kept.index(row), col): plain(cell.text) if (row, col) == (cell.row, cell.col) else "joined"
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
        if row not in repeated
    }


def joined(tables: Sequence[Table]) -> Cells:
    """Tables that are one, cut by page breaks: the head counts once."""
    first, cells = tables[0], drawn_cells(tables[0])
    below = first.n_rows
    for table in tables[1:]:
        body = {place: text for place, text in drawn_cells(table).items() if place[0] >= table.head}
        cells |= {(row - table.head + below, col): text for (row, col), text in body.items()}
        below += table.n_rows - table.head
    return cells


@pytest.mark.parametrize(("case", "script"), DRAWN)
def test_the_cells_that_are_read_are_those_that_were_drawn(case: str, script: str) -> None:
    tables = [block for block in load(script) if isinstance(block, Table)]
    grids = run(case).document.grids
    wanted = [joined(tables)] if len(truth_of(case)["tables"]) < len(tables) else [drawn_cells(t) for t in tables]

    assert len(grids) == len(wanted)
    for cells, grid in zip(wanted, grids, strict=True):
        read = read_cells(grid)
        cut = {(part.first_row, col): ("joined", "") for part in grid.parts[1:] for col in range(grid.n_cols)}
        pairs = {place: (cells.get(place), read.get(place)) for place in chain(cells, read)}
        # a cell over several rows that a page break cuts goes on as an empty one
        assert {place: pair for place, pair in pairs.items() if len({*pair}) > 1 and pair != cut.get(place)} == {}
