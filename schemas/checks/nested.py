"""Amounts in merged cells: what stands beside one cell is the sum of what stands beside the cells within it.

A scale of indicators prints the weight of a first level once, over the weights of its second levels, and those over the
weights of their indicators. A level reaches down to the next one that is printed. The whole may be a number that the
form prescribes: ``lhs: "100"``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.rounding import ZERO
from schemas.checks.weigh import SCOPES, Axis, weigh
from schemas.kind import CheckRule
from schemas.records import BodyRole, Value, ValueStatus
from schemas.result import Check

WHOLE = "100"
_Region = tuple[Value, list[Entry]]


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule and each printed cell on its left side; one for the whole of the table."""
    rows = [entry for entry in indexed.entries if not entry.repeat and entry.row.role is BodyRole.ITEM]
    names = {rule.lhs: rule.code_column for rule in rules}
    return [check for rule in rules for check in _levels(indexed, rule, rows, names)]


def _levels(
    indexed: IndexedTable, rule: CheckRule, rows: Sequence[Entry], names: Mapping[str, str | None]
) -> Iterator[Check]:
    """``names`` are the columns that name what stands in a column of merged cells."""
    (term,) = rule.terms
    if rule.lhs == WHOLE:
        yield from _whole(indexed, rule, [value for value, _ in _regions(rows, term, names.get(term))])
        return
    for lhs, entries in _regions(rows, rule.lhs, rule.code_column):
        parts = [value for value, _ in _regions(entries, term, names.get(term))]
        parts += [value for entry in entries if (value := entry.values.get(term)) is not None and _is_unreadable(value)]
        check = weigh(indexed, rule, indexed.row_key(lhs), lhs, [(1, value) for value in parts]) if parts else None
        if check is not None:
            yield check


def _regions(rows: Sequence[Entry], field: str, named_by: str | None) -> list[_Region]:
    """Each printed cell of a column with the rows that it reaches over. A cell that is printed again beside the same
    name, on the next page or in every row, is the same one.
    """
    found: list[_Region] = []
    name: str | None = None
    for entry in rows:
        value, own = entry.values.get(field), dict(entry.row.others).get(named_by or "")
        is_new = value is not None and value.number is not None
        again = bool(found) and own is not None and own == name and value is not None
        if is_new and value is not None and not (again and value.number == found[-1][0].number):
            found.append((value, []))
            name = own
        if found:
            found[-1][1].append(entry)
    return found


def _is_unreadable(value: Value) -> bool:
    return value.status is ValueStatus.UNREADABLE


def _whole(indexed: IndexedTable, rule: CheckRule, parts: Sequence[Value]) -> Iterator[Check]:
    """The prescribed whole against all parts; nothing is said of one part alone."""
    whole, total = Decimal(WHOLE), sum((indexed.number(value) or ZERO for value in parts), ZERO)
    if len(parts) > 1:
        yield Check(
            id=f"{indexed.prefix}{rule.id}",
            rule=rule.id,
            scope=SCOPES[rule.axis],
            status="pass" if total == whole else "fail",
            lhs=whole,
            rhs=total,
            diff=whole - total,
            band=ZERO,
            cells=[value.cell for value in parts],
            note=indexed.note(rule),
        )


AXIS = Axis("nested", run)
