"""CSV (RFC 4180, UTF-8): observations, one row per value, ready for R, Stata, pandas or a spreadsheet; tables as
printed."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable

from schemas.result import Result, Table
from service.export.tidy import TidyRow, guard, tidy_rows

BOM = "\ufeff"


def to_csv(results: Iterable[Result], *, header: bool = True, bom: bool = False) -> bytes:
    """One header and the observations of all results. ``bom`` makes Excel read it as UTF-8."""
    out = io.StringIO()
    out.write(BOM if bom else "")
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        writer.writerow(TidyRow._fields)
    for result in results:
        writer.writerows([_cell(value) for value in row] for row in tidy_rows(result))
    return out.getvalue().encode("utf-8", "surrogatepass")


def table_csv(table: Table) -> bytes:
    """One table as printed: a line for each row of the grid, a text in the first cell that it spans; UTF-8."""
    width = max((cell.col + cell.col_span for cell in table.cells), default=0)
    lines: dict[int, list[str]] = defaultdict(lambda: [""] * width)
    for cell in table.cells:
        lines[cell.row][cell.col] = guard(cell.text)
    out = io.StringIO()
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    csv.writer(out, lineterminator="\r\n").writerows(lines[row] for row in range(height))
    return out.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: str | int | None) -> str | int | None:
    return guard(value) if isinstance(value, str) else value
