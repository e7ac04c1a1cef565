"""Lines printed across, each over its value, above the header of the table: 编制数 over 45, 控制率 over 93.3%."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.blocks import printed_across
from schemas.kind import Column, Kind, ValueType
from schemas.labels import Years, clean_label
from schemas.lines import match_line_item
from schemas.records import BodyRole, Row, Value
from schemas.shapes.context import Context, cell_id, one_line
from schemas.shapes.keys import bare_label
from schemas.shapes.values import UNIT_NAMES, read_value


def read_across(context: Context) -> Iterator[tuple[Row, Value]]:
    """Each line that states its own type (a count, a rate) as a value of the year's outcome."""
    column = _outcome(context.kind)
    for label, row, col in printed_across(context.frame):
        found = match_line_item(clean_label(label, Years(context.fiscal_year)), context.kind, None, context.lexicon)
        if column is not None and found is not None and found.item.type is not None:
            printed = one_line(label)
            named = Row(row, BodyRole.ITEM, label=bare_label(printed), raw_label=printed, item=found.item)
            yield named, _value(named, col, found.item.type, column, context)


def _outcome(kind: Kind) -> Column | None:
    return next((one for one in kind.columns if one.dimensions.get("phase") == "final"), None)


def _value(row: Row, col: int, value_type: ValueType, column: Column, context: Context) -> Value:
    cell = context.frame.lattice.cover[row.index][col]
    reading = read_value(cell.text, value_type, context.factor)
    return Value(
        cell=cell_id(context.table, cell),
        grid_row=cell.row,
        grid_col=cell.col,
        column=column,
        row=row,
        header=row.raw_label or "",
        text=cell.text,
        status=reading.status,
        number=reading.number,
        value=reading.value,
        decimals=reading.decimals,
        alt_value=reading.alt,
        unit=UNIT_NAMES[value_type],
        location=cell.location,
        doubtful=reading.repaired,
    )
