"""What is said about printed formulas that do not hold where nothing else doubts the amounts: once for each formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemas.checks.indexed import value_type
from schemas.checks.suspects import values_by_cell
from schemas.checks.weigh import row_name
from schemas.findings import finding
from schemas.kind import ValueType
from schemas.records import TableReading, Value
from schemas.result import Check, Finding


def disagreements(checks: Sequence[Check], tables: Sequence[TableReading]) -> Iterator[Finding]:
    """One finding for each table and formula that fails there and accuses nobody, with both sides of one place."""
    by_rule: dict[str, list[Check]] = {}
    for check in checks:
        if check.status == "not_applicable":
            by_rule.setdefault(check.rule, []).append(check)
    if not by_rule:
        return
    values = values_by_cell(tables)
    for table in tables:
        for formula in table.formulas:
            own = [check for check in by_rule.get(formula.id, ()) if check.id.startswith(f"{table.id}:")]
            if own:
                yield _finding(table, formula.text, own, values)


def _finding(table: TableReading, formula: str, failed: Sequence[Check], values: Mapping[str, Value]) -> Finding:
    lhs = values[failed[0].cells[0]]
    return finding(
        "printed_formula_disagrees",
        table=table.id,
        page=lhs.location.page,
        cells=list(dict.fromkeys(cell for check in failed for cell in check.cells)),
        title=table.name,
        formula=formula,
        name=f"{row_name(lhs)} / {lhs.header}",
        lhs=lhs.text.strip(),
        rhs=_shown(failed[0].rhs, lhs, table.factor),
        count=len(failed),
    )


def _shown(number: Decimal | None, lhs: Value, factor: int | None) -> str:
    """A sum in the unit that the table prints."""
    if number is None:
        return "?"
    is_money = value_type(lhs) is ValueType.MONEY
    return f"{(number / factor if factor and is_money else number).normalize():f}"
