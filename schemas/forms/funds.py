"""The fund block of a form, however it is turned: a matrix of rows and phases, pairs of label and value, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.model import Cell
from schemas.forms.anatomy import left_of
from schemas.forms.fundlabels import (
    AMOUNT,
    LONGEST,
    Named,
    has_digit,
    is_text,
    is_value,
    name_inline,
    name_remark,
    name_value,
)
from schemas.forms.region import BlockUnit, Region, factor_of
from schemas.forms.vocabulary import vocabulary
from schemas.kind import ValueType
from schemas.lattice import is_numeric
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


def read_funds(region: Region) -> list[Fund]:
    """Every value of the fund block, in printed order."""
    units = region.units()
    found = [
        fund for cell in region.cells() for fund in (*_crossing(region, cell, units), *_inline(region, cell, units))
    ]
    found += list(_unnamed(region, found, units))
    return sorted(found, key=lambda fund: (fund.cell.row, fund.cell.col))


def make_fund(named: Named, cell: Cell, factor: int | None) -> Fund:
    """The value of a cell under the name that its labels give it."""
    value_type = _TYPES.get(named.field.type, ValueType.MONEY)
    reading = read_value(_BRACKETED_UNIT.sub(r"\1", cell.text), value_type, factor)
    label, header = one_line(named.label), one_line(named.header)
    return Fund(named.row, label, named.field.id, header, cell, UNIT_NAMES[value_type], reading)


def _crossing(region: Region, cell: Cell, units: list[BlockUnit]) -> Iterator[Fund]:
    """The value that a cell holds, named by the labels around it."""
    text = cell.text.strip()
    if not text or vocabulary().is_label(text):
        return
    if len(text) >= LONGEST or not is_value(text):
        remark = name_remark(region, cell)
        if remark is not None:
            yield make_fund(remark, cell, None)
        return
    named = name_value(region, cell)
    if named is None or (not has_digit(text) and not (named.header or named.row)):
        return
    fund = make_fund(named, cell, factor_of(region, cell, named.labels, units))
    if fund.reading.status is not ValueStatus.UNREADABLE or is_numeric(text):
        yield fund  # otherwise a text beside a label of the block, not an amount


def _inline(region: Region, cell: Cell, units: list[BlockUnit]) -> Iterator[Fund]:
    """Amounts that stand behind their label in its own cell: 预算数：60万, 其中：基本支出：120.5."""
    if ":" not in cell.text and "：" not in cell.text:
        return
    for match in _INLINE.finditer(cell.text):
        named = name_inline(match["label"], cell)
        if named is not None:
            amount = replace(cell, text=match["amount"].strip())
            yield make_fund(named, amount, factor_of(region, cell, named.labels, units))


def _unnamed(region: Region, found: list[Fund], units: list[BlockUnit]) -> Iterator[Fund]:
    """Amounts beside a label that the vocabulary lacks, in rows that the label of the block covers like the others: a
    sum over the block must not be held without them."""
    sides = {id(side) for fund in found if (side := _side(region, fund.cell)) is not None}
    read = {(fund.cell.row, fund.cell.col) for fund in found}
    for cell in region.cells():
        label = next(left_of(region.lattice, cell), None)
        is_new = (cell.row, cell.col) not in read and is_numeric(cell.text) and id(_side(region, cell)) in sides
        if is_new and label is not None and label.row == cell.row and _is_name(label.text):
            yield make_fund(Named(None, label.text, AMOUNT, "", ()), cell, factor_of(region, cell, (), units))


def _is_name(text: str) -> bool:
    return bool(text.strip()) and is_text(text) and not vocabulary().is_label(text)


def _side(region: Region, cell: Cell) -> Cell | None:
    """The label of the block left of a cell: a text merged over several rows."""
    first = region.lattice.cover[cell.row][0]
    return first if first.row_span > 1 and first.text.strip() and first is not cell else None
