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
from schemas.checks.rounding import ZERO, band, own_halves, verdict
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
    "list": "column",
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
    total, blanks = ZERO, [] if left is not None else [lhs.cell]
    for sign, value in terms:
        number = ledger.number(value)
        if number is None:
            blanks.append(value.cell)
            continue
        total += number if sign > 0 else -number
        cells.append(value.cell)
    if len(cells) < 2 and not left and not total:
        return None
    diff = total.copy_negate() if left is None else left - total
    money = value_type(lhs) is ValueType.MONEY
    allowed = _band(ledger, lhs, terms, len(cells) - (left is not None)) if diff or ledger.half else ZERO
    status: Status = verdict(rule.relation, diff, allowed)
    if blanks and _unknown(ledger, status, lhs, terms):
        status = "insufficient"
    factor = ledger.table.factor if money else None
    check = Check(
        id=f"{ledger.prefix}{rule.id}#{key}",
        rule=rule.id,
        scope=SCOPES[rule.axis],
        status=status,
        lhs=_base(left, factor),
        rhs=_base(total, factor),
        diff=_base(diff, factor),
        band=_base(allowed, factor),
        cells=cells,
        note=ledger.notes[rule.id],
        blanks=blanks if status in ("fail", "insufficient") else [],
    )
    return softened(check, f"{row_name(lhs)} / {lhs.header} is blank") if left is None and status != "pass" else check


def row_name(value: Value) -> str:
    """What names the row of a value for a reader: code and label, or its place."""
    row = value.row
    return " ".join(part for part in (row.code, row.label or row.raw_label or row.unit_name) if part) or f"#{row.index}"


def softened(check: Check, reason: str) -> Check:
    """The same check as ``insufficient``: it failed, but ``reason`` may explain it without any wrong number."""
    return msgspec.structs.replace(check, status="insufficient", note=f"{check.note} ({reason})")


def _band(ledger: Ledger, lhs: Value, terms: Sequence[Term], printed: int) -> Decimal:
    kind_of_value = value_type(lhs)
    if ledger.half or kind_of_value is not ValueType.MONEY:
        return band(kind_of_value, printed, ledger.half)
    return own_halves(value.decimals for value in (lhs, *(value for _, value in terms)))


def _unknown(ledger: Ledger, status: Status, lhs: Value, terms: Sequence[Term]) -> bool:
    """Whether a cell without a number leaves the sum undecided."""
    if lhs.status is ValueStatus.UNREADABLE or any(value.status is ValueStatus.UNREADABLE for _, value in terms):
        return True
    return status == "fail" and (lhs.number is None or not ledger.blank_is_zero)


def _base(number: Decimal | None, factor: int | None) -> Decimal | None:
    return number if factor in (None, 1) or number is None else number * factor
