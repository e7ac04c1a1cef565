"""Accounting identities: one file per kind of check that the YAML may name.

``run_checks`` holds every identity that the kinds of a document's tables state against what the tables print. It reads
numbers and changes none: a check that fails is a statement about the page, or about how the page was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.checks import column, cross, hierarchy, line, listing, printed, remarks, table
from schemas.checks.disagreements import disagreements
from schemas.checks.ledger import Ledger, open_ledgers
from schemas.checks.suspects import Suspicion, suspicions
from schemas.checks.weigh import Axis
from schemas.kind import CheckRule
from schemas.records import TableReading, TableStatus
from schemas.result import Check, Finding

__all__ = ["AXES", "check_findings", "run_checks", "suspicions"]

AXES: Mapping[str, Axis] = {
    axis.name: axis for axis in (column.AXIS, line.AXIS, hierarchy.AXIS, table.AXIS, listing.AXIS)
}
CHECKED = frozenset({TableStatus.OK, TableStatus.HEADER_LOST})


def run_checks(tables: Sequence[TableReading]) -> tuple[Check, ...]:
    """Every check of one document's tables, in the order of the tables and of their rules; cross-table checks last.

    A check whose printed cells are too few to say anything is not made.
    """
    ledgers = open_ledgers([one for one in tables if one.status in CHECKED])
    within = [check for ledger in ledgers for check in _within(ledger)]
    return (*within, *cross.run(ledgers, within))


def check_findings(
    checks: Sequence[Check], tables: Sequence[TableReading], groups: Sequence[Suspicion]
) -> list[Finding]:
    """What the checks of these tables tell their reader: failures first, then formulas that do not hold. ``groups`` are
    the ``suspicions`` of the checks.
    """
    return [*remarks.check_findings(checks, tables, groups), *disagreements(checks, tables)]


def _within(ledger: Ledger) -> list[Check]:
    by_axis: dict[str, list[CheckRule]] = {name: [] for name in AXES}
    for rule in ledger.table.kind.checks:
        if rule.axis in by_axis:
            by_axis[rule.axis].append(rule)
    checks = [check for name, rules in by_axis.items() if rules for check in AXES[name].run(ledger, rules)]
    return printed.run(ledger, checks) if ledger.table.formulas else checks
