"""What a reference names in one table."""

from __future__ import annotations

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.refs import EACH_CLASS, EACH_CODE, EVERY_ROW, Ref
from schemas.records import BodyRole, Value

ITEM_DIGITS = 2  # that the code of an item adds to that of its class


def values_at(indexed: IndexedTable, ref: Ref) -> list[Value]:
    """Every value the reference names; several where rows are summed, or where the table names a row twice."""
    return [entry.values[ref.column] for entry in _entries(indexed, ref.row) if ref.column in entry.values]


def values_below(indexed: IndexedTable, ref: Ref) -> list[Value]:
    """For a code that the table does not list: the values of the uppermost codes that continue it.

    Some publishers list 项 only; the class is then what its items add up to.
    """
    code = ref.row.removeprefix("@code:")
    longer = {len(one) for one in indexed.by_code if one.startswith(code)}
    if not ref.row.startswith("@code:") or len(longer) != 1:
        return []
    entries = [entry for one, found in indexed.by_code.items() if one.startswith(code) for entry in found]
    return [entry.values[ref.column] for entry in entries if ref.column in entry.values]


def is_ambiguous(ref: Ref, values: list[Value]) -> bool:
    """Whether a reference to one cell names several that print different numbers."""
    return not ref.sums_rows and len({value.number for value in values}) > 1


def codes_at(indexed: IndexedTable, ref: Ref) -> set[str]:
    """The codes that a reference to each code stands for in this table."""
    if ref.row == EACH_CODE:
        return {code for code, entries in indexed.by_code.items() if any(ref.column in e.values for e in entries)}
    prefix = ref.row.removesuffix(EACH_CLASS)
    return {item.removeprefix(prefix) for item in indexed.by_item if is_class_line(item, prefix)}


def _entries(indexed: IndexedTable, row: str) -> list[Entry]:
    if row == "@total":
        return list(indexed.totals)
    if row.startswith("@code:"):
        return indexed.by_code.get(row.removeprefix("@code:"), [])
    if row in ("@row", EVERY_ROW):
        return [e for e in indexed.entries if not e.repeat and e.row.role is not BodyRole.TOTAL] or list(indexed.totals)
    return indexed.by_item.get(row, [])


def is_class_line(item: str, prefix: str) -> bool:
    """Whether a line item is a class of a side (``expenditure.208`` under ``expenditure.``)."""
    return item.startswith(prefix) and item[len(prefix) :].isdigit()


def is_item_column(column: str, above: str) -> bool:
    """Whether a column is of an item directly under the class of another one (``economic.30101`` under 301)."""
    rest = column.removeprefix(above)
    return rest != column and len(rest) == ITEM_DIGITS and rest.isdigit()
