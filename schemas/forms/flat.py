"""Lists that are forms laid flat: one row, or one merged block of rows, per project, its indicators beside it.

The header row names the project, its money, its goal and the indicator columns at once. Cells of the project are
merged over its indicators, repeated beside each of them, or left blank on the rows after the first and over a page
break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.model import Cell
from schemas.columns import LogicalColumn
from schemas.forms.anatomy import Head, Slot
from schemas.forms.cuts import ProjectColumns, Stretch, first_of, is_mended, projects_of, whole_text
from schemas.forms.draft import Draft
from schemas.forms.fundlabels import AMOUNT, Named
from schemas.forms.funds import Fund, make_fund
from schemas.forms.packed import indicators_of, is_packed_label
from schemas.forms.pairs import found_at
from schemas.forms.region import BlockUnit, Region
from schemas.forms.rows import read_indicator
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.records import ValueStatus
from schemas.seen import SeenTable
from schemas.shapes.context import cell_id
from schemas.text import fold

_TOTALS = frozenset({"合计", "总计", "小计"})
_PROJECT = Term("project_name", "text")
_TOTAL = Term("total", "money")


@dataclass(frozen=True, slots=True)
class _Money:
    """One column of money: whose it is, and at which phase."""

    column: LogicalColumn
    row: Term
    field: Term


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a list by what they hold; ``packed`` holds all indicators as prose."""

    project: LogicalColumn
    heads: tuple[tuple[LogicalColumn, Term], ...]
    funds: tuple[_Money, ...]
    goals: tuple[tuple[LogicalColumn, Term], ...]
    indicators: Head
    packed: LogicalColumn | None

    def of_project(self) -> ProjectColumns:
        """The columns whose cells belong to a whole project."""
        money = tuple(one.column for one in self.funds)
        texts = (column for column, _ in (*self.heads, *self.goals))
        return ProjectColumns(self.project, money, (self.project, *texts, *money))


def read_list(seen: SeenTable) -> list[Draft]:
    """The projects of a list, each as a form; empty when the grid is none, or a table without goals and indicators."""
    columns = _columns(seen)
    if columns is None:
        return []
    return [draft for draft in _drafts(seen, columns) if draft.indicators or draft.goals]


def _columns(seen: SeenTable) -> _Columns | None:
    found: dict[Block, list[tuple[LogicalColumn, Term]]] = defaultdict(list)
    for column in seen.columns:
        block, term = _meaning(column)
        if block is not None and term is not None:
            found[block].append((column, term))
    project = next((column for column, term in found["header"] if term.id == _PROJECT.id), None)
    ids = {term.id for _, term in found["indicators"]}
    in_rows = "level3" in ids and "target" in ids
    packed = None if in_rows else next((one for one in seen.columns if is_packed_label(_last(one))), None)
    if project is None or not (in_rows or packed is not None or found["goals"]):
        return None
    heads = tuple((column, term) for column, term in found["header"] if column is not project)
    funds = tuple(money for column in seen.columns if (money := _money(column)) is not None)
    return _Columns(project, heads, funds, tuple(found["goals"]), _head(found["indicators"]), packed)


def _last(column: LogicalColumn) -> str:
    return fold(column.labels[-1]) if column.labels else ""


def _head(columns: list[tuple[LogicalColumn, Term]]) -> Head:
    slots: dict[str, Slot] = {}
    others: list[Slot] = []
    for column, term in columns:
        slot = Slot(column.indices[0], column.indices[-1], term, column.labels[-1])
        if slots.setdefault(term.id, slot) is not slot:
            others.append(slot)
    return Head(-1, -1, tuple(slots.values()), tuple(others), ())


def _meaning(column: LogicalColumn) -> tuple[Block | None, Term | None]:
    if not column.labels:
        return None, None
    blocks: tuple[Block, ...] = ("header", "goals", "indicators")
    for block in blocks:
        if (term := vocabulary().find(block, column.labels[-1])) is not None:
            return block, term
    return ("header", _PROJECT) if _last(column) == "项目" else (None, None)


def _money(column: LogicalColumn) -> _Money | None:
    """What a column of money holds, by the labels over it: its source, its phase, or both."""
    if not column.labels or _meaning(column)[0] is not None:
        return None
    known = vocabulary()
    upwards = tuple(reversed(column.labels))
    source = next((term for label in upwards if (term := known.find("fund_rows", label))), None)
    phase = next((term for label in upwards if (term := known.find("fund_columns", label))), None)
    label = fold(column.labels[-1])
    if source is None and phase is None:
        is_money = ("项目" in label and ("总额" in label or "金额" in label)) or label.startswith("资金")
        return _Money(column, _TOTAL, AMOUNT) if is_money else None
    return _Money(column, source or _TOTAL, phase or AMOUNT)


def _drafts(seen: SeenTable, columns: _Columns) -> Iterator[Draft]:
    name: tuple[Cell, str] | None = None
    for group in projects_of(seen, columns.of_project()):
        name = whole_text(group, columns.project) or name
        draft = _new(seen, columns, group, name)
        for block in group:
            draft.fresh = True
            for row in block.rows:
                _add_indicators(draft, seen, columns, row)
        yield draft


def _new(seen: SeenTable, columns: _Columns, group: Sequence[Stretch], name: tuple[Cell, str] | None) -> Draft:
    """A form for the project of these stretches. A name printed once stands for every block beside it."""
    mended = any(is_mended(group, column) for column in columns.of_project().every)
    draft = Draft([seen], columns=set(columns.indicators.fields), listed=True, mended=mended)
    cell, text = name or (group[0].cells[columns.project.index], "")
    draft.header.append(replace(found_at(_PROJECT, _label(seen, columns.project), cell, seen.id), text=text))
    for column, term in columns.heads:
        cell, text = whole_text(group, column) or (first_of(group, column), "")
        draft.take(draft.header, replace(found_at(term, _label(seen, column), cell, seen.id), text=text))
    for column, term in columns.goals:
        if (whole := whole_text(group, column)) is not None:
            found = found_at(term, _label(seen, column), whole[0], seen.id)
            draft.take(draft.goals, replace(found, text=whole[1]))
    _add_funds(draft, seen, columns, group)
    return draft


def _label(seen: SeenTable, column: LogicalColumn) -> Cell:
    """The lowest label over a column."""
    over = [seen.frame.lattice.cover[row][column.index] for row in reversed(seen.frame.header)]
    return next((cell for cell in over if cell.text.strip()), over[0])


def _add_funds(draft: Draft, seen: SeenTable, columns: _Columns, group: Sequence[Stretch]) -> None:
    header = seen.frame.header
    caption = None if seen.caption.unit is None else seen.caption.unit.unit.factor
    units = Region(seen.frame.lattice, header[0], header[-1] + 1, None).units()
    draft.unit = next(iter(units), None)
    rows = {row for block in group for row in block.rows}
    for money in columns.funds:
        cell = first_of(group, money.column)
        fund = _fund(seen, money, cell, _factor(money.column, units, caption))
        if cell.row in rows and cell.text.strip() and fund.reading.status is not ValueStatus.UNREADABLE:
            draft.funds.append((seen.id, fund))


def _factor(column: LogicalColumn, units: list[BlockUnit], caption: int | None) -> int | None:
    """Yuan per unit of a column: its own, else the one that the header agrees on, else the caption's."""
    if column.unit is not None:
        return column.unit.factor
    factors = {unit.word.factor for unit in units}
    return caption if not factors else factors.pop() if len(factors) == 1 else None


def _fund(seen: SeenTable, money: _Money, cell: Cell, factor: int | None) -> Fund:
    label = _label(seen, money.column)
    return make_fund(Named(money.row.id, label.text, money.field, money.column.header, (label,)), cell, factor)


def _add_indicators(draft: Draft, seen: SeenTable, columns: _Columns, row: int) -> None:
    lattice = seen.frame.lattice
    if columns.packed is not None:
        cell = lattice.cover[row][columns.packed.index]
        if cell.row == row:
            draft.indicators += indicators_of(cell.text, cell.location.page, cell_id(seen.id, cell))
    elif columns.indicators.slots and fold(draft.text_of(_PROJECT.id) or "") not in _TOTALS:
        read_indicator(draft, lattice, row, columns.indicators, seen.id)
