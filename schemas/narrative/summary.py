"""The rows of a summary of self-evaluations (绩效自评结果汇总表): one project each, its budget and what was spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from schemas.checks.refs import EVERY_ROW, Ref
from schemas.checks.rounding import ZERO
from schemas.narrative.cells import Cells, Printed
from schemas.records import BodyRole

KIND = "pf_self_evaluation_summary"
#: The columns of each amount, by the field that forms give it; who pays may split a budget.
FIELDS = {
    "adjusted_budget": (
        ("budget_total",),
        ("budget_central", "budget_provincial", "budget_municipal", "budget_district"),
    ),
    "executed": (("executed",),),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount of the summary, in yuan: the sum of the cells it stands in, and how far rounding may move it."""

    cells: tuple[Printed, ...]

    @property
    def amount(self) -> Decimal:
        """In yuan."""
        return sum((one.amount for one in self.cells), ZERO)

    @property
    def half(self) -> Decimal:
        """Half a unit of the last decimal for each cell."""
        return sum((one.half for one in self.cells), ZERO)


def stated_by_row(cells: Cells, field: str) -> dict[int, Stated]:
    """What each row of the one summary states, by grid row. Its total is no row of it; empty for several summaries."""
    if len(cells.tables(KIND)) != 1:
        return {}
    for columns in FIELDS[field]:
        found = _rows(cells, columns)
        if found:
            return found
    return {}


def _rows(cells: Cells, columns: Sequence[str]) -> dict[int, Stated]:
    """The amounts that these columns print, by grid row."""
    found: dict[int, Stated] = {}
    for column in columns:
        for one in items_of(cells, Ref(1, KIND, EVERY_ROW, column)):
            before = found.get(one.value.grid_row, Stated(()))
            found[one.value.grid_row] = Stated((*before.cells, one))
    return found


def items_of(cells: Cells, ref: Ref) -> list[Printed]:
    """What the rows of a list print in the column of a reference to each row; its total is no row of it."""
    printed = cells.every(replace(ref, row="@row"))
    return [one for one in printed if not one.is_blank and one.value.row.role is BodyRole.ITEM]
