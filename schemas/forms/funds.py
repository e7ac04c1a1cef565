"""The fund block of a form, however it is turned: a matrix of rows and phases, pairs of label and value, or both mixed.

Each value is named by the labels beside it and above it; where the block stands on the page decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from extractors.model import Cell
from schemas.forms.anatomy import above, left_of
from schemas.forms.vocabulary import Term, vocabulary
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
_TOTAL = "total"


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
class Region:
    """The rows of a grid in which fund values may stand."""

    lattice: Lattice
    first: int
    last: int  # the row after the last

    def labels(self) -> bool:
        """Whether any cell names a fund row or a phase."""
        return any(
            vocabulary().find(block, cell.text)
            for row in range(self.first, self.last)
            for cell in self.lattice.printed(row)
            for block in ("fund_rows", "fund_columns")
        )


def read_funds(region: Region, amount_field: str, factor: int | None) -> list[Fund]:
    """Every value of the fund block, in printed order. ``amount_field``: the phase of amounts that print none."""
    return [
        fund
        for row in range(region.first, region.last)
        for cell in region.lattice.starting[row]
        if (fund := _fund(region, cell, amount_field, factor)) is not None
    ]


class Named(NamedTuple):
    """What the labels around a value say: its row, that row's label, its phase, and the phase as printed."""

    row: str | None
    label: str
    field: Term
    header: str


def _fund(region: Region, cell: Cell, amount_field: str, factor: int | None) -> Fund | None:
    if not _may_hold_value(cell):
        return None
    named = _beside(region, cell) or _crossed(region, cell, amount_field)
    if named is None:
        return None
    row, label, field, header = named
    value_type = _TYPES.get(field.type, ValueType.MONEY)
    reading = read_value(_BRACKETED_UNIT.sub(r"\1", cell.text), value_type, factor)
    if reading.status is ValueStatus.UNREADABLE and not is_numeric(cell.text):
        return None  # a text beside a label of the block, not an amount
    return Fund(row, one_line(label), field.id, one_line(header), cell, UNIT_NAMES[value_type], reading)


def _may_hold_value(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(text) and not vocabulary().is_label(text) and any(char.isdigit() for char in text) and len(text) < 24


def _beside(region: Region, cell: Cell) -> Named | None:
    """A phase printed directly left of its value: 预算数: | 60万."""
    neighbour = next(left_of(region.lattice, cell), None)
    if neighbour is None or neighbour.row != cell.row:
        return None
    term = vocabulary().find("fund_columns", neighbour.text)
    if term is None or _heads_a_column(region, neighbour):
        return None
    return Named(_TOTAL, neighbour.text, term, neighbour.text)


def _heads_a_column(region: Region, label: Cell) -> bool:
    below = label.row + label.row_span
    return below < region.last and is_numeric(region.lattice.text(below, label.col))


def _crossed(region: Region, cell: Cell, amount_field: str) -> Named | None:
    """A value at the crossing of a row label and a column label; either may be missing."""
    row_cell = _row_label(region, cell)
    row = vocabulary().find("fund_rows", row_cell.text) if row_cell is not None else None
    column = _column_term(region, cell) or (None if row_cell is None else _column_term(region, row_cell))
    if column is not None:
        term, header = column
        if row_cell is None:
            return Named(_TOTAL, "", term, header)
        return Named(row.id if row else None, row_cell.text, term, header)
    if row is not None and row_cell is not None:
        return Named(row.id, row_cell.text, _own_field(row, amount_field), "")
    return _turned(region, cell, amount_field)


def _row_label(region: Region, cell: Cell) -> Cell | None:
    """The nearest text left of a value that begins in its row and is no phase."""
    for other in left_of(region.lattice, cell):
        text = other.text.strip()
        if text and other.row == cell.row and not is_numeric(text):
            if vocabulary().find("fund_rows", text):
                return other
            if not vocabulary().find("fund_columns", text) and not vocabulary().is_section(text):
                return other
    return None


def _column_term(region: Region, cell: Cell) -> tuple[Term, str] | None:
    """The phase above a cell, and its label as printed; 小计 under 预算安排 is looked up with the group over it."""
    labels = [other for other in above(region.lattice, cell, region.first) if other.text.strip()]
    for at, label in enumerate(labels):
        group = labels[at + 1].text if at + 1 < len(labels) else ""
        joined = vocabulary().find("fund_columns", f"{one_line(group)}/{one_line(label.text)}") if group else None
        if (term := joined or vocabulary().find("fund_columns", label.text)) is not None:
            return term, label.text
        if not is_numeric(label.text) and not _belongs_to_funds(label.text):
            return None
    return None


def _belongs_to_funds(text: str) -> bool:
    """Whether a label is of the block; 总体完成率 over a goal ends it, whatever phase stands further up."""
    terms = vocabulary()
    return terms.is_section(text) or any(terms.find(block, text) for block in ("fund_rows", "fund_columns"))


def _turned(region: Region, cell: Cell, amount_field: str) -> Named | None:
    """Sources of money across, one row of values: the label above is the row."""
    printed = (other for other in above(region.lattice, cell, region.first) if other.text.strip())
    labels = list(takewhile(lambda other: vocabulary().is_label(other.text), printed))
    rows = [(label, term) for label in labels if (term := vocabulary().find("fund_rows", label.text))]
    if not rows:
        return None
    path = "/".join(one_line(label.text) for label in reversed(labels) if not vocabulary().is_section(label.text))
    row = rows[0][1] if len(rows) == 1 else rows[-1][1] if rows[0][1].id == _TOTAL else None
    return Named(None if row is None else row.id, path, Term(amount_field, "money"), path)


def _own_field(row: Term, amount_field: str) -> Term:
    return Term(row.id if row.own_field else amount_field, "money")
