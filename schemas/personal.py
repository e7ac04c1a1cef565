"""Names of persons and telephone numbers in tables: left out of the result unless they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.findings import finding
from schemas.kind import ValueType
from schemas.records import TableReading
from schemas.result import Finding
from schemas.shapes.context import MatchedColumn, cell_id
from schemas.tables import ReadTable

PERSONAL = frozenset({ValueType.PERSON, ValueType.PHONE})


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table without what is personal, the cells whose text must not be shown, and the finding that says so."""

    table: ReadTable
    cells: frozenset[str]
    findings: tuple[Finding, ...]


def withhold(table: ReadTable, *, personal_data: bool) -> Withheld:
    """The table without names and telephone numbers; as it is when they are asked for or it prints none."""
    every = (matched for panel in table.panels for matched in panel.columns)
    columns = [matched for matched in every if _is_personal(matched) and not personal_data]
    cells = frozenset(_cells(table, columns))
    if table.reading is None or not cells:
        return Withheld(table, cells, ())
    page = table.seen.grid.location.page
    said = finding("personal_data_withheld", table=table.seen.id, page=page)
    return Withheld(replace(table, reading=_without_persons(table.reading, columns)), cells, (said,))


def _is_personal(matched: MatchedColumn) -> bool:
    return matched.column is not None and matched.column.type in PERSONAL


def _cells(table: ReadTable, columns: list[MatchedColumn]) -> Iterator[str]:
    lattice = table.seen.frame.lattice
    for matched in columns:
        for body in table.seen.frame.body:
            for index in matched.logical.indices:
                cell = lattice.cover[body.index][index]
                if cell.text.strip():
                    yield cell_id(table.seen.id, cell)


def _without_persons(reading: TableReading, columns: list[MatchedColumn]) -> TableReading:
    """The reading without values of persons; a row that a person names has no name."""
    named = any(matched.is_key() for matched in columns)
    rows = {row: replace(row, label=None, raw_label=None) if named else row for row in reading.rows}
    values = [replace(value, row=rows[value.row]) for value in reading.values if value.column.type not in PERSONAL]
    return replace(reading, rows=tuple(rows.values()), values=tuple(values))
