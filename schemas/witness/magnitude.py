"""Amounts that cannot be in the unit their table was read in, whatever other tables say.

No agency lives on less than 10,000 yuan a year, none spends a trillion, and nobody pays a part of a fen. Of a table of
one fund, or of projects, its size says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.checks.indexed import IndexedTable
from schemas.checks.rounding import ZERO
from schemas.findings import finding
from schemas.records import Value
from schemas.witness.doubt import Doubt

LEAST, MOST = Decimal(10_000), Decimal(10) ** 12  # yuan: what the largest amount of an agency's whole year lies between
FEN = 2  # decimals
SEVERAL = 3  # amounts with parts of a fen, and half of all, before they are no slip
#: The tables of all that an agency has and spends.
WHOLE = frozenset(
    {
        "fa_income_expenditure_summary",
        "fa_income",
        "fa_expenditure",
        "bg_income_expenditure_summary",
        "bg_income",
        "bg_expenditure",
    }
)


def impossible_units(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each table whose amounts cannot be in its unit: all its amounts of money."""
    for indexed in indexed_tables:
        amounts = [value for value in indexed.money() if value.number and isinstance(value.value, Decimal)]
        found = [value for value in amounts if indexed.table.factor == 1 and _has_parts_of_a_fen(value)]
        if len(found) < max(SEVERAL, len(amounts) / 2):
            found = _out_of_bounds(indexed, amounts)
        if found:
            yield _doubt(indexed, found)


def _has_parts_of_a_fen(value: Value) -> bool:
    return value.decimals is not None and value.decimals > FEN and round(value.number or ZERO, FEN) != value.number


def _out_of_bounds(indexed: IndexedTable, amounts: Sequence[Value]) -> list[Value]:
    """The largest amount of a table of everything, where no agency has so little or so much."""
    if indexed.table.kind.id not in WHOLE or not amounts:
        return []
    largest = max(amounts, key=lambda value: abs(value.number or ZERO))
    return [] if LEAST <= abs(Decimal(largest.value or ZERO)) <= MOST else [largest]


def _doubt(indexed: IndexedTable, found: Sequence[Value]) -> Doubt:
    table, first = indexed.table, found[0]
    said = finding(
        "unit_implausible",
        table=table.id,
        page=first.location.page,
        cells=[value.cell for value in found],
        title=table.name,
        text=first.text.strip(),
        yuan=f"{first.value:f}",
    )
    return Doubt(frozenset(value.cell for value in indexed.money()), said)
