"""Readings written out: tables with their cells, and one tidy observation per value cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from schemas.grades import Graded
from schemas.headline import headline
from schemas.kind import ValueType
from schemas.records import BodyRole, Row, TableReading, Value
from schemas.result import (
    ColumnInfo,
    Evidence,
    Joined,
    Match,
    Observation,
    Quality,
    RowInfo,
    RowKey,
    RunnerUp,
    Table,
    TableCell,
    TablePart,
    Unit,
)
from schemas.shapes.context import MatchedColumn, cell_id
from schemas.tables import ReadTable, in_conflict
from schemas.where import bbox_of, locator_of

_RELATIVE_PHASES = {"prior_budget": "initial_budget", "prior_final": "final"}
_CENT = Decimal("0.01")


WITHHELD = "〔略〕"  # printed in place of a name or a telephone number
_FORM_FAMILY = "performance"


def table_of(table: ReadTable, quality: Quality | None = None, withheld: frozenset[str] = frozenset()) -> Table:
    """The table as the result shows it: grid, kind, matched columns, named rows, every cell as printed.

    ``quality`` is None where nothing of the table was graded or checked. The text of the cells whose ids are
    ``withheld`` is left out.
    """
    caption, grid = table.seen.caption, table.seen.grid
    kind = table.form_kind if table.kind is None else table.kind.id
    return Table(
        id=table.seen.id,
        kind=kind,
        kind_score=table.decision.score,
        family=_family_of(table),
        title=caption.title_text or (headline(grid) if kind is None else None),
        number=caption.number,
        status=table.status.value,
        unit=_unit_of(table),
        parts=[
            TablePart(
                first_row=part.first_row,
                last_row=part.last_row,
                page=part.location.page,
                bbox=bbox_of(part.location),
                locator=locator_of(part.location),
                header_rows=part.header_rows,
            )
            for part in grid.parts
        ],
        joined=None if grid.join is None else Joined(grid.join.method.value, grid.join.score),
        columns=_columns_of(table),
        rows=_rows_of(table),
        cells=[
            TableCell(
                id=own,
                row=cell.row,
                col=cell.col,
                row_span=cell.row_span,
                col_span=cell.col_span,
                text=WITHHELD if own in withheld else cell.text,
                page=cell.location.page,
                bbox=bbox_of(cell.location),
                locator=locator_of(cell.location),
            )
            for own, cell in ((cell_id(table.seen.id, cell), cell) for cell in grid.cells)
        ],
        agency=None if caption.agency is None else caption.agency.text,
        notes=list(caption.notes),
        quality=quality,
    )


def _family_of(table: ReadTable) -> str | None:
    if table.form_kind is not None:
        return _FORM_FAMILY
    return None if table.kind is None else table.kind.family


def _unit_of(table: ReadTable) -> Unit | None:
    if table.unit is None or in_conflict(table.seen, table.unit):
        return None
    line = table.unit.line
    evidence = Evidence(line.text, line.location.page, bbox_of(line.location), locator_of(line.location))
    return Unit(table.unit.unit.name, table.unit.unit.factor, table.unit.source, evidence)


def _columns_of(table: ReadTable) -> list[ColumnInfo]:
    if not table.panels:
        return [
            ColumnInfo(index=index, path=list(column.labels))
            for column in table.seen.columns
            for index in column.indices
        ]
    return [
        _column_of(matched, index, panel.panel)
        for panel in table.panels
        for matched in panel.columns
        for index in matched.logical.indices
    ]


def _column_of(matched: MatchedColumn, index: int, panel: str | None) -> ColumnInfo:
    match = matched.match
    if matched.column is None or match.method is None:
        return ColumnInfo(index=index, path=list(matched.logical.labels), panel=panel)
    runner_up = None if match.runner_up is None else RunnerUp(match.runner_up[0], round(match.runner_up[1], 4))
    return ColumnInfo(
        index=index,
        path=list(matched.logical.labels),
        field=matched.column.id,
        panel=panel,
        match=Match(match.method.value, round(match.score, 4), runner_up),
    )


def _rows_of(table: ReadTable) -> list[RowInfo]:
    frame = table.seen.frame
    named: dict[int, Row] = {}
    for row in () if table.reading is None else table.reading.rows:
        named.setdefault(row.index, row)
    roles: dict[int, BodyRole] = dict.fromkeys((*frame.header, *frame.repeated), BodyRole.HEADER)
    roles |= dict.fromkeys(frame.bands, BodyRole.SECTION) | dict.fromkeys(frame.notes, BodyRole.NOTE)
    if frame.numbers is not None:
        roles[frame.numbers] = BodyRole.COLUMN_NUMBERS
    return [_row_of(index, named.get(index), roles.get(index), table) for index in range(table.seen.grid.n_rows)]


def _row_of(index: int, row: Row | None, role: BodyRole | None, table: ReadTable) -> RowInfo:
    if row is not None:
        return RowInfo(index, row.role.value, row.level, row.code, row.raw_label)
    if role is None:
        role = BodyRole.ITEM if table.seen.frame.lattice.printed(index) else BodyRole.BLANK
    return RowInfo(index, role.value)


def observations_of(table: TableReading, grades: Mapping[str, Graded]) -> Iterator[Observation]:
    """One observation per value cell, in printed order."""
    row, key = None, None
    for value in table.values:
        if key is None or value.row is not row:  # the values of a row follow each other
            row, key = value.row, _row_key(value.row)
        yield _observation(table, value, key, grades.get(value.cell))


def _observation(table: TableReading, value: Value, row: RowKey, graded: Graded | None) -> Observation:
    dimensions = _dimensions(value)
    phase = dimensions.get("phase") if dimensions.get("phase") != "unstated" else None
    return Observation(
        source="table",
        table=table.id,
        kind=table.kind.id,
        field=value.column.id,
        row=row,
        header=value.header,
        text=value.text,
        value_status=value.status.value,
        value=written(value.value, value.unit),
        unit=value.unit,
        alt_value=None if value.alt_value is None else _in_cents(value.alt_value, value.unit),
        fiscal_year=value.row.year or _year(table.fiscal_year, phase),
        phase=_RELATIVE_PHASES.get(phase, phase) if phase else None,
        measure=dimensions.get("measure"),
        fund=dimensions.get("fund"),
        expenditure_type=dimensions.get("expenditure_type"),
        page=value.location.page,
        bbox=bbox_of(value.location),
        cell=value.cell,
        grade=None if graded is None else graded.grade,
        checks=[] if graded is None else list(graded.checks),
        locator=locator_of(value.location),
    )


def _dimensions(value: Value) -> dict[str, str]:
    """What an amount is about; a text or the number of a row is about none of it."""
    if value.unit == "text" or value.column.type is ValueType.INT:
        return {}
    side = {} if value.row.side is None else {"measure": value.row.side}
    return side | dict(value.column.dimensions) | dict(value.row.item.dimensions if value.row.item else {})


def _year(year: int | None, phase: str | None) -> int | None:
    """上年决算数 in a 2020 table is of 2019."""
    return year - 1 if year is not None and phase in _RELATIVE_PHASES else year


def written(value: Decimal | str | None, unit: str | None) -> str | None:
    """A value as a decimal string: money in yuan with at least two decimals, never rounded."""
    if value is None or isinstance(value, str):
        return value
    return format(_in_cents(value, unit), "f")


def _in_cents(number: Decimal, unit: str | None) -> Decimal:
    """An amount of money with at least two decimals, never rounded; any other number as it is."""
    if unit != "CNY":
        return number
    exponent = number.as_tuple().exponent
    return number.quantize(_CENT) if isinstance(exponent, int) and exponent > -2 else _trimmed(number)


def _trimmed(number: Decimal) -> Decimal:
    """Without zeros beyond the second decimal: 26345100.000000 is written 26345100.00."""
    cents = number.quantize(_CENT)
    return cents if cents == number else number.normalize()


def _row_key(row: Row) -> RowKey:
    return RowKey(
        code=row.code,
        code_list=row.code_list,
        label=row.label,
        raw_label=row.raw_label,
        line_no=row.line_no,
        item=None if row.item is None else row.item.id,
        side=row.side,
        role=row.role.value,
        level=row.level,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        others=dict(row.others),
        from_span=row.from_span,
    )
