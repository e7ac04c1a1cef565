"""Documents drawn in tests: lines and grids in reading order, with the pages they stand on.

``document(7, "收支总表", "单位：万元", "| 项目 | 预算数 |", "注：…")``: a number turns to that page, a text that begins
with a bar is a grid, every other text a line. A grid that runs over pages is made by ``over_pages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.model import (
    Block,
    Box,
    Cell,
    Document,
    Grid,
    Join,
    JoinMethod,
    Location,
    Page,
    Part,
    TextLine,
    TextVerdict,
)
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Observation, Reading, Table
from tests.gridtext import parse

Piece = str | int | Grid
ROW, COL = 20.0, 50.0  # points: every cell of a drawn grid is as large


def table(text: str, page: int | None = None) -> Grid:
    """The grid that ``text`` draws; on a page, its cells have boxes of ``COL`` by ``ROW`` points."""
    grid = parse("\n".join(line.strip() for line in text.strip().splitlines()))
    cells = tuple(replace(cell, location=_place(cell, page)) for cell in grid.cells)
    where = Location(page, Box(0.0, 0.0, grid.n_cols * COL, grid.n_rows * ROW)) if page else Location()
    return replace(grid, cells=cells, parts=(Part(where, 0, grid.n_rows - 1),))


def over_pages(text: str, first_page: int, breaks: Sequence[int], header_rows: int = 0) -> Grid:
    """The grid cut before the rows ``breaks``; each later part begins with ``header_rows`` rows printed again."""
    grid = table(text, first_page)
    starts = [0, *breaks, grid.n_rows]
    parts = tuple(
        Part(Location(first_page + at), start, end - 1, header_rows if at else 0)
        for at, (start, end) in enumerate(pairwise(starts))
    )
    pages = {row: part.location.page for part in parts for row in range(part.first_row, part.last_row + 1)}
    cells = tuple(replace(cell, location=_place(cell, pages[cell.row])) for cell in grid.cells)
    method = JoinMethod.HEADER_REPEATED if header_rows else JoinMethod.SAME_COLUMNS
    return replace(grid, cells=cells, parts=parts, join=Join(method, 0.98))


def _place(cell: Cell, page: int | None) -> Location:
    if page is None:
        return Location(path=(("row", cell.row), ("col", cell.col)))
    right, bottom = (cell.col + cell.col_span) * COL, (cell.row + cell.row_span) * ROW
    return Location(page, Box(cell.col * COL, cell.row * ROW, right, bottom))


def document(*pieces: Piece) -> Document:
    """The pieces in reading order; each grid with the lines above and below it, as the extractors give them."""
    page: int | None = None
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, int):
            page = piece
        elif isinstance(piece, Grid):
            blocks.append(piece)
            page = piece.parts[-1].location.page
        elif piece.strip().startswith("|"):
            blocks.append(table(piece, page))
        else:
            blocks.append(TextLine(piece, Location(page)))
    pages = {block.location.page for block in blocks} - {None}
    sheets = tuple(Page(number, 595.0, 842.0, 0, TextVerdict.DIGITAL) for number in sorted(filter(None, pages)))
    return Document("pdf" if sheets else "docx", "", sheets, tuple(_with_lines(blocks)))


def _with_lines(blocks: Sequence[Block]) -> Iterable[Block]:
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            above, below = _until_grid(reversed(blocks[:at])), _until_grid(blocks[at + 1 :])
            yield replace(block, above=tuple(reversed(above)), below=tuple(below))
        else:
            yield block


def _until_grid(blocks: Iterable[Block]) -> list[TextLine]:
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, Grid):
            break
        lines.append(block)
    return lines


def read_drawn(*pieces: Piece) -> Reading:
    """What is said about the pieces as one document."""
    return read(document(*pieces), load_catalogue())


def only_table(reading: Reading) -> Table:
    """The one table of a reading."""
    (found,) = reading.tables
    return found


def at(reading: Reading, cell: str) -> Observation:
    """The observation of a cell."""
    (found,) = (one for one in reading.observations if one.cell == cell)
    return found


def values(reading: Reading) -> dict[str, str | None]:
    """The value of each observed cell by its id."""
    return {one.cell or "": one.value for one in reading.observations}


def codes(reading: Reading) -> list[str]:
    """The codes of the findings, those of the profile left out."""
    profile = ("agency_", "region_", "title_unknown", "document_kind", "fiscal_year")
    return [found.code for found in reading.findings if not found.code.startswith(profile)]
