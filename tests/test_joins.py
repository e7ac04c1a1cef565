"""Joins over page breaks can be undone: every part is the grid that its page alone gives, and no row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.formats.pdf import extract
from extractors.model import Grid
from extractors.options import Options
from scripts.goldens.cases import FIXTURES, names, run
from tests.parted import parted, printed, rows_of_part

CASES = [case for case in names() if case.startswith("pdf/")]


def alone(data: bytes, page: int) -> list[Grid]:
    return list(extract(data, Options(pages=frozenset({page}))).grids)


def broken_joins(data: bytes, grids: tuple[Grid, ...]) -> list[str]:
    """What does not hold, in words; empty when every join can be undone."""
    wrong = []
    pages = {part.location.page or 0 for grid in grids for part in grid.parts}
    by_page = {page: alone(data, page) for page in pages}
    for grid in grids:
        for part, cells in zip(grid.parts, parted(grid), strict=True):
            before = [one for one in by_page[part.location.page or 0] if one.location == part.location]
            if len(before) != 1 or before[0].n_rows != rows_of_part(part):
                wrong.append(f"page {part.location.page}: {[one.n_rows for one in before]} rows, {rows_of_part(part)}")
            elif printed(cells) != printed(sorted(before[0].cells, key=lambda cell: (cell.row, cell.col))):
                wrong.append(f"page {part.location.page}: other cells")
    return wrong


@pytest.mark.parametrize("case", CASES)
def test_every_part_of_a_joined_grid_is_the_grid_of_its_page(case: str) -> None:
    data = Path(FIXTURES / case / "source.pdf").read_bytes()

    assert broken_joins(data, run(case).document.grids) == []


def test_the_fixtures_hold_joins_of_every_sort() -> None:
    parts = [part for case in CASES for grid in run(case).document.grids for part in grid.parts[1:]]

    assert sum(part.header_rows > 0 for part in parts) > 1
    assert sum(not part.header_rows for part in parts) > 1
    assert any(part.rest for part in parts)
