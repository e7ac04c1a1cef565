"""Accounting identities: one file per kind of check that the YAML may name.

``run_checks`` holds every identity that the kinds of a document's tables state against what the tables print. It reads
numbers and changes none: a check that fails is a statement about the page, or about how the page was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.checks import column, cross, hierarchy, line, listing, nested, printed, remarks, table
from schemas.checks.disagreements import disagreements
from schemas.checks.indexed import IndexedTable, index_tables
from schemas.checks.suspects import Suspicion, suspicions
from schemas.checks.weigh import Axis
from schemas.kind import CheckRule
from schemas.records import TableReading
from schemas.result import Check, Finding

__all__ = ["AXES", "check_findings", "checks_of", "run_checks", "suspicions"]

AXES: Mapping[str, Axis] = {
    axis.name: axis for axis in (column.AXIS, line.AXIS, hierarchy.AXIS, table.AXIS, listing.AXIS, nested.AXIS)
}


def run_checks(tables: Sequence[TableReading]) -> tuple[Check, ...]:
    """Every check of one document's tables, in the order of the tables and of their rules; cross-table checks last.

    A check whose printed cells are too few to say anything is not made.
    """
    return checks_of(index_tables(tables))


def checks_of(indexed_tables: Sequence[IndexedTable]) -> tuple[Check, ...]:
    """The same, of tables that are indexed already."""
    within = [check for indexed in indexed_tables for check in _within(indexed)]
    return (*within, *cross.run(indexed_tables, within))


def check_findings(
    checks: Sequence[Check], tables: Sequence[TableReading], groups: Sequence[Suspicion]
) -> list[Finding]:
    """What the checks of these tables tell their reader: failures first, then formulas that do not hold. ``groups`` are
    the ``suspicions`` of the checks.
    """
    return [*remarks.check_findings(checks, tables, groups), *disagreements(checks, tables)]


def _within(indexed: IndexedTable) -> list[Check]:
    by_axis: dict[str, list[CheckRule]] = {name: [] for name in AXES}
    for rule in indexed.table.kind.checks:
        if rule.axis in by_axis:
            by_axis[rule.axis].append(rule)
    checks = [check for name, rules in by_axis.items() if rules for check in AXES[name].run(indexed, rules)]
    return printed.run(indexed, checks) if indexed.table.formulas else checks
