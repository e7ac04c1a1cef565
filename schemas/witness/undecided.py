"""Sums that nobody can decide because one of their cells is blank: the amount may have been lost in reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemas.checks.explain import wanted
from schemas.checks.indexed import IndexedTable, value_type
from schemas.checks.listing import WITHHELD
from schemas.checks.rounding import ZERO
from schemas.checks.suspects import rules_of, values_by_cell
from schemas.checks.weigh import row_name
from schemas.findings import finding
from schemas.kind import CheckRule, Severity, ValueType
from schemas.records import TableReading, Value, table_of_cell
from schemas.result import Check
from schemas.witness.doubt import Doubt

LISTED = 3
SURE_AXES = ("column", "line", "hierarchy", "table")


def undecided(indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> Iterator[Doubt]:
    """One doubt for each table with such sums, where it is known which rows make up which.

    What is blank on the left of a sum is told with the failing checks.
    """
    tables = {indexed.table.id: indexed.table for indexed in indexed_tables}
    rules = rules_of(tables.values())
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        rule = rules.get(check.rule)
        is_open = check.status == "insufficient" and check.diff and check.lhs is not None
        if is_open and rule is not None and rule.severity is Severity.ERROR and rule.axis in SURE_AXES:
            found[table_of_cell(check.cells[0])].append(check)
    values = values_by_cell(tables.values())
    for table, open_checks in found.items():
        lost = lost_amounts(open_checks, values, rules)
        cells = lost or dict.fromkeys(cell for check in open_checks for cell in (*check.cells, *check.blanks))
        names = [_sides(check, values, tables[table]) for check in open_checks[:LISTED]]
        blank = ", ".join(_named(values[cell], fits, tables[table]) for cell, fits in list(lost.items())[:LISTED])
        said = finding(
            "sum_undecided",
            table=table,
            page=tables[table].grid.location.page,
            cells=list(cells),
            count=len(open_checks),
            checks=", ".join(names) + (", …" if len(open_checks) > LISTED else ""),
            lost=blank or "—",
        )
        yield Doubt(frozenset(), said)


def lists_apart(indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> Iterator[Doubt]:
    """One doubt for each list of which no column adds up to its total. Nothing is doubted: rows may be left out by law,
    which is no more than information where the table says so."""
    rules = rules_of(indexed.table for indexed in indexed_tables)
    open_checks: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        rule = rules.get(check.rule)
        if rule is not None and rule.axis == "list" and check.status == "insufficient" and check.diff:
            open_checks[table_of_cell(check.cells[0])].append(check)
    for table in (indexed.table for indexed in indexed_tables if indexed.table.id in open_checks):
        found = open_checks[table.id]
        values = {value.cell: value for value in table.values}
        said = finding(
            "list_total_differs",
            severity="info" if any(WITHHELD.search(note) for note in table.notes) else None,
            table=table.id,
            page=values[found[0].cells[0]].location.page,
            cells=[check.cells[0] for check in found],
            checks="; ".join(_sides(check, values, table) for check in found[:LISTED]),
        )
        yield Doubt(frozenset(), said)


def _named(value: Value, fits: Decimal, table: TableReading) -> str:
    """The cell, and what it would have to say, as the table prints amounts."""
    factor = table.factor if value_type(value) is ValueType.MONEY else None
    return f"{row_name(value)} / {value.header} ({(fits / (factor or 1)).normalize():f})"


def _sides(check: Check, values: Mapping[str, Value], table: TableReading) -> str:
    """The check with its left side, and both numbers as the table prints amounts."""
    value = values[check.cells[0]]
    factor = table.factor if value_type(value) is ValueType.MONEY else None
    parts = "?" if check.rhs is None else f"{(check.rhs / (factor or 1)).normalize():f}"
    return f"{check.id} ({row_name(value)} / {value.header}: {value.text.strip()} ≠ {parts})"


def lost_amounts(
    checks: Sequence[Check], values: Mapping[str, Value], rules: Mapping[str, CheckRule]
) -> Mapping[str, Decimal]:
    """The blank cells that each explain one sum or more, and what they would have to say: those of which several sums
    want the same, and the only blank of a sum. Empty unless they explain every sum.
    """
    wants: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for check in checks:
        for cell in check.blanks:
            fits = wanted(check, values[cell], rules[check.rule])
            if fits:
                wants[cell][check.id] = fits
    allowed = max((check.band or ZERO for check in checks), default=ZERO)
    found: dict[str, Decimal] = {}
    open_ids = {check.id for check in checks}
    alone = {check.blanks[0] for check in checks if len(check.blanks) == 1}
    for cell, by_check in sorted(wants.items(), key=lambda one: -len(one[1])):
        agreed = max(by_check.values()) - min(by_check.values()) <= allowed
        if agreed and open_ids & by_check.keys() and (len(by_check) > 1 or cell in alone):
            found[cell] = next(iter(by_check.values()))
            open_ids -= by_check.keys()
    return {} if open_ids else found
