"""Performance forms held against the tables of the same document.

A form may count other money than a table: selected projects, an adjusted budget, money of an upper level. So a sum that
agrees proves the form, and one that does not is told and accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from extractors.model import Document
from schemas.checks.refs import parse_ref
from schemas.checks.rounding import ZERO
from schemas.findings import finding
from schemas.forms.arithmetic import amount_of, envelope, total_of, verdict
from schemas.narrative.cells import Cells, Printed
from schemas.narrative.summary import FIELDS, Stated, stated_by_row
from schemas.result import Check, Finding, Form, FormFund

_DEPARTMENT = "pf_department_self_evaluation"
_PROJECTS = frozenset({"pf_project_self_evaluation", "pf_project_target_completion"})
_EVERY_PROJECT = re.compile(r"(?:所有|全部)(?:一级|二级)?项目(?:支出)?(?:的)?绩效自评(?:结果|情况|表)")
_SPENT = "fa_income_expenditure_summary[expenditure.total_current].expenditure_amount"
#: What the form of a department repeats: rule, row and field of its fund block, and the cell that prints the same.
_REPEATED = (
    ("DE.amount.executed", "total", "executed", _SPENT),
    ("DE.amount.basic", "basic_total", "basic_total", "fa_expenditure[@total].basic"),
    ("DE.amount.project", "project_total", "project_total", "fa_expenditure[@total].project"),
    ("PS.total.budget", "total", "adjusted_budget", "pf_self_evaluation_summary[@total].budget_total"),
    ("PS.total.executed", "total", "executed", "pf_self_evaluation_summary[@total].executed"),
)
_BASE = "pf_overall_base_data[total_expenditure].final"
_SPENT_ON_PROJECTS = ("fa_general_budget_expenditure[@total].project", "fa_expenditure[@total].project")


@dataclass(frozen=True, slots=True)
class Compared:
    """A sum of forms held against one cell."""

    check: Check
    cell: Printed

    def finding(self) -> Finding:
        """What is said when the two do not agree."""
        return finding(
            "form_scope_differs",
            table=self.cell.table.id,
            page=self.cell.value.location.page,
            cells=self.check.cells,
            rule=self.check.rule,
            title=self.cell.table.name,
            said=f"{self.check.lhs:f}",
            printed=f"{self.check.rhs:f}",
        )


def compare(document: Document, forms: Sequence[Form], cells: Cells) -> list[Compared]:
    """Every form that a table repeats, and the projects together where the text says that all of them are there."""
    return [*_departments(forms, cells), *_projects(document, forms, cells), *_base_data(cells)]


def _departments(forms: Sequence[Form], cells: Cells) -> Iterator[Compared]:
    numbered = [(number, form) for number, form in enumerate(forms, 1) if form.kind == _DEPARTMENT]
    if len(numbered) != 1:
        return
    ((number, form),) = numbered
    for rule, row, field, ref in _REPEATED:
        fund, cell = _fund(form, row, field), _only(cells, ref)
        if fund is not None and cell is not None:
            yield _compared(f"f{number:02d}:{rule}", [fund], cell)
    for field in FIELDS:
        fund, rows = _fund(form, "total", field), stated_by_row(cells, field)
        if fund is not None and len(rows) > 1:
            yield _summed(f"f{number:02d}:DE.summary.{field}", fund, list(rows.values()))


def _summed(name: str, fund: FormFund, rows: Sequence[Stated]) -> Compared:
    """A form against the sum of the rows of a table."""
    printed = [cell for row in rows for cell in row.cells]
    sides = (total_of([amount_of(fund)]), sum((row.amount for row in rows), ZERO))
    note = f"绩效表 = 《{printed[0].table.name}》各行{printed[0].value.header}之和"
    band = envelope(fund, []) + sum((row.half for row in rows), ZERO)
    return _held(verdict(sides, (fund.cell, *(one.value.cell for one in printed)), note, name, band), printed[0])


def _base_data(cells: Cells) -> Iterator[Compared]:
    """支出合计 of the base data, or the scope that it prints in brackets: 3745（2177）, beside the summary."""
    said, cell = _only(cells, _BASE), _only(cells, _SPENT)
    if said is None or cell is None:
        return
    alt = said.value.alt_value
    fits = alt if alt is not None and abs(alt - cell.amount) <= said.half + cell.half else said.amount
    note = f"《{said.table.name}》支出合计 = 《{cell.table.name}》{cell.value.header}"
    cells_held, band = (said.value.cell, cell.value.cell), said.half + cell.half
    yield _held(verdict((fits, cell.amount), cells_held, note, "BD.T1", band), cell)


def _projects(document: Document, forms: Sequence[Form], cells: Cells) -> Iterator[Compared]:
    """The money spent by all projects: that of the general budget, or all of it, whichever agrees."""
    projects = [form for form in forms if form.kind in _PROJECTS]
    spent = [_fund(form, "total", "executed") for form in projects]
    funds = [fund for fund in spent if fund is not None]
    if not funds or len(funds) < len(projects) or not _says_every_project(document):
        return
    found = [_compared("X.perf", funds, cell) for ref in _SPENT_ON_PROJECTS if (cell := _only(cells, ref)) is not None]
    yield from sorted(found, key=lambda one: one.check.status == "not_applicable")[:1]


def _says_every_project(document: Document) -> bool:
    return _EVERY_PROJECT.search("".join("".join(line.text.split()) for line in document.lines)) is not None


def _fund(form: Form, row: str, field: str) -> FormFund | None:
    """The amount of a row, in yuan."""
    found = (fund for fund in form.funds if fund.field == field and fund.row in (row, None) and fund.unit == "CNY")
    return next((fund for fund in found if fund.value is not None), None)


def _only(cells: Cells, ref: str) -> Printed | None:
    """The one cell of the document that a reference names, when it prints an amount."""
    found = list(cells.at(parse_ref(ref)))
    return found[0] if len(found) == 1 and not found[0].is_blank else None


def _compared(name: str, funds: Sequence[FormFund], cell: Printed) -> Compared:
    sides = (total_of(map(amount_of, funds)), cell.amount)
    note = f"绩效表 = 《{cell.table.name}》{cell.value.header}"
    band = envelope(funds[0], funds[1:]) + cell.half
    return _held(verdict(sides, (*(fund.cell for fund in funds), cell.value.cell), note, name, band), cell)


def _held(check: Check, cell: Printed) -> Compared:
    """The check as one over the document; what differs accuses nobody. Its id ends with its rule."""
    status = "not_applicable" if check.status == "fail" else check.status
    held = msgspec.structs.replace(check, rule=check.id.rpartition(":")[2], scope="document", status=status)
    return Compared(held, cell)
