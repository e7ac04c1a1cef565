"""TableReadings written down in tests: a kind, and rows of printed texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from extractors.model import Box, Cell, Grid, GridMethod, Join, Location, Part
from schemas.kind import Column, Kind, LineItem
from schemas.records import BodyRole, Row, TableReading, TableStatus, Value, ValueStatus
from tests.schemas.checks.kinds import KINDS


@dataclass(frozen=True)
class Line:
    """One row of a test: what names it, and its printed texts by field."""

    key: str  # "合计", a code and a name, or the id of a line item
    texts: dict[str, str]
    panel: str | None = None
    row: int | None = None
    repeat: bool = False
    unit_name: str | None = None
    unit_code: str | None = None
    level: int | None = None


def line(key: str, panel: str | None = None, row: int | None = None, **texts: str) -> Line:
    """A row; ``__`` in a field stands for the dot."""
    return Line(key, {name.replace("__", "."): text for name, text in texts.items()}, panel, row)


def reading(
    kind_id: str,
    *lines: Line,
    factor: int | None = 10000,
    table_id: str = "t01",
    fiscal_year: int | None = 2022,
    score: float = 1.0,
    confidence: float | None = None,
    join: Join | None = None,
    code_list: str = "function",
) -> TableReading:
    """The lines as a table of the kind; every field that a line names stands in a grid column of its own."""
    kind = KINDS[kind_id]
    places = list(dict.fromkeys((one.panel, field) for one in lines for field in one.texts))
    rows, values, cells = [], [], []
    for index, one in enumerate(lines):
        at = index + 1 if one.row is None else one.row
        row = _row(kind, one, at, code_list)
        rows.append(row)
        for field, text in one.texts.items():
            col = places.index((one.panel, field)) + 2
            where = Location(8, Box(col * 50.0, at * 20.0, col * 50.0 + 50, at * 20.0 + 20))
            cells.append(Cell(at, col, 1, 1, text, where, confidence))
            value = _value(row, _column(kind, field), text, where, factor)
            cell = f"{table_id}.r{at}.c{col}"
            values.append(replace(value, cell=cell, grid_col=col, match_score=score, repeat=one.repeat))
    n_rows = max((row.index for row in rows), default=0) + 1
    grid = Grid(
        n_rows,
        len(places) + 2,
        tuple(cells),
        (Part(Location(8), 0, n_rows - 1),),
        GridMethod.RULED,
        join=join,
    )
    title = kind.titles[0]
    return TableReading(
        table_id, kind, grid, TableStatus.OK, factor, tuple(rows), tuple(values), f"2022年度{title}", fiscal_year
    )


def _column(kind: Kind, field: str) -> Column:
    return next(column for column in kind.columns if column.id == field)


def _row(kind: Kind, one: Line, at: int, code_list: str) -> Row:
    item: LineItem | None = next((item for item in kind.line_items if item.id == one.key), None)
    if item is not None:
        label = item.labels[0]
        role = BodyRole(item.role.value)
        return Row(at, role, one.panel, item.side, one.level, label=label, raw_label=label, item=item)
    code, _, name = one.key.partition(" ")
    label = name if code.isdigit() else one.key
    return Row(
        at,
        BodyRole.TOTAL if one.key == "合计" else BodyRole.ITEM,
        one.panel,
        one.panel if one.panel in ("income", "expenditure") else None,
        level=one.level,
        code=code if code.isdigit() else None,
        code_list=code_list if code.isdigit() else None,
        label=label,
        raw_label=label,
        unit_name=one.unit_name,
        unit_code=one.unit_code,
    )


def _value(row: Row, column: Column, text: str, where: Location, factor: int | None) -> Value:
    number = _number(text)
    status = ValueStatus.BLANK if number is None else ValueStatus.PRINTED
    if text == "?":
        status = ValueStatus.UNREADABLE
    elif number is not None and not number:
        status = ValueStatus.PRINTED_ZERO
    money = number * factor if number is not None and factor else None
    return Value(
        cell="",
        grid_row=row.index,
        grid_col=0,
        column=column,
        row=row,
        header=column.labels[0],
        text=text,
        status=status,
        number=number,
        value=money,
        decimals=None if number is None else len(text.partition(".")[2]),
        alt_value=None,
        unit="CNY",
        location=where,
    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
