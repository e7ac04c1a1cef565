"""Observations as CSV (RFC 4180, UTF-8): one row per value, ready for R, Stata, pandas or a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from schemas.result import Result
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


def _cell(value: str | int | None) -> str | int | None:
    return guard(value) if isinstance(value, str) else value
