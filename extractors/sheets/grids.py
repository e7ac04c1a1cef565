"""The tables of sheets as grids, each with the lines around it; what a workbook prints, sheet after sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.budget import CellBudget
from extractors.model import Block, Cell, Grid, GridMethod, Part, TextLine
from extractors.noticebook import NoticeBook
from extractors.sheets.cover import Cover
from extractors.sheets.notices import Noticed
from extractors.sheets.regions import Item, Region, items_of
from extractors.sheets.sheet import Area, Position, Sheet, cell_name

_NEARBY = 15  # lines kept above and below a grid
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*|\d*", re.I)  # what a program names a sheet of itself
_COLONS = ("：", ":")


def blocks_of(sheets: Iterable[Sheet], budget: CellBudget, book: NoticeBook) -> tuple[Block, ...]:
    """The lines and grids of sheets in their order. What lies under a merged cell is noticed in ``book``.

    Raises:
        TooLarge: they have more cells, or a table more columns, than are read.
    """
    return tuple(block for sheet in sheets for block in _sheet_blocks(sheet, budget, book))


def _sheet_blocks(sheet: Sheet, budget: CellBudget, book: NoticeBook) -> list[Block]:
    cover = Cover(sheet, budget)
    for place in cover.unseen:
        book.add(Noticed.CELLS_OVERLAP, sheet.where(*place), f"{sheet.name}!{cell_name(*place)}")
    items = list(items_of(cover))
    if _prints_no_title(items) and not _UNNAMED.fullmatch(sheet.name.strip()):
        items.insert(0, TextLine(sheet.name.strip(), sheet.place, style="sheet name"))
    blocks = [item if isinstance(item, TextLine) else _grid(item.area, cover, budget) for item in items]
    return [_surrounded(blocks, at) for at in range(len(blocks))]


def _prints_no_title(items: list[Item]) -> bool:
    """Whether no line above the first table could name it: then the tab of the sheet does."""
    first = next((at for at, item in enumerate(items) if isinstance(item, Region)), None)
    lines = [item.text for item in items[:first] if isinstance(item, TextLine)]
    return first is not None and all(any(mark in text for mark in _COLONS) for text in lines)


def _surrounded(blocks: list[Block], at: int) -> Block:
    block = blocks[at]
    if isinstance(block, TextLine):
        return block
    above = list(_lines(reversed(blocks[:at])))[:_NEARBY]
    below = list(_lines(blocks[at + 1 :]))[:_NEARBY]
    return replace(block, above=tuple(reversed(above)), below=tuple(below))


def _lines(blocks: Iterable[Block]) -> Iterator[TextLine]:
    for block in blocks:
        if not isinstance(block, TextLine):
            return
        yield block


def _grid(area: Area, cover: Cover, budget: CellBudget) -> Grid:
    """The table in an area. Rows and columns in which no cell begins are none: they only make a merged cell larger."""
    budget.check_columns(area.right - area.left + 1)
    budget.spend((area.bottom - area.top + 1) * (area.right - area.left + 1))
    spans = _spans(area, cover)
    rows = sorted({row for row, _ in spans})
    cols = sorted({col for _, col in spans})
    row_at = {row: at for at, row in enumerate(rows)}
    col_at = {col: at for at, col in enumerate(cols)}
    cells = []
    for (row, col), span in spans.items():
        entry = cover.sheet.entries.get(cover.owner(row, col))
        height = sum(1 for one in rows if span.top <= one <= span.bottom) if span.bottom > span.top else 1
        width = sum(1 for one in cols if span.left <= one <= span.right) if span.right > span.left else 1
        where = cover.sheet.where(row, col)
        cells.append(Cell(row_at[row], col_at[col], height, width, entry.text if entry else "", where))
    part = Part(cover.sheet.where(area.top, area.left), 0, len(rows) - 1)
    return Grid(len(rows), len(cols), tuple(cells), (part,), GridMethod.NATIVE)


def _spans(area: Area, cover: Cover) -> dict[Position, Area]:
    """The cells that begin in an area, in reading order, with what they cover of it."""
    spans: dict[Position, Area] = {}
    for row in range(area.top, area.bottom + 1):
        for col in range(area.left, area.right + 1):
            span = cover.area(cover.owner(row, col)).cut(area)
            if span is not None and (span.top, span.left) == (row, col):
                spans[row, col] = span
    return spans
