"""Lists without codes: the row 合计 is the sum of all rows beneath or above it.

A list may hold groups that nothing marks as such (一、 over its own items). A sum that does not hold is therefore left
undecided: it proves when it holds and never accuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.weigh import Axis, softened, weigh
from schemas.kind import CheckRule
from schemas.records import BodyRole
from schemas.result import Check

_SEVERAL = 2  # rows that make a list


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule and the one total row of the list; none for a list with several totals or subtotals."""
    rows = [entry for entry in indexed.entries if not entry.repeat]
    items = [entry for entry in rows if entry.row.role is BodyRole.ITEM]
    totals = [entry for entry in rows if entry.row.role is BodyRole.TOTAL]
    if len(totals) != 1 or len(items) < _SEVERAL or len(items) + 1 != len(rows):
        return []
    return list(_held(indexed, rules, totals[0], items))


def _held(indexed: IndexedTable, rules: Sequence[CheckRule], total: Entry, items: Sequence[Entry]) -> Iterator[Check]:
    for rule in rules:
        lhs = total.values.get(rule.lhs)
        if lhs is None:
            continue
        terms = [(1, entry.values[rule.lhs]) for entry in items if rule.lhs in entry.values]
        check = weigh(indexed, rule, indexed.row_key(lhs), lhs, terms) if len(terms) >= _SEVERAL else None
        if check is not None:
            yield softened(check, "the list may hold groups") if check.status == "fail" else check


AXIS = Axis("list", run)
