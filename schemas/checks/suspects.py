"""Which cell is to blame: failing checks that share cells, held against the checks that pass.

A cell that stands in every failing check of a group and in no passing one is the suspect; when a single value would
make all of them pass, it is said what that value is. It is never written back: the page may say what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.kind import CheckRule, Severity
from schemas.printed.formula import names_of
from schemas.records import TableReading, Value
from schemas.result import Check


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Failing checks that share cells. ``suspects`` are the cells in all of them and in no passing check.

    ``fits`` is the value, in the units of the check, that would make all of them pass; None unless there is one suspect
    and one such value.
    """

    checks: tuple[Check, ...]
    suspects: tuple[str, ...]
    fits: Decimal | None


def rules_of(tables: Iterable[TableReading]) -> dict[str, CheckRule]:
    """The rules that these tables and their kinds state, by id."""
    return {rule.id: rule for table in tables for rule in table.rules}


def values_by_cell(tables: Iterable[TableReading]) -> dict[str, Value]:
    """Every value of these tables by the id of its cell."""
    return {value.cell: value for table in tables for value in table.values}


def proven_cells(checks: Iterable[Check], rules: Mapping[str, CheckRule]) -> dict[str, list[Check]]:
    """The passing sums that each cell is part of. A part that is merely not above its whole proves nothing."""
    proven: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.status in ("pass", "rounding") and rules[check.rule].relation == "eq":
            for cell in check.cells:
                proven[cell].append(check)
    return proven


def suspicions(checks: Sequence[Check], tables: Sequence[TableReading]) -> list[Suspicion]:
    """Every group of failing checks, in the order of the checks; rules that only warn accuse no cell."""
    rules = rules_of(tables)
    failing = [check for check in checks if check.status == "fail" and rules[check.rule].severity is Severity.ERROR]
    if not failing:
        return []
    proven = proven_cells(checks, rules).keys()
    values = values_by_cell(tables)
    return [_suspicion(group, proven, values, rules) for group in _groups(failing)]


def _groups(failing: Sequence[Check]) -> list[list[Check]]:
    """Checks that share cells, directly or through others."""
    groups: list[tuple[set[str], list[Check]]] = []
    for check in failing:
        cells, members = set(check.cells), [check]
        apart = []
        for group in groups:
            if cells.isdisjoint(group[0]):
                apart.append(group)
            else:
                cells |= group[0]
                members = [*group[1], *members]
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


def _suspicion(
    group: Sequence[Check], proven: Iterable[str], values: Mapping[str, Value], rules: Mapping[str, CheckRule]
) -> Suspicion:
    shared = set(group[0].cells).intersection(*(check.cells for check in group)).difference(proven)
    suspects = tuple(cell for cell in group[0].cells if cell in shared)
    fits = _fitting(group, values[suspects[0]], rules) if len(suspects) == 1 else None
    return Suspicion(tuple(group), suspects, fits)


def _fitting(group: Sequence[Check], value: Value, rules: Mapping[str, CheckRule]) -> Decimal | None:
    """What the cell would have to print, in the units of the checks, when all of them agree within their bands."""
    fitting = [wanted for check in group if (wanted := _wanted(check, value, rules[check.rule])) is not None]
    if len(fitting) < len(group):
        return None
    allowed = max((check.band for check in group if check.band is not None), default=Decimal(0))
    return fitting[0] if max(fitting) - min(fitting) <= allowed else None


def _wanted(check: Check, value: Value, rule: CheckRule) -> Decimal | None:
    if check.diff is None or value.number is None:
        return None
    printed = value.value if isinstance(value.value, Decimal) else value.number
    if check.cells[0] == value.cell and check.lhs is not None:
        return printed - check.diff
    return printed - check.diff if is_subtracted(rule, value) else printed + check.diff


def is_subtracted(rule: CheckRule, value: Value) -> bool:
    """Whether the rule takes the value off instead of adding it."""
    names = {
        value.column.id,
        value.row.item.id if value.row.item else "",
        *names_of(value.row.line_no, value.column_no),
    }
    return any(term.startswith("-") and term[1:] in names for term in rule.terms)
