"""One table, from its frame to its reading: unit, columns, rows, values, status, and what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.blocks import own_frame
from schemas.caption import CaptionLine, PrintedUnit
from schemas.classify import Decision, Setting, classify
from schemas.columns import LogicalColumn, columns_of
from schemas.doubts import declares_empty, table_findings, unrecognised
from schemas.kind import Catalogue, Kind, Shape, ValueType
from schemas.printed.formula import each_once
from schemas.printed.rows import parse_rows
from schemas.printed.table import formulas_of
from schemas.records import TableReading, TableStatus, Value
from schemas.result import Finding
from schemas.seen import SeenTable
from schemas.shapes import Context, MatchedPanel, read_body
from schemas.text import fold

_TEMPLATE = re.compile(r"\*{2,}|[×xX]{2,}(?:年|万元|部门|单位)|\(\d+字以内\)|仍保留该表格式")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A grid and what it means. ``reading`` is None when no kind was recognised; ``unit`` when none was printed."""

    seen: SeenTable
    status: TableStatus
    decision: Decision
    reading: TableReading | None
    unit: PrintedUnit | None
    findings: tuple[Finding, ...]
    form_kind: str | None = None  # of a grid that is a form, or part of one

    @property
    def kind(self) -> Kind | None:
        """What it was recognised as."""
        return None if self.reading is None else self.reading.kind

    @property
    def panels(self) -> tuple[MatchedPanel, ...]:
        """Its columns as they were matched."""
        return () if self.decision.fit is None else self.decision.fit.panels


def document_unit(tables: Sequence[SeenTable]) -> PrintedUnit | None:
    """The unit that every captioned table of the document names, when two or more do and none differs."""
    units = [table.caption.unit for table in tables if table.caption.unit is not None]
    if len(units) < 2 or len({unit.unit.factor for unit in units}) > 1:
        return None
    return PrintedUnit(units[0].unit, "document", units[0].line)


def read_table(seen: SeenTable, setting: Setting, fallback_unit: PrintedUnit | None) -> ReadTable:
    """What one table means. ``fallback_unit`` is used, and marked, only where the table itself prints none."""
    setting = _of_titled_year(seen, setting)
    seen = _with_own_header(seen, setting.catalogue)
    decision = classify(seen.frame, seen.columns, seen.caption, seen.id, setting)
    if decision.fit is None:
        return ReadTable(
            seen, TableStatus.UNRECOGNISED, decision, None, seen.caption.unit, tuple(unrecognised(seen, decision))
        )
    unit = _unit(seen, decision.fit.panels) or (fallback_unit if _money(decision.fit.panels) else None)
    return read_as(seen, decision, unit, setting)


def read_as(seen: SeenTable, decision: Decision, unit: PrintedUnit | None, setting: Setting) -> ReadTable:
    """What a recognised table means under one decision on its kind and columns, and one unit."""
    assert decision.fit is not None  # only recognised tables are read
    setting = _of_titled_year(seen, setting)
    context = Context(
        table=seen.id,
        frame=seen.frame,
        kind=decision.fit.kind,
        lexicon=setting.catalogue.lexicon,
        factor=None if unit is None or in_conflict(seen, unit) else unit.unit.factor,
        fiscal_year=setting.fiscal_year,
        borrowed_unit=unit is not None and unit.source == "document",
        subject=_subject(seen, decision.fit.kind),
    )
    reading = _reading(seen, decision, context)
    doubts = tuple(table_findings(seen, decision, reading, unit))
    return ReadTable(seen, reading.status, decision, reading, unit, doubts)


def in_conflict(seen: SeenTable, unit: PrintedUnit | None) -> bool:
    """Whether the table prints two units and nothing has told which one holds."""
    return seen.caption.conflict is not None and (unit is None or unit.source != "proof")


def _of_titled_year(seen: SeenTable, setting: Setting) -> Setting:
    """The setting of one table, whose title may print the one year that it is of."""
    years = set(seen.caption.title_years)
    return replace(setting, fiscal_year=years.pop()) if len(years) == 1 else setting


def _with_own_header(seen: SeenTable, catalogue: Catalogue) -> SeenTable:
    """The table from the header that the kind of its title knows, where another one stands above it."""
    if not seen.caption.matches:
        return seen
    frame = own_frame(seen.frame, catalogue.kind(seen.caption.matches[0].kind_id))
    return seen if frame is seen.frame else replace(seen, frame=frame, columns=columns_of(frame))


def form_table(seen: SeenTable, kind: str | None, score: float | None) -> ReadTable:
    """A grid that is a form, or part of one: its cells are kept, its meaning stands in the form."""
    status = TableStatus.OK if kind is not None else TableStatus.UNRECOGNISED
    return ReadTable(seen, status, Decision(None, score), None, seen.caption.unit, (), form_kind=kind)


def _reading(seen: SeenTable, decision: Decision, context: Context) -> TableReading:
    assert decision.fit is not None  # only recognised tables are read
    rows, values = read_body(decision.fit.panels, context)
    printed = formulas_of(seen.frame, seen.columns, seen.caption.notes)
    if printed.formulas:
        values = tuple(replace(value, column_no=printed.columns.get(value.grid_col)) for value in values)
    return TableReading(
        id=seen.id,
        kind=context.kind,
        grid=seen.grid,
        status=_status(seen, values, context.kind),
        factor=context.factor,
        rows=rows,
        values=values,
        title=seen.caption.title_text,
        fiscal_year=context.fiscal_year,
        notes=seen.caption.notes,
        formulas=each_once((*parse_rows(rows), *printed.formulas)),
    )


def _unit(seen: SeenTable, panels: Sequence[MatchedPanel]) -> PrintedUnit | None:
    """The unit of the table: the one that all its money columns print, its caption's, or that of what names its rows.

    Where caption and headers agree, the caption is the better evidence.
    """
    caption, money = seen.caption.unit, _money(panels)
    if caption is not None and caption.source == "caption":
        above = _unit_over(seen, money)
        return caption if above is None or above.unit.factor == caption.unit.factor else above
    if not any(column.unit for column in money):  # 经费控制情况（万元） over the labels of the rows
        keys = [matched.logical for panel in panels for matched in panel.columns if matched.is_key()]
        money = [key for key in keys if key.unit is not None] if money else []
    return _unit_over(seen, money) or caption


def _unit_over(seen: SeenTable, columns: Sequence[LogicalColumn]) -> PrintedUnit | None:
    """The unit that the headers of all these columns print; None when one prints none, or another."""
    first = columns[0].unit if columns else None
    if first is None or any(column.unit is None or column.unit.factor != first.factor for column in columns):
        return None
    cell = seen.frame.lattice.cover[seen.frame.header[-1]][columns[0].index]
    return PrintedUnit(first, "header", CaptionLine(columns[0].header, cell.location, inside=True))


def _money(panels: Sequence[MatchedPanel]) -> list[LogicalColumn]:
    """The columns of amounts; a table without any has no use for a unit."""
    return [
        matched.logical
        for panel in panels
        for matched in panel.columns
        if matched.column is not None and matched.column.type is ValueType.MONEY
    ]


def _subject(seen: SeenTable, kind: Kind) -> tuple[tuple[str, str], ...]:
    """What the nearest heading before the table says its rows are about, by the keys that the kind names."""
    if kind.heading is None:
        return ()
    found = (re.fullmatch(kind.heading, text) for text in reversed(seen.headings))
    match = next((match for match in found if match is not None), None)
    return () if match is None else tuple((key, text) for key, text in match.groupdict().items() if text)


def _status(seen: SeenTable, values: Sequence[Value], kind: Kind) -> TableStatus:
    if not seen.frame.header and kind.shape is not Shape.GENERIC:
        return TableStatus.HEADER_LOST
    if any(value.number is not None for value in values) or not values:
        return TableStatus.OK if values or kind.shape is Shape.GENERIC else _empty(seen)
    if any(value.text.strip() for value in values):
        return TableStatus.TEMPLATE_ONLY if _is_template(values) else TableStatus.OK
    return _empty(seen)


def _empty(seen: SeenTable) -> TableStatus:
    is_declared = declares_empty(seen.caption.notes) is not None
    return TableStatus.EMPTY_DECLARED if is_declared else TableStatus.EMPTY_UNDECLARED


def _is_template(values: Sequence[Value]) -> bool:
    return all(_TEMPLATE.search(fold(value.text)) for value in values if value.text.strip())
