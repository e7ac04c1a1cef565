"""The fund block of a form, however it is turned: a matrix of rows and phases, pairs of label and value, or both mixed.

Each value is named by the labels beside it and above it; where the block stands on the page decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from extractors.model import Cell
from schemas.amounts import UnitWord, find_unit
from schemas.forms.anatomy import above, left_of
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.kind import ValueType
from schemas.lattice import Lattice, is_numeric
from schemas.records import ValueStatus
from schemas.shapes.context import one_line
from schemas.shapes.values import UNIT_NAMES, ReadValue, read_value

_TYPES = {
    "money": ValueType.MONEY,
    "percent": ValueType.PERCENT,
    "score": ValueType.SCORE,
    "text": ValueType.TEXT,
}
_BRACKETED_UNIT = re.compile(r"[(（]\s*(亿元|万元|元)\s*[)）]\s*$")  # 126.18（万元）
_INLINE = re.compile(
    r"(?P<label>[^\d:：;；,，。]{2,24})[:：]\s*(?P<amount>\d[\d,]*(?:\.\s?\d+)?\s*(?:亿元|万元|万|元|%)?)(?=\s|[;；,，。]|$)"
)
_TOTAL = "total"
_LONGEST = 24  # characters of an amount with its unit; a longer text is no amount
_LABEL_LENGTH = 40
AMOUNT = Term("amount", "money")  # an amount whose label names no phase


@dataclass(frozen=True, slots=True)
class Fund:
    """One value of the fund block. ``row`` is None for a row label that the vocabulary lacks."""

    row: str | None
    label: str
    field: str
    header: str
    cell: Cell
    unit: str
    reading: ReadValue


@dataclass(frozen=True, slots=True)
class BlockUnit:
    """A unit of money, and the cell whose label prints it."""

    word: UnitWord
    cell: Cell


@dataclass(frozen=True, slots=True)
class Region:
    """The rows of a grid in which fund values may stand, ``last`` being the row after them; ``skip`` belong to another
    block. ``factor``: yuan per unit of the caption, None when it prints none."""

    lattice: Lattice
    first: int
    last: int
    factor: int | None
    skip: frozenset[int] = frozenset()

    def rows(self) -> Iterator[int]:
        """The rows in which fund values may stand."""
        return (row for row in range(self.first, self.last) if row not in self.skip)

    def units(self) -> list[BlockUnit]:
        """The units that its labels print (项目资金（万元）)."""
        cells = (cell for row in range(self.first, self.last) for cell in self.lattice.printed(row))
        labels = (cell for cell in cells if len(cell.text) < _LABEL_LENGTH and not is_numeric(cell.text))
        return [BlockUnit(unit, cell) for cell in labels if (unit := find_unit(one_line(cell.text))) is not None]


def read_funds(region: Region) -> list[Fund]:
    """Every value of the fund block, in printed order."""
    units = region.units()
    return [
        fund
        for row in region.rows()
        for cell in region.lattice.starting[row]
        for fund in (*_crossing(region, cell, units), *_inline(region, cell, units))
    ]


class Named(NamedTuple):
    """What the labels around a value say: its row, that row's label, its phase, the phase as printed, its labels."""

    row: str | None
    label: str
    field: Term
    header: str
    labels: tuple[Cell, ...]


def _crossing(region: Region, cell: Cell, units: list[BlockUnit]) -> Iterator[Fund]:
    """The value that a cell holds, named by the labels around it."""
    if not _may_hold_value(cell):
        return
    named = _beside(region, cell) or _crossed(region, cell)
    if named is None or (not _has_digit(cell.text) and not named.header):
        return
    fund = make_fund(named, cell, factor_of(region, cell, named.labels, units))
    if fund.reading.status is not ValueStatus.UNREADABLE or is_numeric(cell.text):
        yield fund  # otherwise a text beside a label of the block, not an amount


def make_fund(named: Named, cell: Cell, factor: int | None) -> Fund:
    """The value of a cell under the name that its labels give it."""
    value_type = _TYPES.get(named.field.type, ValueType.MONEY)
    reading = read_value(_BRACKETED_UNIT.sub(r"\1", cell.text), value_type, factor)
    label, header = one_line(named.label), one_line(named.header)
    return Fund(named.row, label, named.field.id, header, cell, UNIT_NAMES[value_type], reading)


def factor_of(region: Region, cell: Cell, labels: tuple[Cell, ...], units: list[BlockUnit]) -> int | None:
    """Yuan per unit of a value: of its own labels, else of the label over its block, else of the block, else of the
    caption. None where labels of the block disagree and none of them is the value's own."""
    own = [unit for unit in units if unit.cell in labels]
    over = [unit for unit in units if unit.cell.row <= cell.row < unit.cell.row + unit.cell.row_span]
    for near in (own, over, units):
        factors = {unit.word.factor for unit in near}
        if factors:
            return factors.pop() if len(factors) == 1 else None
    return region.factor


def _may_hold_value(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(text) and len(text) < _LONGEST and not vocabulary().is_label(text) and _is_value(text)


def _is_value(text: str) -> bool:
    """A number, or a dash that says that there is none."""
    status = read_value(text, ValueType.MONEY, None).status
    return _has_digit(text) or status in (ValueStatus.NOT_APPLICABLE, ValueStatus.PLACEHOLDER)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _beside(region: Region, cell: Cell) -> Named | None:
    """A phase printed directly left of its value: 预算数: | 60万."""
    neighbour = next(left_of(region.lattice, cell), None)
    if neighbour is None or neighbour.row != cell.row:
        return None
    term = vocabulary().find("fund_columns", neighbour.text)
    if term is None or _heads_a_column(region, neighbour):
        return None
    return Named(_TOTAL, neighbour.text, term, neighbour.text, (neighbour,))


def _heads_a_column(region: Region, label: Cell) -> bool:
    below = label.row + label.row_span
    return below < region.last and is_numeric(region.lattice.text(below, label.col))


def _crossed(region: Region, cell: Cell) -> Named | None:
    """A value at the crossing of a row label and a column label; either may be missing."""
    row_cell = _row_label(region, cell)
    if row_cell is not None and _names_no_fund(row_cell):
        return None
    row = vocabulary().find("fund_rows", row_cell.text) if row_cell is not None else None
    column = _column_term(region, cell) or (None if row_cell is None else _column_term(region, row_cell))
    if column is not None:
        term, label = column
        if row_cell is None:
            return Named(_TOTAL, "", term, label.text, (label,))
        return Named(row.id if row else None, row_cell.text, term, label.text, (label, row_cell))
    if row is not None and row_cell is not None:
        return Named(row.id, row_cell.text, _own_field(row), "", (row_cell,))
    return _turned(region, cell)


def _names_no_fund(label: Cell) -> bool:
    """Whether a label names something else than money: a telephone number may stand under the column of amounts."""
    known = vocabulary()
    return known.find("fund_rows", label.text) is None and any(
        known.find(block, label.text) is not None for block in ("header", "goals")
    )


def _row_label(region: Region, cell: Cell) -> Cell | None:
    """The nearest text left of a value that begins in its row and is no phase."""
    for other in left_of(region.lattice, cell):
        text = other.text.strip()
        if text and other.row == cell.row and _is_text(text):
            if vocabulary().find("fund_rows", text):
                return other
            if not vocabulary().find("fund_columns", text) and not vocabulary().is_section(text):
                return other
    return None


def _is_text(text: str) -> bool:
    return not is_numeric(text) and not (len(text) < _LONGEST and _is_value(text) and not _has_digit(text))


def _column_term(region: Region, cell: Cell) -> tuple[Term, Cell] | None:
    """The phase above a cell, and its label; 小计 under 预算安排 is looked up with the group over it."""
    labels = [other for other in above(region.lattice, cell, region.first) if other.text.strip()]
    for at, label in enumerate(labels):
        group = labels[at + 1].text if at + 1 < len(labels) else ""
        joined = vocabulary().find("fund_columns", f"{one_line(group)}/{one_line(label.text)}") if group else None
        if (term := joined or vocabulary().find("fund_columns", label.text)) is not None:
            return term, label
        if _is_text(label.text) and not _belongs_to_funds(label.text):
            return None
    return None


def _belongs_to_funds(text: str) -> bool:
    """Whether a label is of the block; 总体完成率 over a goal ends it, whatever phase stands further up."""
    known = vocabulary()
    blocks: tuple[Block, ...] = ("fund_rows", "fund_columns")
    return known.is_section(text) or any(known.find(block, text) for block in blocks)


def _turned(region: Region, cell: Cell) -> Named | None:
    """Sources of money across, one row of values: the label above is the row."""
    printed = (other for other in above(region.lattice, cell, region.first) if other.text.strip())
    labels = list(takewhile(lambda other: vocabulary().is_label(other.text), printed))
    rows = [(label, term) for label in labels if (term := vocabulary().find("fund_rows", label.text))]
    if not rows:
        return None
    path = "/".join(one_line(label.text) for label in reversed(labels) if not vocabulary().is_section(label.text))
    row = rows[0][1] if len(rows) == 1 else rows[-1][1] if rows[0][1].id == _TOTAL else None
    return Named(None if row is None else row.id, path, AMOUNT, path, tuple(labels))


def _own_field(row: Term) -> Term:
    return Term(row.id, "money") if row.own_field else AMOUNT


def _inline(region: Region, cell: Cell, units: list[BlockUnit]) -> Iterator[Fund]:
    """Amounts that stand behind their label in its own cell: 预算数：60万, 其中：基本支出：120.5."""
    if ":" not in cell.text and "：" not in cell.text:
        return
    for match in _INLINE.finditer(cell.text):
        named = _named_inline(match["label"], cell)
        if named is None:
            continue
        amount = match["amount"].strip()
        yield make_fund(named, replace(cell, text=amount), factor_of(region, cell, named.labels, units))


def _named_inline(label: str, cell: Cell) -> Named | None:
    label = one_line(label)
    row = vocabulary().find("fund_rows", label)
    if row is not None:
        return Named(row.id, label, _own_field(row), "", (cell,))
    column = vocabulary().find("fund_columns", label)
    return None if column is None else Named(_TOTAL, label, column, label, (cell,))
