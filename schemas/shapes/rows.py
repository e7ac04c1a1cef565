"""Rows of a panel, one after the other: coded rows, named lines, projects, lists.

Each body row gives one Row and one Value for every matched value column. A row that prints nothing in this panel is
filler and gives neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Cell
from schemas.columns import panel_of_code, unit_in_brackets
from schemas.frame import BodyRow
from schemas.kind import LineItem, RowRole, Shape
from schemas.lattice import is_numeric
from schemas.lines import LineReader
from schemas.records import BodyRole, Row, Value
from schemas.shapes.classlines import ClassLines
from schemas.shapes.context import Context, MatchedColumn, MatchedPanel, cell_id
from schemas.shapes.keys import Carry, Keys, level_of, read_keys
from schemas.shapes.matrix import label_before
from schemas.shapes.values import UNIT_NAMES, UNREADABLE, read_value
from schemas.text import fold, strip_ordinal

_TOTAL = re.compile(r"(?:本年|年度)?(?:收入|支出|收支)?(?:合计|总计|共计)(?:数)?")
_YEAR_ROW = re.compile(r"((?:19|20)\d{2})年?(?:度)?(?:年初)?(?:预算|决算|执行)?数?")
_CROSSES = re.compile(r"[×xX✕╳\s]+")
_SUBTOTAL = re.compile(r"(?:本年)?(?:收入|支出)?小计|.{0,12}小计")


def read_panel(panel: MatchedPanel, context: Context) -> tuple[list[Row], list[Value]]:
    """The rows of one panel in printed order, and their values."""
    rows: list[Row] = []
    values: list[Value] = []
    for row, row_values in _rows(panel, context):
        rows.append(row)
        values.extend(row_values)
    return rows, values


def _rows(panel: MatchedPanel, context: Context) -> Iterator[tuple[Row, list[Value]]]:
    carry = Carry()
    side = panel.panel if context.kind.shape is Shape.TWO_SIDED else None
    lines = LineReader(context.kind, side, context.lexicon)
    totals: dict[str, str] = {}
    own = [body for body in context.frame.body if panel.rows is None or body.index in panel.rows]
    named = [(body, read_keys(panel.columns, body.index, carry, context)) for body in own]
    classes = ClassLines.of((keys.raw_label for _, keys in named), context.kind, side, context.lexicon)
    asked = _Panel.of(panel)
    for body, keys in named:
        cells = _value_cells(asked, body.index, context)
        if _is_filler(keys, cells):
            continue
        item = _item(keys, lines)
        row = _row(keys, body, panel, classes.place(keys.raw_label, keys.code, item), context)
        repeat = body.repeat or _printed_before(row, cells, totals, context)
        unsure = keys.period is not None and row.year is None and row.item is None
        yield row, [_value(matched, cell, row, (repeat, unsure), context) for matched, cell in cells]


@dataclass(frozen=True, slots=True)
class _Panel:
    """What every row of a panel asks of it: its columns of values, and where names stand."""

    values: tuple[MatchedColumn, ...]
    names: frozenset[int]

    @classmethod
    def of(cls, panel: MatchedPanel) -> _Panel:
        values = tuple(matched for matched in panel.columns if matched.is_value())
        keys = (matched for matched in panel.columns if matched.is_key() and not matched.is_value())
        return cls(values, frozenset(col for matched in keys for col in matched.logical.indices))


def _is_filler(keys: Keys, cells: list[tuple[MatchedColumn, Cell]]) -> bool:
    """A row without a name and without a value; unused lines keep their line number. Nor is a row of crosses any, which
    fills the shorter of two sides (×|×|×)."""
    if keys.raw_label is not None and _CROSSES.fullmatch(keys.raw_label):
        return all(not text or _CROSSES.fullmatch(text) for text in (cell.text.strip() for _, cell in cells))
    return keys.is_empty() and not any(cell.text.strip() for _, cell in cells)


def _value_cells(panel: _Panel, row: int, context: Context) -> list[tuple[MatchedColumn, Cell]]:
    """The value cells of a row. A cell that spans rows belongs to its first, or to the first of the body where it
    begins beside the last labels of the header; a label reaching over values is none.

    A cell that reaches over a column of names is a label too: 合计 over 类型 and 项目名称.
    """
    names = panel.names
    cover = context.frame.lattice.cover[row]
    first = context.frame.header if row == context.frame.body[0].index else ()
    found: list[tuple[MatchedColumn, Cell]] = []
    seen: set[int] = set()
    for matched in panel.values:
        cell = _printed_cell([cover[col] for col in matched.logical.indices])
        begins = cell.row == row or (cell.row in first and is_numeric(cell.text))
        if not begins or id(cell) in seen or cell.col < matched.logical.index:
            continue
        if not is_numeric(cell.text) and not names.isdisjoint(range(cell.col, cell.col + cell.col_span)):
            continue
        seen.add(id(cell))
        found.append((matched, cell))
    return found


def _printed_cell(cells: list[Cell]) -> Cell:
    """The cell that prints something, of those under one header; the first when none does."""
    return next((cell for cell in cells if cell.text.strip()), cells[0])


def _item(keys: Keys, lines: LineReader) -> LineItem | None:
    item = lines.read(keys.raw_label) if keys.raw_label else None
    if item is None and keys.period is not None:
        return lines.read(keys.period)
    return item


def _row(
    keys: Keys, body: BodyRow, panel: MatchedPanel, place: tuple[LineItem | None, int | None], context: Context
) -> Row:
    item, depth = place
    folded = fold(keys.raw_label or "")
    raw_label = keys.raw_label or keys.unit_name or keys.period
    if raw_label is None and context.kind.shape is Shape.SINGLE_ROW:
        raw_label = label_before(panel, body.index, context.frame)
    return Row(
        index=body.index,
        role=_role(keys, item, strip_ordinal(folded)[0]),
        panel=panel.panel or panel_of_code(keys.code, context.kind),
        side=panel.side,
        level=level_of(keys.code, keys.code_list) or depth,
        code=keys.code,
        code_list=keys.code_list,
        label=keys.label or raw_label,
        raw_label=raw_label,
        line_no=keys.line_no,
        item=item,
        unit_code=keys.unit_code,
        unit_name=keys.unit_name,
        from_span=keys.from_span,
        printed_code=keys.printed_code,
        others=(*keys.others, *context.subject),
        year=_year(fold(keys.period or "") or folded),
    )


def _year(label: str) -> int | None:
    """The year that a row is of, where years stand as rows: 2025年, 2025年预算数."""
    match = _YEAR_ROW.fullmatch(label)
    return int(match[1]) if match else None


def _role(keys: Keys, item: LineItem | None, label: str) -> BodyRole:
    if item is not None and item.role is not RowRole.ITEM:
        return BodyRole(item.role.value)
    if keys.code is None and _TOTAL.fullmatch(label):
        return BodyRole.TOTAL
    if keys.code is None and _SUBTOTAL.fullmatch(label):
        return BodyRole.SUBTOTAL
    return BodyRole.ITEM


def _printed_before(
    row: Row, cells: list[tuple[MatchedColumn, Cell]], totals: dict[str, str], context: Context
) -> bool:
    """Whether this is the total of an earlier page printed again at the head of a later one."""
    if row.role is not BodyRole.TOTAL:
        return False
    text = "|".join(cell.text for _, cell in cells)
    key = f"{row.unit_name}|{row.label}"
    before = totals.get(key)
    totals.setdefault(key, text)
    first_rows = {part.first_row + part.header_rows for part in context.frame.lattice.grid.parts[1:]}
    return before == text and row.index in first_rows


def _value(matched: MatchedColumn, cell: Cell, row: Row, marks: tuple[bool, bool], context: Context) -> Value:
    """One cell as a value of its column. A number that reaches over several columns is unreadable, never guessed.

    ``marks``: printed on an earlier page too; in a row of which it is not known what year it is of.
    """
    repeat, unsure = marks
    column = matched.column
    assert column is not None  # only matched columns reach this point
    value_type = row.item.type if row.item is not None and row.item.type is not None else column.type
    unit = (
        unit_in_brackets(row.raw_label or "") or matched.logical.unit
    )  # what row and column say wins over the caption
    reading = read_value(cell.text, value_type, context.factor if unit is None else unit.factor)
    if cell.col + cell.col_span > matched.logical.indices[-1] + 1 and is_numeric(cell.text):
        reading = UNREADABLE
    return Value(
        cell=cell_id(context.table, cell),
        grid_row=cell.row,
        grid_col=cell.col,
        column=column,
        row=row,
        header=matched.logical.header,
        text=cell.text,
        status=reading.status,
        number=reading.number,
        value=reading.value,
        decimals=reading.decimals,
        alt_value=reading.alt,
        unit=UNIT_NAMES[value_type],
        location=cell.location,
        match_score=matched.match.score,
        doubtful=reading.repaired or unsure or (context.borrowed_unit and unit is None),
        repeat=repeat,
    )
