"""A percentage that a header says is one amount over another: 执行率 = B/A."""

from __future__ import annotations

from decimal import Decimal

from schemas.checks.indexed import IndexedTable, value_type
from schemas.checks.rounding import PERCENT_BAND, verdict
from schemas.checks.weigh import SCOPES
from schemas.kind import CheckRule, ValueType
from schemas.records import Value
from schemas.result import Check

_DIGITS = Decimal("0.0001")


def weigh_ratio(
    indexed: IndexedTable, rule: CheckRule, key: str, lhs: Value, terms: tuple[Value, Value]
) -> Check | None:
    """The check of a percentage against one printed number over another; None where one of the three is missing.

    A percentage that is printed as a fraction (0.97) is not held.
    """
    over, under = terms
    above, below = indexed.number(over), indexed.number(under)
    if value_type(lhs) is not ValueType.PERCENT or lhs.number is None or above is None or not below:
        return None
    rhs = (above / below * 100).quantize(_DIGITS)
    diff = lhs.number - rhs
    if diff and abs(lhs.number * 100 - rhs) <= PERCENT_BAND:
        return None
    return Check(
        id=f"{indexed.prefix}{rule.id}#{key}",
        rule=rule.id,
        scope=SCOPES[rule.axis],
        status=verdict("eq", diff, PERCENT_BAND),
        lhs=lhs.number,
        rhs=rhs,
        diff=diff,
        band=PERCENT_BAND,
        cells=[lhs.cell, over.cell, under.cell],
        note=indexed.note(rule),
    )
