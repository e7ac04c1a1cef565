"""One identity held against one left side and its terms, all of one table: a Check, or None when nothing is said.

Sums are taken over printed numbers, so the unit may be unknown; a Check states base units where the unit is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from schemas.checks.indexed import IndexedTable, value_type
from schemas.checks.rounding import ZERO, band, own_halves, verdict
from schemas.kind import CheckRule, ValueType
from schemas.records import Value, ValueStatus
from schemas.result import Check

Term = tuple[int, Value]  # 1 or -1, and what is added or subtracted
_PARTS = frozenset({"column", "line"})  # axes whose parts the form names
Status = Literal["pass", "rounding", "fail", "insufficient", "not_applicable"]

SCOPES: Mapping[str, str] = {
    "column": "row",
    "line": "column",
    "hierarchy": "hierarchy",
    "table": "table",
    "list": "column",
    "nested": "column",
    "cross": "document",
}


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to run over a table: the name that rules give it, and what runs all rules of that name."""

    name: str
    run: Callable[[IndexedTable, Sequence[CheckRule]], list[Check]]


def weigh(indexed: IndexedTable, rule: CheckRule, key: str, lhs: Value, terms: Sequence[Term]) -> Check | None:
    """The check of ``lhs`` against the signed ``terms``; None when less than two numbers, or zeros alone, are printed.

    ``key`` tells the checks of one rule apart within the table. Blank cells count as zero where the sum then holds.
    Where it does not, they still do in a table that prints no zero at all (its zeros are its blanks); in any other
    table nobody knows what they mean, and the check is ``insufficient``, as it is around a cell that cannot be read,
    and where no named part is filled in at all: 其中 rows that were left empty say nothing against the total. Codes
    beneath a code do: a row of theirs is missing.
    """
    number_of = indexed.number
    left = number_of(lhs)
    cells = [] if left is None else [lhs.cell]
    total, blanks = ZERO, [] if left is not None else [lhs.cell]
    for sign, value in terms:
        number = number_of(value)
        if number is None:
            blanks.append(value.cell)
            continue
        total += number if sign > 0 else -number
        cells.append(value.cell)
    if len(cells) < 2 and not left and not total:
        return None
    diff = total.copy_negate() if left is None else left - total
    counted = value_type(lhs)
    printed = len(cells) - (left is not None)
    allowed = _band(indexed, counted, [lhs, *(value for _, value in terms)], printed) if diff or indexed.half else ZERO
    status: Status = verdict(rule.relation, diff, allowed)
    if blanks and (_unknown(indexed, status, lhs, terms) or (status == "fail" and not printed and rule.axis in _PARTS)):
        status = "insufficient"
    factor = indexed.table.factor if counted is ValueType.MONEY else None
    check = Check(
        id=f"{indexed.prefix}{rule.id}#{key}",
        rule=rule.id,
        scope=SCOPES[rule.axis],
        status=status,
        lhs=_base(left, factor),
        rhs=_base(total, factor),
        diff=_base(diff, factor),
        band=_base(allowed, factor),
        cells=cells,
        note=indexed.note(rule),
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


def _band(indexed: IndexedTable, counted: ValueType, values: Sequence[Value], printed: int) -> Decimal:
    if indexed.half or counted is not ValueType.MONEY:
        return band(counted, printed, indexed.half)
    return own_halves(value.decimals for value in values)


def _unknown(indexed: IndexedTable, status: Status, lhs: Value, terms: Sequence[Term]) -> bool:
    """Whether a cell without a number leaves the sum undecided."""
    if lhs.status is ValueStatus.UNREADABLE or any(value.status is ValueStatus.UNREADABLE for _, value in terms):
        return True
    return status == "fail" and (lhs.number is None or not indexed.blank_is_zero)


def _base(number: Decimal | None, factor: int | None) -> Decimal | None:
    return number if factor in (None, 1) or number is None else number * factor
