"""A dataset as CSV (RFC 4180, UTF-8) with ``datapackage.json``: a Fiscal Data Package."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from service.bulk.dataset.papers.package import data_package
from service.bulk.dataset.read import read_rows
from service.compose import version
from service.export.columns import Cell, Column, TableShape, Type
from service.export.tidy import guard


def to_csv(dataset: Path, shapes: Sequence[TableShape], out: Path) -> list[str]:
    """One file for each table, and their description. A text that a spreadsheet would run is led by an apostrophe."""
    out.mkdir(parents=True, exist_ok=True)
    for shape in shapes:
        write_csv(shape, read_rows(dataset, shape), out / f"{shape.name}.csv")
    package = data_package({shape.name: [f"{shape.name}.csv"] for shape in shapes}, "csv", version())
    (out / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [f"{out}: {len(shapes)} tables and datapackage.json"]


def write_csv(shape: TableShape, rows: Iterable[Sequence[Cell]], path: Path) -> None:
    """One table, its header first; exact decimals, nothing for null."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(shape.names)
        for row in rows:
            writer.writerow([_plain(column, cell) for column, cell in zip(shape.columns, row, strict=True)])


def _plain(column: Column, cell: Cell) -> str | int | None:
    if isinstance(cell, str):
        return guard(cell)
    if cell is None or isinstance(cell, int):
        return cell
    digits = format(cell, "f")
    return digits.rstrip("0").rstrip(".") if column.type is Type.NUMBER else digits
