"""A dataset as one Excel workbook, a sheet for each table, written row by row.

A sheet ends at 1,048,576 rows: a longer table goes on in further sheets, and that is said. Excel keeps 15 digits of a
number; the column ``value`` has all of them as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from service.bulk.dataset.read import read_rows
from service.export.columns import Cell, TableShape
from service.export.workbook import sheet_text

SHEET_ROWS = 1_048_576  # of Excel, header included


def to_xlsx(dataset: Path, shapes: Sequence[TableShape], out: Path) -> list[str]:
    """The workbook; a line for each table that needs several sheets."""
    book = Workbook(write_only=True)
    said = [line for shape in shapes for line in _table(book, shape, read_rows(dataset, shape))]
    out.parent.mkdir(parents=True, exist_ok=True)
    book.save(out)
    return [*said, f"{out}: {len(book.sheetnames)} sheets"]


def _table(book: Workbook, shape: TableShape, rows: Iterator[tuple[Cell, ...]]) -> Iterator[str]:
    sheets = 0
    first = next(rows, None)
    while first is not None or not sheets:
        sheets += 1
        sheet = book.create_sheet(shape.name if sheets == 1 else f"{shape.name} {sheets}")
        sheet.freeze_panes = "A2"
        sheet.append(shape.names)
        body = chain([] if first is None else [first], islice(rows, SHEET_ROWS - 2))
        _fill(sheet, body)
        first = next(rows, None)
    if sheets > 1:
        yield f"{shape.name}: {sheets} sheets, because a sheet ends at {SHEET_ROWS:,} rows"


def _fill(sheet: Any, rows: Iterable[tuple[Cell, ...]]) -> None:
    for row in rows:
        sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in row])


def _cell(sheet: Any, text: str) -> Any:
    """The text; as a cell of its own where Excel would take it for a formula."""
    clean = sheet_text(text)
    if not clean.startswith("="):
        return clean
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    return cell
