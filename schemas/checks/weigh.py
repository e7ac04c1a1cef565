"""One identity held against one left side and its terms, all of one table: a Check, or None when nothing is said.

Sums are taken over printed numbers, so the unit may be unknown; a Check states base units where the unit is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from schemas.checks.ledger import Ledger, value_type
from schemas.checks.rounding import ZERO, band, verdict
from schemas.kind import CheckRule, ValueType
from schemas.records import Value, ValueStatus
from schemas.result import Check

Term = tuple[int, Value]  # 1 or -1, and what is added or subtracted
Status = Literal["pass", "rounding", "fail", "insufficient", "not_applicable"]

SCOPES: Mapping[str, str] = {
    "column": "row",
    "line": "column",
    "hierarchy": "hierarchy",
    "table": "table",
    "cross": "document",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to run over a table: the name that rules give it, and what runs all rules of that name."""

    name: str
    run: Callable[[Ledger, Sequence[CheckRule]], list[Check]]


def weigh(ledger: Ledger, rule: CheckRule, key: str, lhs: Value, terms: Sequence[Term]) -> Check | None:
    """The check of ``lhs`` against the signed ``terms``; None when less than two numbers, or zeros alone, are printed.

    ``key`` tells the checks of one rule apart within the table. Blank cells count as zero where the sum then holds.
    Where it does not, they still do in a table that prints no zero at all (its zeros are its blanks); in any other
    table nobody knows what they mean, and the check is ``insufficient``, as it is around a cell that cannot be read.
    """
    left = ledger.number(lhs)
    cells = [] if left is None else [lhs.cell]
    total, blanks = ZERO, left is None
    for sign, value in terms:
        number = ledger.number(value)
        if number is None:
            blanks = True
            continue
        total += number if sign > 0 else -number
        cells.append(value.cell)
    if len(cells) < 2 and not left and not total:
        return None
    kind_of_value = value_type(lhs)
    diff = (ZERO if left is None else left) - total
    allowed = band(kind_of_value, len(cells) - (left is not None), ledger.half)
    status: Status = verdict(rule.relation, diff, allowed)
    if blanks and (_unreadable(lhs, terms) or (status == "fail" and not ledger.blank_is_zero)):
        status = "insufficient"
    return Check(
        id=f"{ledger.prefix}{rule.id}#{key}",
        rule=rule.id,
        scope=SCOPES[rule.axis],
        status=status,
        lhs=None if left is None else _base(ledger, kind_of_value, left),
        rhs=_base(ledger, kind_of_value, total),
        diff=_base(ledger, kind_of_value, diff),
        band=_base(ledger, kind_of_value, allowed),
        cells=cells,
        note=ledger.notes[rule.id],
    )


def softened(check: Check, reason: str) -> Check:
    """The same check as ``insufficient``: it failed, but ``reason`` may explain it without any wrong number."""
    return msgspec.structs.replace(check, status="insufficient", note=f"{check.note} ({reason})")


def _unreadable(lhs: Value, terms: Sequence[Term]) -> bool:
    return lhs.status is ValueStatus.UNREADABLE or any(value.status is ValueStatus.UNREADABLE for _, value in terms)


def _base(ledger: Ledger, kind_of_value: ValueType, number: Decimal) -> Decimal:
    factor = ledger.table.factor
    return number if factor in (None, 1) or kind_of_value is not ValueType.MONEY else number * factor
