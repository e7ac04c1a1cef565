"""Names of persons and telephone numbers in tables: left out of the result unless they are asked for.

A name that the publisher masked (刘某, 张**) names nobody and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.findings import finding
from schemas.kind import ValueType
from schemas.records import Row, TableReading
from schemas.result import Finding
from schemas.shapes.context import MatchedColumn, cell_id
from schemas.tables import ReadTable
from schemas.text import fold

PERSONAL = frozenset({ValueType.PERSON, ValueType.PHONE})
_MASKED = re.compile(r".{0,2}某{1,3}.{0,2}|.{0,3}(?:[*×○□]+|[xX]{2,}).{0,4}|\(?略\)?")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table without what is personal, the cells whose text must not be shown, and the finding that says so."""

    table: ReadTable
    cells: frozenset[str]
    findings: tuple[Finding, ...]


def withhold(table: ReadTable, *, personal_data: bool) -> Withheld:
    """The table without names and telephone numbers; as it is when they are asked for or it prints none."""
    found = [] if personal_data else list(_personal_cells(table))
    if table.reading is None or not found:
        return Withheld(table, frozenset(), ())
    cells = frozenset(cell for _, cell, _ in found)
    rows = frozenset(row for matched, _, row in found if matched.is_key())
    said = finding("personal_data_withheld", table=table.seen.id, page=table.seen.grid.location.page)
    return Withheld(replace(table, reading=_without(table.reading, cells, rows)), cells, (said,))


def is_masked(text: str) -> bool:
    """Whether a name or a number was made unreadable before it was published."""
    return _MASKED.fullmatch(fold(text)) is not None


def _personal_cells(table: ReadTable) -> Iterator[tuple[MatchedColumn, str, int]]:
    """Each cell that prints a name or a number of a person: its column, its id, its grid row."""
    lattice = table.seen.frame.lattice
    for matched in (matched for panel in table.panels for matched in panel.columns):
        if matched.column is None or matched.column.type not in PERSONAL:
            continue
        for body in table.seen.frame.body:
            for cell in (lattice.cover[body.index][index] for index in matched.logical.indices):
                if cell.text.strip() and not is_masked(cell.text):
                    yield matched, cell_id(table.seen.id, cell), body.index


def _without(reading: TableReading, cells: frozenset[str], named: frozenset[int]) -> TableReading:
    """The reading without the values of these cells; the rows that a person names lose their name."""

    def bare(row: Row) -> Row:
        return replace(row, label=None, raw_label=None) if row.index in named else row

    values = tuple(replace(value, row=bare(value.row)) for value in reading.values if value.cell not in cells)
    return replace(reading, rows=tuple(map(bare, reading.rows)), values=values)
