"""The cells of the tables, looked up by the references of the vocabulary: what they print, in yuan, and how exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.refs import Ref
from schemas.checks.rounding import ZERO, half_unit, most_decimals
from schemas.kind import ValueType
from schemas.narrative.vocabulary import Term
from schemas.records import BodyRole, Row, TableReading, TableStatus, Value, ValueStatus

_READ = frozenset({TableStatus.OK, TableStatus.HEADER_LOST})
_Key = tuple[str, str]  # row as a reference writes it, column


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell that a reference names. ``amount`` in yuan, zero where the cell is blank; ``half``: half a unit of the
    last decimal of its table. ``alone``: no other cell of the document answers to the same reference.
    """

    value: Value
    table: TableReading
    amount: Decimal
    half: Decimal
    alone: bool

    @property
    def is_blank(self) -> bool:
        """Whether the cell prints nothing."""
        return self.value.number is None


class Cells:
    """The tables of one document and one fiscal year. A kind is indexed when it is asked for."""

    def __init__(self, tables: Sequence[TableReading], fiscal_year: int | None) -> None:
        self._tables: dict[str, list[TableReading]] = defaultdict(list)
        for table in tables:
            same_year = fiscal_year is None or table.fiscal_year in (None, fiscal_year)
            if table.status in _READ and same_year:
                self._tables[table.kind.id].append(table)
        self._indexed: dict[str, dict[_Key, list[tuple[Value, TableReading]]]] = {}
        self._halves: dict[str, Decimal] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    def tables(self, kind: str) -> Sequence[TableReading]:
        """The tables of a kind."""
        return self._tables.get(kind, ())

    def of(self, term: Term, family: str, *, also: bool) -> Iterator[Printed]:
        """What the cells that print a term say; ``also`` those that only prove it."""
        for ref in (*term.refs.get(family, ()), *(term.also if also else ())):
            yield from self.at(ref)

    def at(self, ref: Ref) -> Iterator[Printed]:
        """Every cell that a reference names, one for each table of its kind; for ``@row`` its total, if any."""
        index = self._index(ref.kind)
        rows = ("@total", "@row") if ref.row == "@row" else (ref.row,)
        yield from self._printed(next((cells for row in rows if (cells := index.get((row, ref.column)))), []))

    def every(self, ref: Ref) -> Iterator[Printed]:
        """Every cell that goes by this very row and column."""
        yield from self._printed(self._index(ref.kind).get((ref.row, ref.column), []))

    def _printed(self, found: Sequence[tuple[Value, TableReading]]) -> Iterator[Printed]:
        for value, table in found:
            if value.number is None or isinstance(value.value, Decimal):
                amount = value.value if isinstance(value.value, Decimal) else ZERO
                yield Printed(value, table, amount, self._half(table), len(found) == 1)

    def _index(self, kind: str) -> dict[_Key, list[tuple[Value, TableReading]]]:
        index = self._indexed.get(kind)
        if index is None:
            index = self._indexed[kind] = defaultdict(list)
            for table in self._tables.get(kind, ()):
                named: tuple[Row | None, tuple[str, ...]] = (None, ())
                for value in _readable(table.values):
                    if value.row is not named[0]:
                        named = (value.row, tuple(_names(value.row)))
                    for name in named[1]:
                        index[(name, value.column.id)].append((value, table))
        return index

    def _half(self, table: TableReading) -> Decimal:
        half = self._halves.get(table.id)
        if half is None:
            decimals = most_decimals(value.decimals for value in table.values if value.column.type is ValueType.MONEY)
            half = self._halves[table.id] = half_unit(decimals, table.factor) * (table.factor or 1)
        return half


def _readable(values: Iterable[Value]) -> Iterator[Value]:
    for value in values:
        if not value.repeat and value.status is not ValueStatus.UNREADABLE and value.column.type is ValueType.MONEY:
            yield value


def _names(row: Row) -> Iterator[str]:
    """How references name a row."""
    if row.item is not None:
        yield row.item.id
    if row.role is BodyRole.TOTAL:
        yield "@total"
    elif row.code is not None and row.code_list == "function":
        yield f"@code:{row.code}"
    else:
        yield "@row"
