"""Items that are basic or project expenditure by the definition of their code, under the other column.

The classification defines 行政运行 (…01) as the basic expenditure of administrative bodies, and 一般行政管理事务 (…02)
as the project expenditure that has no code of its own. One row that has it all under the other column was printed, or
read, a column off; where all such rows of a table do, the two columns changed places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from schemas.checks.indexed import Entry, IndexedTable, value_type
from schemas.codes import CodeList
from schemas.findings import finding
from schemas.kind import ValueType
from schemas.records import Value
from schemas.text import fold, strip_ordinal
from schemas.witness.doubt import Doubt

BASIC, PROJECT = "basic", "project"
_ITEM_DIGITS = 7
#: The name of an item, the end of its code, and what it is.
_BY_DEFINITION: Mapping[tuple[str, str], str] = MappingProxyType(
    {("行政运行", "01"): BASIC, ("一般行政管理事务", "02"): PROJECT}
)
_NAMES = MappingProxyType({BASIC: "基本支出 (basic expenditure)", PROJECT: "项目支出 (project expenditure)"})


@dataclass(frozen=True, slots=True)
class _Telling:
    """A row of which the code says what it is; the values of both sorts."""

    entry: Entry
    nature: str
    values: Mapping[str, Sequence[Value]]

    @property
    def is_contradicted(self) -> bool:
        """Whether all that the row prints is of the other sort."""
        own, other = self.values[self.nature], self.values[PROJECT if self.nature == BASIC else BASIC]
        return not any(value.number for value in own) and any(value.number for value in other)

    @property
    def says_something(self) -> bool:
        """Whether the row prints an amount of either sort."""
        return any(value.number for values in self.values.values() for value in values)


def contradicted_natures(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each such row: its amounts of both sorts, or both columns where no row of the table agrees."""
    for indexed in indexed_tables:
        rows = [row for entry in indexed.entries if (row := _telling(entry)) is not None and row.says_something]
        against = [row for row in rows if row.is_contradicted]
        of_columns = [value.cell for entry in indexed.entries for values in _sorted(entry).values() for value in values]
        for row in against:
            cells = [value.cell for values in row.values.values() for value in values]
            yield _doubt(indexed, row, of_columns if len(against) == len(rows) else cells)


def _telling(entry: Entry) -> _Telling | None:
    row = entry.row
    if entry.repeat or row.code is None or row.code_list != CodeList.FUNCTION.value or len(row.code) != _ITEM_DIGITS:
        return None
    nature = _BY_DEFINITION.get((strip_ordinal(fold(row.label or ""))[0], row.code[-2:]))
    values = _sorted(entry)
    return _Telling(entry, nature, values) if nature is not None and values[BASIC] and values[PROJECT] else None


def _sorted(entry: Entry) -> Mapping[str, Sequence[Value]]:
    """The amounts of a row that are basic expenditure or a part of it, and those that are project expenditure."""
    found: dict[str, list[Value]] = {BASIC: [], PROJECT: []}
    for value in entry.values.values():
        said = value.column.dimensions.get("expenditure_type", "").partition("_")[0]
        if said in found and value_type(value) is ValueType.MONEY:
            found[said].append(value)
    return found


def _doubt(indexed: IndexedTable, row: _Telling, cells: Sequence[str]) -> Doubt:
    printed = next(value for values in row.values.values() for value in values if value.number)
    said = finding(
        "nature_contradicted",
        table=indexed.table.id,
        page=printed.location.page,
        cells=[value.cell for values in row.values.values() for value in values if value.number],
        label=f"{row.entry.row.code} {row.entry.row.label}",
        nature=_NAMES[row.nature],
        header=printed.header,
    )
    return Doubt(frozenset(cells), said)
