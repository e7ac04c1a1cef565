"""What the labels around a value of the fund block say: whose money it is, and at which phase of the year.

Each value is named by the labels beside it and above it; where the block stands on the page decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from extractors.model import Cell
from schemas.forms.anatomy import above, left_of, right_of
from schemas.forms.region import Region
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.kind import ValueType
from schemas.lattice import is_numeric
from schemas.records import ValueStatus
from schemas.shapes.context import one_line
from schemas.shapes.values import read_value

AMOUNT = Term("amount", "money")  # an amount whose label names no phase
PERIOD = Term("period_amount", "money")  # one for all years of a project, beside that of the year
LONGEST = 24  # characters of an amount with its unit; a longer text is no amount
_TOTAL = "total"
_PERIOD_TOTAL = "period_total"


class Named(NamedTuple):
    """What the labels around a value say: its row, that row's label, its phase, the phase as printed, its labels."""

    row: str | None
    label: str
    field: Term
    header: str
    labels: tuple[Cell, ...]


def name_value(region: Region, cell: Cell) -> Named | None:
    """The name of an amount, rate or score, or of a dash in the place of one; None when no label names it."""
    return _beside(region, cell) or _crossed(region, cell)


def name_remark(region: Region, cell: Cell) -> Named | None:
    """The name of a text under a column of texts (原因) beside a fund row."""
    row_cell = _row_label(region, cell)
    row = None if row_cell is None else vocabulary().find("fund_rows", row_cell.text)
    labels = (other for other in above(region.lattice, cell, region.first))
    found = ((other, vocabulary().find("fund_columns", other.text)) for other in labels)
    label, column = next(((other, term) for other, term in found if term is not None), (None, None))
    if row_cell is None or row is None or label is None or column is None or column.type != "text":
        return None
    return Named(row.id, row_cell.text, column, label.text, (label, row_cell))


def name_inline(label: str, cell: Cell) -> Named | None:
    """The name of an amount that stands behind its label in the same cell."""
    label = one_line(label)
    row = vocabulary().find("fund_rows", label)
    if row is not None:
        return Named(row.id, label, _own_field(row), "", (cell,))
    column = vocabulary().find("fund_columns", label)
    return None if column is None else Named(_TOTAL, label, column, label, (cell,))


def is_value(text: str) -> bool:
    """A number, or a dash that says that there is none."""
    status = read_value(text, ValueType.MONEY, None).status
    return has_digit(text) or status in (ValueStatus.NOT_APPLICABLE, ValueStatus.PLACEHOLDER)


def has_digit(text: str) -> bool:
    """Whether a text prints any digit."""
    return any(char.isdigit() for char in text)


def is_text(text: str) -> bool:
    """Whether a cell holds words: no number, and no dash."""
    return not is_numeric(text) and not (len(text) < LONGEST and is_value(text) and not has_digit(text))


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
    column = _column_term(region, cell)
    if column is None and row_cell is not None and right_of(region.lattice, row_cell) is cell:
        column = _column_term(region, row_cell)
    if column is not None:
        term, label = column
        if row_cell is None:
            return Named(_TOTAL, "", term, label.text, (label,))
        return Named(row.id if row else None, row_cell.text, term, label.text, (label, row_cell))
    if row is not None and row_cell is not None:
        return _pair(region, row, row_cell) if _adjoins(region, row_cell, cell) else None
    return _turned(region, cell)


def _adjoins(region: Region, label: Cell, cell: Cell) -> bool:
    """Whether nothing is printed between a label and a value."""
    between = takewhile(lambda other: other is not label, left_of(region.lattice, cell))
    return not any(other.text.strip() for other in between)


def _pair(region: Region, row: Term, label: Cell) -> Named:
    """A row label with its amount beside it. Amounts under 中期资金总额 are those of all years."""
    if row.id == _PERIOD_TOTAL:
        return Named(_TOTAL, label.text, PERIOD, "", (label,))
    rows = (vocabulary().find("fund_rows", other.text) for other in above(region.lattice, label, region.first))
    over = next((term for term in rows if term is not None and term.id in (_TOTAL, _PERIOD_TOTAL)), None)
    of_period = over is not None and over.id == _PERIOD_TOTAL and row.id != _TOTAL and not row.own_field
    return Named(row.id, label.text, PERIOD if of_period else _own_field(row), "", (label,))


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
        if text and other.row == cell.row and is_text(text):
            if vocabulary().find("fund_rows", text):
                return other
            if not vocabulary().find("fund_columns", text) and not vocabulary().is_section(text):
                return other
    return None


def _column_term(region: Region, cell: Cell) -> tuple[Term, Cell] | None:
    """The phase above a cell, and its label; 小计 under 预算安排 is looked up with the group over it."""
    labels = [other for other in above(region.lattice, cell, region.first) if other.text.strip()]
    for at, label in enumerate(labels):
        group = labels[at + 1].text if at + 1 < len(labels) else ""
        joined = vocabulary().find("fund_columns", f"{one_line(group)}/{one_line(label.text)}") if group else None
        if (term := joined or vocabulary().find("fund_columns", label.text)) is not None:
            return term, label
        if is_text(label.text) and not _belongs_to_funds(label.text):
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
    rows = list(_rows_of(labels))
    if not rows:
        return None
    path = "/".join(one_line(label.text) for label in reversed(labels) if not vocabulary().is_section(label.text))
    row = rows[0] if len(rows) == 1 else rows[-1] if rows[0].id == _TOTAL else None
    if row is not None and row.id == _PERIOD_TOTAL:
        return Named(_TOTAL, path, PERIOD, path, tuple(labels))
    return Named(None if row is None else row.id, path, AMOUNT, path, tuple(labels))


def _rows_of(labels: list[Cell]) -> Iterator[Term]:
    return (term for label in labels if (term := vocabulary().find("fund_rows", label.text)) is not None)


def _own_field(row: Term) -> Term:
    return Term(row.id, "money") if row.own_field else AMOUNT
