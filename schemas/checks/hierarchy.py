"""Sums over coded rows in each column of money: 合计 = Σ类, 类 = Σ款, 款 = Σ项, where the children are listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.checks.families import Family, families
from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.rounding import HOLDS
from schemas.checks.weigh import Axis, softened, weigh
from schemas.kind import CheckRule, ValueType
from schemas.records import Value
from schemas.result import Check


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule, parent row and column of money."""
    return [
        check
        for rule in rules
        for family in families(indexed, rule)
        for lhs in family.parent.values.values()
        if lhs.column.type is ValueType.MONEY and (check := _held(indexed, rule, family, lhs)) is not None
    ]


def _held(indexed: IndexedTable, rule: CheckRule, family: Family, lhs: Value) -> Check | None:
    field = lhs.column.id
    key = f"{lhs.grid_row}.c{lhs.grid_col}"
    checks = _readings(indexed, rule, family, lhs, key)
    plainest = next(checks, None)
    if plainest is None or plainest.status != "fail":
        return plainest
    for other in checks:
        if other.status in HOLDS:
            return other
    reason = family.doubt or _doubt(family, field)
    return softened(plainest, reason) if reason else plainest


def _readings(indexed: IndexedTable, rule: CheckRule, family: Family, lhs: Value, key: str) -> Iterator[Check]:
    field = lhs.column.id
    for children in family.readings:
        terms = [(1, child.values[field]) for child in children if field in child.values]
        check = weigh(indexed, rule, key, lhs, terms) if terms else None
        if check is not None:
            yield check


def _doubt(family: Family, field: str) -> str | None:
    """Why a sum that fails may still be right: a row without a usable code, or a child without this column."""
    if any(_states(entry, field) for entry in family.strays):
        return "a row between has no usable code"
    children = family.readings[0]
    if any(field not in child.values or field in child.twice for child in (*children, family.parent)):
        return "a row between lacks this column"
    return None


def _states(entry: Entry, field: str) -> bool:
    value = entry.values.get(field)
    return value is not None and bool(value.number)


AXIS = Axis("hierarchy", run)
