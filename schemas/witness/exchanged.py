"""Rows and columns whose amounts have changed places between two tables that otherwise print the same.

Tables of one document print many amounts twice: income and expenditure by code, all expenditure and the part from the
general budget. Where two rows of the one print the amounts of each other in the other table, one of the two was printed
or read a row off, and no sum need notice. The table whose amounts a third one prints as well is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from schemas.checks.indexed import IndexedTable
from schemas.findings import finding
from schemas.witness.doubt import Doubt
from schemas.witness.named import Item, NamedColumn, NamedTable, named_tables

Pair = tuple[frozenset[Item], ...]
ALIKE = 2  # rows that two columns must print alike, or exchanged, before they are held against each other


@dataclass(frozen=True, slots=True)
class _Swap:
    """Two tables, the two rows or columns that changed places, and what each table states for them."""

    tables: tuple[NamedTable, NamedTable]
    names: tuple[str, str]
    items: tuple[frozenset[Item], frozenset[Item]]
    fields: tuple[str, str] | None = None


def exchanged(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each table and each two of its rows, or columns, that changed places."""
    tables = named_tables(indexed_tables)
    told: set[tuple[str, str, str]] = set()
    for one, other in combinations(tables, 2):
        if not one.table.is_comparable(other.table):
            continue
        for swap in (*_rows(one, other), *_columns(one, other)):
            for place in _accused(swap, tables):
                key = (swap.tables[place].table.id, *swap.names)
                if key not in told:
                    told.add(key)
                    yield _doubt(swap, place)


def _rows(one: NamedTable, other: NamedTable) -> Iterator[_Swap]:
    for left in one.columns:
        for right in other.columns:
            alike = left.items & right.items
            if len(alike) >= ALIKE and left.items != right.items:
                yield from _of_columns((one, other), left, right, len(alike))


def _of_columns(
    tables: tuple[NamedTable, NamedTable], left: NamedColumn, right: NamedColumn, alike: int
) -> Iterator[_Swap]:
    """The pairs of rows that changed places, where most of what both columns name is alike."""
    both = left.amounts.keys() & right.amounts.keys()
    apart = sorted(name for name in both if left.amounts[name] != right.amounts[name])
    if len(apart) > max(alike, ALIKE):
        return
    for first, second in combinations(apart, 2):
        mine = (left.amounts[first], left.amounts[second])
        if mine == (right.amounts[second], right.amounts[first]):
            items = frozenset({(first, mine[0]), (second, mine[1])})
            theirs = frozenset({(first, mine[1]), (second, mine[0])})
            yield _Swap(tables, (first, second), (_printed(items), _printed(theirs)))


def _columns(one: NamedTable, other: NamedTable) -> Iterator[_Swap]:
    """Two columns, each of which prints what the other table prints under the other field, in tables with a third
    column that both print alike."""
    yield from _moved_column(one, other)
    yield from _moved_column(other, one)
    mine, theirs = _by_field(one), _by_field(other)
    both = sorted(mine.keys() & theirs.keys())
    alike = {field for field in both if len(mine[field] & theirs[field]) >= ALIKE}
    if not alike:
        return
    for first, second in combinations([field for field in both if field not in alike], 2):
        here, there = (mine[first], mine[second]), (theirs[first], theirs[second])
        moved = (here[0] & there[1]) | (here[1] & there[0])
        if len(moved) >= ALIKE and _is_within(here, there[::-1]):
            items = (here[0] | here[1], there[0] | there[1])
            yield _Swap((one, other), (first, second), items, (first, second))


def _moved_column(one: NamedTable, other: NamedTable) -> Iterator[_Swap]:
    """A column of the other table whose amounts this one prints under a field that the other lacks, and none of them
    under its own: 项目支出 beside 上缴上级支出 in a table of all money, alone in one of the general budget.

    Both must be parts of one sum, which cannot tell them apart: 合计 of basic expenditure may well be 基本支出 here.
    """
    mine, theirs = _by_field(one), _by_field(other)
    both = mine.keys() & theirs.keys()
    if not any(len(mine[field] & theirs[field]) >= ALIKE for field in both):
        return
    for first, second in _parts_together(one, both, mine.keys() - theirs.keys()):
        wanted = theirs[first]
        if len(wanted) >= ALIKE and wanted <= mine[second] and wanted.isdisjoint(mine[first]):
            yield _Swap((one, other), (first, second), (mine[first] | mine[second], wanted), (first, second))


def _parts_together(table: NamedTable, firsts: Set[str], seconds: Set[str]) -> list[tuple[str, str]]:
    """The fields that a sum of the kind adds to each other, one of each set."""
    sums = [rule.terms for rule in table.table.kind.checks if rule.axis == "column"]
    pairs = ((first, second) for terms in sums for first in terms for second in terms)
    return sorted({pair for pair in pairs if pair[0] in firsts and pair[1] in seconds})


def _is_within(one: Pair, other: Pair) -> bool:
    """Whether all that one of the two prints stands in the other, column by column."""
    return (one[0] <= other[0] and one[1] <= other[1]) or (other[0] <= one[0] and other[1] <= one[1])


def _by_field(table: NamedTable) -> Mapping[str, frozenset[Item]]:
    """What is not zero in every column of money, those that print nothing but zeros too."""
    found = {column.field: column.items for column in table.columns}
    return {field: found.get(field, frozenset()) for field in table.fields}


def _printed(items: frozenset[Item]) -> frozenset[Item]:
    return frozenset(item for item in items if item[1])


def _accused(swap: _Swap, tables: Sequence[NamedTable]) -> tuple[int, ...]:
    """Which of the two: the one that no third table bears out; both where none or each is borne out."""
    thirds = [table for table in tables if table not in swap.tables]
    borne_out = [any(_bears_out(table, swap, place) for table in thirds) for place in (0, 1)]
    return (0, 1) if borne_out[0] == borne_out[1] else (0 if borne_out[1] else 1,)


def _bears_out(table: NamedTable, swap: _Swap, place: int) -> bool:
    if swap.fields is None:
        return all(table.states(item) for item in swap.items[place])
    mine, theirs = _by_field(swap.tables[place]), _by_field(table)
    return any(
        theirs.get(field, frozenset()) & mine.get(field, frozenset()) & swap.items[place] for field in swap.fields
    )


def _doubt(swap: _Swap, place: int) -> Doubt:
    accused, witness = swap.tables[place], swap.tables[1 - place]
    first, second = (_cells(accused, name, of_column=swap.fields is not None) for name in swap.names)
    said = finding(
        "amounts_exchanged",
        table=accused.table.id,
        page=accused.table.grid.location.page,
        cells=[*first, *second],
        first=swap.names[0],
        second=swap.names[1],
        title=accused.table.name,
        other=witness.table.name,
    )
    return Doubt(frozenset((*first, *second)), said)


def _cells(table: NamedTable, name: str, *, of_column: bool) -> list[str]:
    values = table.table.values
    if of_column:
        return [value.cell for value in values if value.column.id == name and value.number is not None]
    row = table.rows[name].row
    return [value.cell for value in values if value.row.index == row.index and value.row.panel == row.panel]
