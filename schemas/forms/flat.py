"""Lists that are forms laid flat: one row, or one merged block of rows, per project, its indicators beside it.

The header row names the project, its money, its goal and the indicator columns at once. Cells of the project are
merged over its indicators, or left blank on the rows after the first and over a page break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Cell
from schemas.columns import LogicalColumn
from schemas.forms.anatomy import Head, Slot
from schemas.forms.build import factor_of, form_unit
from schemas.forms.draft import Draft
from schemas.forms.funds import Fund
from schemas.forms.packed import indicators_of
from schemas.forms.pairs import found_at
from schemas.forms.rows import read_indicator
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.kind import ValueType
from schemas.shapes.context import cell_id, one_line
from schemas.shapes.values import UNIT_NAMES, read_value
from schemas.tables import SeenTable
from schemas.text import fold

_TOTALS = frozenset({"合计", "总计", "小计"})


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a list by what they hold; ``packed`` holds all indicators as prose."""

    project: LogicalColumn
    heads: tuple[tuple[LogicalColumn, Term], ...]
    funds: tuple[tuple[LogicalColumn, Term], ...]
    goals: tuple[tuple[LogicalColumn, Term], ...]
    indicators: Head
    packed: LogicalColumn | None

    def of_project(self) -> list[LogicalColumn]:
        """The columns whose cells belong to a whole project."""
        return [self.project, *(column for column, _ in (*self.heads, *self.funds, *self.goals))]


def read_list(seen: SeenTable) -> list[Draft]:
    """The projects of a list, each as a form; empty when the grid is none, or a table without goals and indicators."""
    columns = _columns(seen)
    if columns is None:
        return []
    return [draft for draft in _drafts(seen, columns) if draft.indicators or draft.goals]


def _columns(seen: SeenTable) -> _Columns | None:
    found: dict[Block, list[tuple[LogicalColumn, Term]]] = defaultdict(list)
    packed = None
    for column in seen.columns:
        block, term = _meaning(column)
        if block is not None and term is not None:
            found[block].append((column, term))
        if column.labels and fold(column.labels[-1]) in ("绩效指标", "年度绩效指标"):
            packed = column
    project = next((column for column, term in found["header"] if term.id == "project_name"), None)
    ids = {term.id for _, term in found["indicators"]}
    rows = "level3" in ids and "target" in ids
    if project is None or not (rows or packed is not None or found["goals"]):
        return None
    head = Head(-1, tuple(Slot(c.indices[0], c.indices[-1], t) for c, t in found["indicators"]), ())
    heads = tuple((column, term) for column, term in found["header"] if column is not project)
    return _Columns(project, heads, tuple(found["fund_rows"]), tuple(found["goals"]), head, None if rows else packed)


def _meaning(column: LogicalColumn) -> tuple[Block | None, Term | None]:
    if not column.labels:
        return None, None
    blocks: tuple[Block, ...] = ("header", "goals", "indicators", "fund_rows")
    for block in blocks:
        if (term := vocabulary().find(block, column.labels[-1])) is not None:
            return block, term
    label = fold(column.labels[-1])
    if ("项目" in label and ("总额" in label or "金额" in label)) or label.startswith(("预算数", "预算金额", "资金")):
        return "fund_rows", Term("total", "money")
    return ("header", Term("project_name", "text")) if label == "项目" else (None, None)


def _drafts(seen: SeenTable, columns: _Columns) -> Iterator[Draft]:
    draft: Draft | None = None
    owners: dict[int, Cell] = {}
    for body in seen.frame.body:
        cells = {column.index: seen.frame.lattice.cover[body.index][column.index] for column in columns.of_project()}
        if draft is None or _begins(cells, body.index):
            if draft is not None:
                yield draft
            draft = _new(seen, columns, cells, owners.get(columns.project.index), body.index)
            owners |= {index: cell for index, cell in cells.items() if cell.text.strip()}
        _add_indicators(draft, seen, columns, body.index)
    if draft is not None:
        yield draft


def _begins(cells: dict[int, Cell], row: int) -> bool:
    """Whether a project begins in this row: one of its cells prints something and begins here."""
    return any(cell.row == row and cell.text.strip() for cell in cells.values())


def _new(seen: SeenTable, columns: _Columns, cells: dict[int, Cell], before: Cell | None, row: int) -> Draft:
    """A form for the project that begins in this row. A merged name stands for every block beside it."""
    draft = Draft([seen], columns=frozenset(slot.term.id for slot in columns.indicators.slots), listed=True)
    name = cells[columns.project.index]
    if not name.text.strip() and before is not None:
        name = before
    label = seen.frame.lattice.cover[seen.frame.header[0]][columns.project.index]
    draft.header.append(found_at(Term("project_name", "text"), label, name, seen.id))
    for column, term in columns.heads:
        draft.take(draft.header, found_at(term, _label(seen, column), cells[column.index], seen.id))
    for column, term in columns.goals:
        if cells[column.index].text.strip():
            draft.take(draft.goals, found_at(term, _label(seen, column), cells[column.index], seen.id))
    draft.unit = form_unit(seen, range(seen.frame.header[0], seen.frame.header[-1] + 1))
    for column, term in columns.funds:
        fund = _fund(cells[column.index], column, term, factor_of(draft.unit))
        if fund is not None and cells[column.index].row == row:
            draft.funds.append((seen.id, fund))
    return draft


def _label(seen: SeenTable, column: LogicalColumn) -> Cell:
    return seen.frame.lattice.cover[seen.frame.header[-1]][column.index]


def _fund(cell: Cell, column: LogicalColumn, row: Term, factor: int | None) -> Fund | None:
    if not cell.text.strip():
        return None
    own = column.unit.factor if column.unit is not None else factor
    reading = read_value(cell.text, ValueType.MONEY, own)
    label = one_line(column.labels[-1])
    return Fund(row.id, label, "initial_budget", column.header, cell, UNIT_NAMES[ValueType.MONEY], reading)


def _add_indicators(draft: Draft, seen: SeenTable, columns: _Columns, row: int) -> None:
    lattice = seen.frame.lattice
    if columns.packed is not None:
        cell = lattice.cover[row][columns.packed.index]
        if cell.row == row:
            draft.indicators += indicators_of(cell.text, cell.location.page, cell_id(seen.id, cell))
        return
    if not columns.indicators.slots:
        return
    indicator = read_indicator(draft, lattice, row, columns.indicators, seen.id)
    if indicator is not None and fold(draft.text_of("project_name") or "") not in _TOTALS:
        draft.indicators.append(indicator)
