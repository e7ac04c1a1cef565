"""One table, from its frame to its reading: unit, columns, rows, values, status, and what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.model import Document, Grid
from schemas.blocks import own_frame
from schemas.caption import Caption, CaptionLine, PrintedUnit, read_caption
from schemas.classify import Decision, Setting, classify, is_titled_like_disclosure
from schemas.columns import LogicalColumn, columns_of
from schemas.findings import finding
from schemas.frame import Frame, frame_of
from schemas.kind import Catalogue, Kind, Shape, ValueType
from schemas.lattice import Lattice, is_numeric
from schemas.records import TableReading, TableStatus, Value, ValueStatus
from schemas.result import Finding
from schemas.shapes import Context, MatchedPanel, read_body
from schemas.shapes.context import MatchedColumn, cell_id
from schemas.shapes.matrix import counts_rows, is_plain_matrix
from schemas.text import fold

_DECLARED_EMPTY = re.compile(
    r"本表(?:本年度?|当年)?(?:无数据|为空|没有数据|无发生额)|空表"
    r"|(?:无|没有|未发生|未安排|不存在|未使用)[^,.;。；]{2,60}(?:收入|支出|收支|预算|安排|经费|情况|数据|发生额)"
)
_TEMPLATE = re.compile(r"\*{2,}|[×xX]{2,}(?:年|万元|部门|单位)|\(\d+字以内\)|仍保留该表格式")
WEAK_MATCH = 0.92  # fuzzy header scores below this are said to be weak


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A grid as it was taken apart, before anybody asked what it is."""

    id: str
    frame: Frame
    columns: tuple[LogicalColumn, ...]
    caption: Caption
    headings: tuple[str, ...] = ()  # lines before it that some kind takes for a heading, nearest last

    @property
    def grid(self) -> Grid:
        """The grid itself."""
        return self.frame.lattice.grid


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


def see_tables(document: Document, catalogue: Catalogue) -> list[SeenTable]:
    """Every grid cut into its parts, with its columns, the lines around it and the headings that stand before it."""
    forms = [re.compile(kind.heading) for kind in catalogue.kinds if kind.heading is not None]
    headings: tuple[str, ...] = ()
    seen: list[SeenTable] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            seen.append(see_table(block, f"t{len(seen) + 1:02d}", catalogue, headings))
        elif any(form.fullmatch(block.text.strip()) for form in forms):
            headings = (*headings, block.text.strip())
    return seen


def see_table(grid: Grid, table_id: str, catalogue: Catalogue, headings: tuple[str, ...] = ()) -> SeenTable:
    """A grid cut into its parts, with its columns and the lines around it."""
    frame = frame_of(Lattice.of(grid))
    return SeenTable(table_id, frame, columns_of(frame), read_caption(frame, catalogue), headings)


def document_unit(tables: Sequence[SeenTable]) -> PrintedUnit | None:
    """The unit that every captioned table of the document names, when two or more do and none differs."""
    units = [table.caption.unit for table in tables if table.caption.unit is not None]
    if len(units) < 2 or len({unit.unit.factor for unit in units}) > 1:
        return None
    return PrintedUnit(units[0].unit, "document", units[0].line)


def read_table(seen: SeenTable, setting: Setting, fallback_unit: PrintedUnit | None) -> ReadTable:
    """What one table means. ``fallback_unit`` is used, and marked, only where the table itself prints none."""
    years = set(seen.caption.title_years)
    if len(years) == 1:
        setting = replace(setting, fiscal_year=years.pop())
    seen = _with_own_header(seen, setting.catalogue)
    decision = classify(seen.frame, seen.columns, seen.caption, seen.id, setting)
    if decision.fit is None:
        return ReadTable(
            seen, TableStatus.UNRECOGNISED, decision, None, seen.caption.unit, tuple(_unrecognised(seen, decision))
        )
    unit = _unit(seen, decision.fit.panels) or (fallback_unit if _money(decision.fit.panels) else None)
    context = Context(
        table=seen.id,
        frame=seen.frame,
        kind=decision.fit.kind,
        lexicon=setting.catalogue.lexicon,
        factor=None if unit is None or seen.caption.conflict is not None else unit.unit.factor,
        fiscal_year=setting.fiscal_year,
        borrowed_unit=unit is not None and unit.source == "document",
        subject=_subject(seen, decision.fit.kind),
    )
    reading = _reading(seen, decision, context)
    return ReadTable(seen, reading.status, decision, reading, unit, tuple(_findings(seen, decision, reading, unit)))


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
    assert decision.fit is not None  # only recognised tables reach this point
    rows, values = read_body(decision.fit.panels, context)
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
        column_numbers=seen.frame.column_numbers(),
        notes=seen.caption.notes,
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
    declared = any(_DECLARED_EMPTY.search(fold(note)) for note in seen.caption.notes)
    return TableStatus.EMPTY_DECLARED if declared else TableStatus.EMPTY_UNDECLARED


def _is_template(values: Sequence[Value]) -> bool:
    return all(_TEMPLATE.search(fold(value.text)) for value in values if value.text.strip())


def _unrecognised(seen: SeenTable, decision: Decision) -> Iterator[Finding]:
    yield from decision.findings
    title = seen.caption.title_text
    if not decision.findings and title is not None and is_titled_like_disclosure(title):
        yield finding("kind_unrecognised", table=seen.id, page=seen.grid.location.page, title=title)


def _findings(
    seen: SeenTable, decision: Decision, reading: TableReading, unit: PrintedUnit | None
) -> Iterator[Finding]:
    """Everything about a recognised table that its reader must know."""
    page = seen.grid.location.page
    yield from decision.findings
    yield from _unit_findings(seen, reading, unit)
    yield from _header_findings(seen, decision, reading)
    for value in reading.values:
        if value.status is ValueStatus.UNREADABLE:
            yield finding(
                "amount_unreadable", table=seen.id, page=value.location.page, cells=[value.cell], text=value.text
            )
    if reading.status is TableStatus.HEADER_LOST:
        yield finding("header_lost", table=seen.id, page=page)
    elif reading.status is TableStatus.EMPTY_DECLARED:
        note = next(note for note in reading.notes if _DECLARED_EMPTY.search(fold(note)))
        yield finding("table_empty_declared", table=seen.id, page=page, text=note)
    elif reading.status is TableStatus.EMPTY_UNDECLARED:
        yield finding("table_empty_undeclared", table=seen.id, page=page)
    elif reading.status is TableStatus.TEMPLATE_ONLY:
        yield finding("template_only", table=seen.id, page=page, title=reading.title or "")


def _unit_findings(seen: SeenTable, reading: TableReading, unit: PrintedUnit | None) -> Iterator[Finding]:
    page = seen.grid.location.page
    conflict = seen.caption.conflict
    if conflict is not None and seen.caption.unit is not None:
        first, second = seen.caption.unit.unit.name, conflict.unit.name
        yield finding("unit_conflict", table=seen.id, page=page, first=first, second=second)
    elif unit is not None and unit.source == "document":
        yield finding("unit_from_document", table=seen.id, page=page, unit=unit.unit.name)
    elif unit is None and any(value.unit == "CNY" and value.number and value.value is None for value in reading.values):
        yield finding("unit_not_printed", table=seen.id, page=page)


def _header_findings(seen: SeenTable, decision: Decision, reading: TableReading) -> Iterator[Finding]:
    kind = reading.kind
    if kind.shape in (Shape.GENERIC, Shape.MATRIX) or decision.fit is None:
        return
    if kind.shape is Shape.SINGLE_ROW and not is_plain_matrix(decision.fit.panels[0], seen.frame):
        yield from _unread_findings(seen, decision.fit.panels[0], reading)
        return
    for panel in decision.fit.panels:
        for matched in panel.columns:
            yield from _column_findings(seen, matched, kind)


def _unread_findings(seen: SeenTable, panel: MatchedPanel, reading: TableReading) -> Iterator[Finding]:
    """What a table turned on its side prints and nothing was read from: columns, then rows of the other columns."""
    read = {(value.grid_row, value.grid_col) for value in reading.values}
    columns = {col for _, col in read}
    for matched in panel.columns:
        if matched.logical.index not in columns and not counts_rows(matched.logical):
            yield from _column_findings(seen, matched, reading.kind)
    lattice = seen.frame.lattice
    for body in seen.frame.body:
        printed = [cell for cell in lattice.printed(body.index) if cell.row == body.index]
        numbers = [cell for cell in printed if cell.col in columns and is_numeric(cell.text)]
        unread = [cell for cell in numbers if (cell.row, cell.col) not in read]
        if unread and not body.repeat:
            label = "".join(cell.text for cell in printed if cell.col < min(columns) and not is_numeric(cell.text))
            cells = [cell_id(seen.id, cell) for cell in unread]
            page = unread[0].location.page
            yield finding(
                "header_unmatched", table=seen.id, page=page, cells=cells, kind=reading.kind.id, header=fold(label)
            )


def _column_findings(seen: SeenTable, matched: MatchedColumn, kind: Kind) -> Iterator[Finding]:
    page = seen.grid.location.page
    header = matched.logical.header
    if matched.column is None and _holds_numbers(seen, matched):
        cells = [cell_id(seen.id, seen.frame.lattice.cover[row][matched.logical.index]) for row in seen.frame.header]
        yield finding(
            "header_unmatched", table=seen.id, page=page, cells=list(dict.fromkeys(cells)), kind=kind.id, header=header
        )
    elif matched.column is not None and matched.match.method == "fuzzy" and matched.match.score < WEAK_MATCH:
        score = f"{matched.match.score:.2f}"
        yield finding(
            "header_weak_match", table=seen.id, page=page, header=header, field=matched.column.id, score=score
        )


def _holds_numbers(seen: SeenTable, matched: MatchedColumn) -> bool:
    texts = (seen.frame.lattice.text(body.index, matched.logical.index) for body in seen.frame.body)
    return any(is_numeric(text) for text in texts)
