"""What remarks on checks are written from: the values, tables and rules of one document, and their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.indexed import value_type
from schemas.checks.suspects import rules_of, values_by_cell
from schemas.checks.weigh import row_name
from schemas.kind import CheckRule, ValueType
from schemas.records import TableReading, Value
from schemas.result import Check

UNITS = {1: "元", 1000: "千元", 10_000: "万元", 100_000_000: "亿元"}


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Values by cell, tables by cell, rules by id."""

    values: Mapping[str, Value]
    tables: Mapping[str, TableReading]
    rules: Mapping[str, CheckRule]

    @classmethod
    def of(cls, tables: Sequence[TableReading]) -> Desk:
        """The desk of the tables of one document."""
        by_cell = {value.cell: table for table in tables for value in table.values}
        return cls(values_by_cell(tables), by_cell, rules_of(tables))


def name_of(desk: Desk, check: Check, value: Value) -> str:
    """What names a cell beside the others of its check: its column, its row, or both across tables."""
    if check.scope == "row":
        return value.header
    if check.scope != "document":
        return row_name(value)
    table = desk.tables[value.cell]
    unit = UNITS.get(table.factor or 0, "")
    return f"《{table.name}》{row_name(value)}/{value.header}({unit})"


def shown(desk: Desk, check: Check, number: Decimal | None) -> str:
    """A number of a check in the unit that its table prints; in yuan across tables."""
    if number is None:
        return "?"
    value = desk.values[check.cells[0]]
    factor = desk.tables[value.cell].factor
    if check.scope == "document" or not factor or value_type(value) is not ValueType.MONEY:
        return f"{number:f}"
    return f"{(number / factor).normalize():f}"
