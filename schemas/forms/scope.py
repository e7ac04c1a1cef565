"""Performance forms held against the tables of the same document.

A form may count other money than a table: selected projects, an adjusted budget, money of an upper level. So a sum that
agrees proves the form, and one that does not is told and accuses nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from extractors.model import Document
from schemas.checks.refs import parse_ref
from schemas.checks.rounding import ZERO
from schemas.findings import finding
from schemas.forms.arithmetic import amount_of, envelope, total_of, verdict
from schemas.kind import BESIDE, Catalogue, CheckRule
from schemas.narrative.cells import Cells, Printed
from schemas.narrative.summary import items_of
from schemas.result import Check, Finding, Form, FormFund

_PROJECTS = frozenset({"pf_project_self_evaluation", "pf_project_target_completion"})
_EVERY_PROJECT = re.compile(r"(?:所有|全部)(?:一级|二级)?项目(?:支出)?(?:的)?绩效自评(?:结果|情况|表)")
_SPENT = "fa_income_expenditure_summary[expenditure.total_current].expenditure_amount"
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


def compare(document: Document, forms: Sequence[Form], cells: Cells, catalogue: Catalogue) -> list[Compared]:
    """Every form that a table repeats, and the projects together where the text says that all of them are there."""
    return [*_repeated(forms, cells, catalogue), *_projects(document, forms, cells), *_base_data(cells)]


def _repeated(forms: Sequence[Form], cells: Cells, catalogue: Catalogue) -> Iterator[Compared]:
    """What the rules of a kind hold beside it, where the document has one form of the kind."""
    counts = Counter(form.kind for form in forms)
    for number, form in enumerate(forms, 1):
        rules = catalogue.kind(form.kind).checks if form.kind is not None and counts[form.kind] == 1 else ()
        for rule in rules:
            row, _, field = rule.lhs.partition(".")
            fund = _fund(form, row, field) if rule.axis == BESIDE else None
            printed = _printed(cells, rule) if fund is not None else []
            if fund is not None and printed:
                yield _compared(f"f{number:02d}:{rule.id}", [fund], printed)


def _printed(cells: Cells, rule: CheckRule) -> list[Printed]:
    """The cells that the terms of a rule name, of one table: one cell, or several rows of a list without its total."""
    refs = [parse_ref(term) for term in rule.terms]
    rows = [one for ref in refs if ref.sums_rows for one in items_of(cells, ref)]
    if rows:
        return rows if len(rows) > 1 and len({one.table.id for one in rows}) == 1 else []
    return [cell for ref in refs if not ref.sums_rows and (cell := _only(cells, f"{ref.kind}[{ref.row}].{ref.column}"))]


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
    found = [
        _compared("X.perf", funds, [cell]) for ref in _SPENT_ON_PROJECTS if (cell := _only(cells, ref)) is not None
    ]
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


def _compared(name: str, funds: Sequence[FormFund], printed: Sequence[Printed]) -> Compared:
    """Forms against the sum of some cells of a table."""
    sides = (total_of(map(amount_of, funds)), sum((one.amount for one in printed), ZERO))
    sum_of = f"各行{printed[0].value.header}之和" if len(printed) > 1 else printed[0].value.header
    band = envelope(funds[0], funds[1:]) + sum((one.half for one in printed), ZERO)
    held_cells = (*(fund.cell for fund in funds), *(one.value.cell for one in printed))
    return _held(verdict(sides, held_cells, f"绩效表 = 《{printed[0].table.name}》{sum_of}", name, band), printed[0])


def _held(check: Check, cell: Printed) -> Compared:
    """The check as one over the document; what differs accuses nobody. Its id ends with its rule."""
    status = "not_applicable" if check.status == "fail" else check.status
    held = msgspec.structs.replace(check, rule=check.id.rpartition(":")[2], scope="document", status=status)
    return Compared(held, cell)
