"""Sums that nobody can decide because one of their cells is blank: the amount may have been lost in reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from schemas.checks.ledger import Ledger
from schemas.checks.suspects import rules_of
from schemas.findings import finding
from schemas.kind import Severity
from schemas.records import table_of_cell
from schemas.result import Check
from schemas.witness.doubt import Doubt

LISTED = 4
SURE_AXES = ("column", "line", "hierarchy", "table")


def undecided(ledgers: Sequence[Ledger], checks: Sequence[Check]) -> Iterator[Doubt]:
    """One doubt for each table with such sums, where it is known which rows make up which.

    What is blank on the left of a sum is told with the failing checks.
    """
    tables = {ledger.table.id: ledger.table for ledger in ledgers}
    rules = rules_of(tables.values())
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        rule = rules.get(check.rule)
        is_open = check.status == "insufficient" and check.diff and check.lhs is not None
        if is_open and rule is not None and rule.severity is Severity.ERROR and rule.axis in SURE_AXES:
            found[table_of_cell(check.cells[0])].append(check)
    for table, open_checks in found.items():
        cells = dict.fromkeys(cell for check in open_checks for cell in check.cells)
        names = ", ".join(check.id for check in open_checks[:LISTED]) + (", …" if len(open_checks) > LISTED else "")
        said = finding(
            "sum_undecided",
            table=table,
            page=tables[table].grid.location.page,
            cells=list(cells),
            count=len(open_checks),
            checks=names,
        )
        yield Doubt(frozenset(), said)
