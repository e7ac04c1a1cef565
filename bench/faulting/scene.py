"""A document that was read rightly: what it states, and where each stated amount is printed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extractors.model import Cell, Document
from schemas.kind import Catalogue
from schemas.records import TableReading
from schemas.result import Check, Form, Observation, Reading

_whole: Any = importlib.import_module("schemas.read")  # its step to the checks is listened to
AGREES = ("pass", "rounding")


@dataclass(frozen=True, slots=True)
class Heard:
    """A reading, and its tables as the checks saw them."""

    reading: Reading
    tables: tuple[TableReading, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that a reading states: what it is said to be, the value, how far it is trusted, and its cell."""

    key: tuple[object, ...]
    value: str
    grade: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount of money: the grid and cell it stands in, and what was made of it.

    ``row`` tells the logical rows of a grid row apart; ``name`` is its code, else its label. ``factor``: yuan per
    printed unit.
    """

    grid: int
    cell: Cell
    cell_id: str
    row: tuple[object, ...]
    name: str
    code: str | None
    label: str | None
    field: str
    value: Decimal
    factor: int
    grade: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One document: printed, read, and the amounts in it."""

    document: Document
    heard: Heard
    amounts: tuple[Amount, ...]

    @property
    def checks(self) -> Sequence[Check]:
        """Every check of the reading without a fault."""
        return self.heard.reading.checks

    def of_grid(self, grid: int) -> list[Amount]:
        """The amounts printed in one grid."""
        return [amount for amount in self.amounts if amount.grid == grid]


def read_heard(document: Document, catalogue: Catalogue) -> Heard:
    """The reading of a document, and the tables that its checks were held against."""
    tables: list[TableReading] = []
    index_tables = _whole.index_tables

    def overheard(readings: Sequence[TableReading]) -> Any:
        tables.extend(readings)
        return index_tables(readings)

    _whole.index_tables = overheard
    try:
        reading: Reading = _whole.read(document, catalogue)
    finally:
        _whole.index_tables = index_tables
    return Heard(reading, tuple(tables))


def scene_of(document: Document, catalogue: Catalogue) -> Scene:
    """A document, read, with the amounts of its tables that stand in a cell of their own."""
    heard = read_heard(document, catalogue)
    factors = {table.id: table.factor for table in heard.tables}
    cells = {
        f"t{number + 1:02d}.r{cell.row}.c{cell.col}": (number, cell)
        for number, grid in enumerate(document.grids)
        for cell in grid.cells
    }
    found = (_amount(one, cells, factors) for one in heard.reading.observations if one.source == "table")
    return Scene(document, heard, tuple(amount for amount in found if amount is not None))


def _amount(one: Observation, cells: dict[str, tuple[int, Cell]], factors: dict[str, int | None]) -> Amount | None:
    factor = factors.get(one.table or "")
    if one.unit != "CNY" or one.value is None or not factor or one.cell not in cells or one.grade is None:
        return None
    number, cell = cells[one.cell]
    row = (number, one.row.side, one.row.code, one.row.raw_label, one.row.unit_name, cell.row)
    name = one.row.code or one.row.label or ""
    return Amount(
        number,
        cell,
        one.cell,
        row,
        name,
        one.row.code,
        one.row.raw_label,
        one.field,
        Decimal(one.value),
        factor,
        one.grade,
    )


def stated_by(reading: Reading) -> Iterator[Stated]:
    """Every value of the tables and the fund blocks of forms; blanks state nothing."""
    for one in reading.observations:
        if one.source == "table" and one.value is not None:
            yield Stated(_key(one), one.value, one.grade, one.cell)
    for form in reading.forms:
        yield from _funds(form)


def _key(one: Observation) -> tuple[object, ...]:
    row = one.row
    name = (row.code, row.label, row.side, row.item, row.unit_code, row.unit_name, tuple(sorted(row.others.items())))
    return (one.kind, one.field, one.fiscal_year, one.unit, *name)


def _funds(form: Form) -> Iterator[Stated]:
    for fund in form.funds:
        if fund.value is not None:
            yield Stated((form.kind, fund.row, fund.label, fund.field, fund.unit), fund.value, fund.grade, fund.cell)
