"""A table indexed once for all its checks: entries by row, item and code; decimals; cells with a unit of their own.

An entry is one logical row (one panel of one grid row) with its numeric values by field id. Rows that are printed
again on a continuation page stay entries, but ``repeat`` keeps them out of every sum over rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.formula import formula
from schemas.checks.rounding import half_unit, most_decimals
from schemas.kind import CheckRule, Shape, ValueType
from schemas.records import BodyRole, Row, TableReading, TableStatus, Value, ValueStatus

CHECKED = frozenset({TableStatus.OK, TableStatus.HEADER_LOST})

NUMERIC = frozenset(
    {ValueType.MONEY, ValueType.PERCENT, ValueType.COUNT, ValueType.NUMBER, ValueType.SCORE, ValueType.INT}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One logical row. ``twice`` names the fields that the row prints in two places with different numbers."""

    row: Row
    values: dict[str, Value]
    repeat: bool
    twice: set[str]


@dataclass(frozen=True, slots=True)
class IndexedTable:
    """One table, ready to be checked.

    ``order`` is the place of the table in its document; ``prefix`` goes before the ids of its checks when the
    document has several tables of the kind. ``known_columns`` are the grid columns that a field took. ``half`` is
    half a unit of the last printed decimal. ``restated`` holds the numbers of cells that state their own unit,
    brought to the table's unit. ``blank_is_zero`` says that the table prints amounts and blanks and not one zero.
    ``notes`` are the formulas to show, by rule id, as far as a check asked for them.
    """

    table: TableReading
    order: int
    prefix: str
    entries: tuple[Entry, ...]
    fields: frozenset[str]
    known_columns: frozenset[int]
    half: Decimal
    restated: Mapping[str, Decimal]
    blank_is_zero: bool
    notes: dict[str, str]
    shared_rows: frozenset[int]
    by_item: Mapping[str, list[Entry]]
    by_code: Mapping[str, list[Entry]]
    totals: tuple[Entry, ...]

    def number(self, value: Value) -> Decimal | None:
        """The number in the unit of the table, as printed unless the cell states a unit of its own."""
        return self.restated.get(value.cell, value.number) if self.restated else value.number

    def note(self, rule: CheckRule) -> str:
        """What the rule says, in the words of the table's kind."""
        found = self.notes.get(rule.id)
        if found is None:
            found = self.notes[rule.id] = formula(self.table.kind, rule)
        return found

    def money(self) -> Iterator[Value]:
        """Its values that are amounts of money, in printed order."""
        for entry in self.entries:
            yield from (value for value in entry.values.values() if value_type(value) is ValueType.MONEY)

    def row_key(self, value: Value) -> str:
        """What names the row of a value in a check id: its grid row, and its column where rows share one."""
        index = value.grid_row
        return f"{index}.c{value.grid_col}" if index in self.shared_rows else str(index)


def value_type(value: Value) -> ValueType:
    """What the value counts: its line may differ from its column (vehicles in a column of money)."""
    item = value.row.item
    return item.type if item is not None and item.type is not None else value.column.type


def index_tables(tables: Sequence[TableReading]) -> tuple[IndexedTable, ...]:
    """Each table that prints amounts to check, in order."""
    tables = [table for table in tables if table.status in CHECKED]
    counts = Counter(table.kind.id for table in tables)
    return tuple(
        _open(table, order, f"{table.id}:" if counts[table.kind.id] > 1 else "") for order, table in enumerate(tables)
    )


def _open(table: TableReading, order: int, prefix: str) -> IndexedTable:
    values = [value for value in table.values if value.column.type in NUMERIC]
    entries = _entries(table, values)
    rows = Counter(entry.row.index for entry in entries)
    by_item, by_code, totals = _lookups(entries)
    return IndexedTable(
        table=table,
        order=order,
        prefix=prefix,
        entries=entries,
        fields=frozenset(value.column.id for value in values),
        known_columns=frozenset(value.grid_col for value in table.values),
        half=half_unit(_money_decimals(values), table.factor),
        restated=dict(_restated(values, table.factor)),
        blank_is_zero=not any(value.status is ValueStatus.PRINTED_ZERO for value in values),
        notes={},
        shared_rows=frozenset(index for index, count in rows.items() if count > 1),
        by_item=by_item,
        by_code=by_code,
        totals=totals,
    )


def _money_decimals(values: Sequence[Value]) -> int:
    return most_decimals(value.decimals for value in values if value.column.type is ValueType.MONEY)


def _restated(values: Sequence[Value], factor: int | None) -> Iterator[tuple[str, Decimal]]:
    """Cells such as 60万元 in a table in 元: the printed number is not in the unit of the table."""
    if factor is None:
        return
    for value in values:
        if value.number and isinstance(value.value, Decimal) and value.unit == "CNY":
            stated = value.number * factor
            if stated != value.value:
                yield value.cell, value.value / factor


def _entries(table: TableReading, values: Sequence[Value]) -> tuple[Entry, ...]:
    found: dict[tuple[int | str | None, ...], Entry] = {}
    entry: Entry | None = None
    for value in values:
        row = value.row
        if entry is None or entry.row is not row:
            key = (row.index, row.panel, row.side, row.code, row.raw_label)
            entry = found.get(key)
            if entry is None:
                entry = found[key] = Entry(row, {}, value.repeat, set())
        before = entry.values.setdefault(value.column.id, value)
        if before is not value and before.number != value.number:
            entry.twice.add(value.column.id)
    entries = tuple(found.values())
    return _one_record(entries) if table.kind.shape is Shape.SINGLE_ROW else entries


def _one_record(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The list form of a one-row table (one item per row) as the one record that it is."""
    if len(entries) < 2 or len({(entry.row.unit_code, entry.row.unit_name) for entry in entries}) > 1:
        return entries
    merged: dict[str, Value] = {}
    for entry in entries:
        if entry.repeat or not merged.keys().isdisjoint(entry.values):
            return entries
        merged.update(entry.values)
    return (Entry(entries[0].row, merged, False, set().union(*(entry.twice for entry in entries))),)


def _lookups(
    entries: tuple[Entry, ...],
) -> tuple[dict[str, list[Entry]], dict[str, list[Entry]], tuple[Entry, ...]]:
    by_item: dict[str, list[Entry]] = defaultdict(list)
    by_code: dict[str, list[Entry]] = defaultdict(list)
    totals: list[Entry] = []
    for entry in entries:
        row = entry.row
        if entry.repeat:
            continue
        if row.item is not None:
            by_item[row.item.id].append(entry)
        if row.role is BodyRole.TOTAL:
            totals.append(entry)
        elif row.code is not None and row.code_list != "unit":
            by_code[row.code].append(entry)
    return dict(by_item), dict(by_code), tuple(totals)
