"""Amounts by the name of their row, as two tables of one document can be held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.indexed import Entry, IndexedTable, value_type
from schemas.kind import ValueType
from schemas.records import BodyRole, TableReading, Value, ValueStatus

Item = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """One column of money: what each named row states (blanks are zero), and the pairs that are not zero."""

    field: str
    amounts: Mapping[str, Decimal]
    items: frozenset[Item]


@dataclass(frozen=True, slots=True)
class NamedTable:
    """One table: its columns with amounts, all its fields of money, and its rows by name. Rows whose name stands twice
    are left out."""

    table: TableReading
    fields: tuple[str, ...]
    columns: tuple[NamedColumn, ...]
    rows: Mapping[str, Entry]

    def states(self, item: Item) -> bool:
        """Whether some column states this amount for this row."""
        return any(item in column.items for column in self.columns)


def named_tables(indexed_tables: Sequence[IndexedTable]) -> list[NamedTable]:
    """The tables of which at least two rows have a code."""
    found = (_named(indexed) for indexed in indexed_tables)
    return [table for table in found if len(table.rows) > 1]


def row_name(entry: Entry) -> str | None:
    """The code of a row, or of the line that it is; ``@total`` for the total."""
    row = entry.row
    if row.role is BodyRole.TOTAL:
        return "@total"
    if row.code is not None:
        return row.code if row.code_list not in ("unit", "project") else None
    tail = row.item.id.rpartition(".")[2] if row.item is not None else ""
    return tail if tail.isdigit() else None


def _named(indexed: IndexedTable) -> NamedTable:
    rows = {name: entry for name, (entry, *more) in _by_name(indexed).items() if not more}
    fields = dict.fromkeys(field for entry in rows.values() for field in entry.values)
    columns = [column for field in fields if (column := _column(field, rows)).amounts]
    printed = tuple(column for column in columns if column.items)
    return NamedTable(indexed.table, tuple(column.field for column in columns), printed, rows)


def _by_name(indexed: IndexedTable) -> Mapping[str, list[Entry]]:
    """The rows of each name. Of several with one code, those with further keys go by all of them."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in indexed.entries:
        name = None if entry.repeat else row_name(entry)
        if name is not None:
            found[name].append(entry)
    for name, entries in list(found.items()):
        if len(entries) > 1 and all(entry.row.others for entry in entries):
            for entry in found.pop(name):
                found[f"{name} {entry.row.others}"].append(entry)
    return found


def _column(field: str, rows: Mapping[str, Entry]) -> NamedColumn:
    amounts = dict(_amounts(field, rows))
    return NamedColumn(field, amounts, frozenset((name, amount) for name, amount in amounts.items() if amount))


def _amounts(field: str, rows: Mapping[str, Entry]) -> Iterator[Item]:
    for name, entry in rows.items():
        value = entry.values.get(field)
        amount = None if value is None else _amount(value)
        if amount is not None:
            yield name, amount


def _amount(value: Value) -> Decimal | None:
    if value_type(value) is not ValueType.MONEY:
        return None
    if value.status is ValueStatus.BLANK:
        return Decimal(0)
    return value.value if isinstance(value.value, Decimal) else None
