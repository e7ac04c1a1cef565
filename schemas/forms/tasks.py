"""The tasks of the year that a department's form lists: 年度主要任务 with name, content, end and money of each.

Its columns of money may be split by source (总额, 财政拨款, 其他资金) or by phase (预算数, 执行数); its last row may
give their sum, which belongs to the fund block.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Cell
from schemas.forms.draft import Draft, Task
from schemas.forms.fundlabels import AMOUNT, Named
from schemas.forms.funds import Fund, make_fund
from schemas.forms.region import Region, factor_of
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.lattice import Lattice
from schemas.records import ValueStatus
from schemas.shapes.context import one_line
from schemas.text import fold

_TOTALS = frozenset({"金额合计", "合计", "总计", "小计"})
_TEXTS = ("name", "content", "expected", "actual")
_BLOCKS: tuple[Block, ...] = ("header", "goals")
_ELLIPSIS = frozenset("….·")
_TOTAL = Term("total", "money")


@dataclass(frozen=True, slots=True)
class _Money:
    """One column of money: whose it is, at which phase, and the labels that say so."""

    col: int
    row: str
    field: Term
    header: str
    labels: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TaskBlock:
    """The task table of a form: its header rows from ``first``, its rows from ``body`` up to ``last`` (not in it)."""

    first: int
    body: int
    last: int
    texts: dict[str, int]
    money: tuple[_Money, ...]

    @property
    def rows(self) -> frozenset[int]:
        """Every row of the block."""
        return frozenset(range(self.first, self.last))


def find_tasks(lattice: Lattice, rows: range) -> TaskBlock | None:
    """The task table among these rows; None when there is none."""
    for row in rows:
        texts = _text_columns(lattice, row)
        if "name" in texts and len(_labels(lattice, row)) >= 2:
            body = _closure(lattice, row)
            money = tuple(_money(lattice, row, body, texts))
            return TaskBlock(row, body, _end(lattice, body, rows.stop, texts["name"]), texts, money)
    return None


def _labels(lattice: Lattice, row: int) -> list[Cell]:
    return [cell for cell in lattice.printed(row) if vocabulary().find("tasks", cell.text)]


def _text_columns(lattice: Lattice, row: int) -> dict[str, int]:
    """Field -> grid column of the texts of a task, where a row heads a task table."""
    found: dict[str, int] = {}
    for cell in _labels(lattice, row):
        term = vocabulary().find("tasks", cell.text)
        if term is not None and term.id in _TEXTS:
            found.setdefault(term.id, cell.col)
    return found


def _closure(lattice: Lattice, row: int) -> int:
    """The row under the header: labels of the columns of money may stand in a second row of it."""
    spans = [cell.row_span for cell in _labels(lattice, row)]
    below = row + min(spans)
    while below < lattice.grid.n_rows and lattice.printed(below) and _all_labels(lattice, below):
        below += 1
    return below


def _all_labels(lattice: Lattice, row: int) -> bool:
    return all(
        vocabulary().find("fund_rows", cell.text) or vocabulary().find("fund_columns", cell.text)
        for cell in lattice.printed(row)
    )


def _money(lattice: Lattice, first: int, body: int, texts: dict[str, int]) -> list[_Money]:
    """The columns of money beside the texts: source and phase from the labels over them."""
    columns: list[_Money] = []
    for cell in lattice.across(body - 1):
        over = dict.fromkeys(lattice.cover[row][cell.col] for row in range(body - 1, first - 1, -1))
        labels = tuple(label for label in over if label.text.strip())
        beside = cell.col > texts["name"] and cell.col not in texts.values()
        if beside and (named := _named(labels)) is not None:
            row, field = named
            header = "/".join(one_line(label.text) for label in reversed(labels))
            columns.append(_Money(cell.col, row, field, header, labels))
    return columns


def _named(labels: tuple[Cell, ...]) -> tuple[str, Term] | None:
    known = vocabulary()
    source = next((term for cell in labels if (term := known.find("fund_rows", cell.text))), None)
    phase = next((term for cell in labels if (term := known.find("fund_columns", cell.text))), None)
    task = next((term for cell in labels if (term := known.find("tasks", cell.text))), None)
    if source is None and phase is None and (task is None or task.id != "amount"):
        return None
    is_plain = task is not None and task.id == "amount"
    return (source or _TOTAL).id, AMOUNT if phase is None or is_plain else phase


def _end(lattice: Lattice, body: int, stop: int, name: int) -> int:
    """The row after the last task: the next block begins with a text left of the names, or with a label among them."""
    for row in range(body, stop):
        first = next((cell for cell in lattice.printed(row) if cell.col <= name), None)
        if first is not None and fold(first.text) not in _TOTALS and (first.col < name or _begins_block(first.text)):
            return row
    return stop


def _begins_block(text: str) -> bool:
    known = vocabulary()
    return known.is_section(text) or any(known.find(block, text) is not None for block in _BLOCKS)


def read_tasks(draft: Draft, block: TaskBlock, region: Region, table: str) -> None:
    """Add the tasks of a block to the draft, and its row of sums to the funds."""
    for row in range(block.body, block.last):
        texts = {field: one_line(region.lattice.text(row, col)) for field, col in block.texts.items()}
        amounts = tuple(_amounts(block, region, row, texts.get("name", "")))
        label = next((fold(cell.text) for cell in region.lattice.across(row) if fold(cell.text) in _TOTALS), None)
        if label is not None:
            draft.funds += [(table, fund) for fund in amounts]
        elif any(set(text) - _ELLIPSIS for text in texts.values()):
            cells = tuple(cell for cell in region.lattice.across(row) if cell.row == row and cell.text.strip())
            draft.tasks.append(Task(texts, amounts, cells, table))


def _amounts(block: TaskBlock, region: Region, row: int, name: str) -> list[Fund]:
    units = [unit for unit in region.units() if unit.cell.row in block.rows]
    found = []
    for money in block.money:
        cell = region.lattice.cover[row][money.col]
        if cell.row != row or not cell.text.strip():
            continue
        named = Named(money.row, name, money.field, money.header, money.labels)
        fund = make_fund(named, cell, factor_of(region, cell, money.labels, units))
        if fund.reading.status is not ValueStatus.UNREADABLE:
            found.append(fund)
    return found
